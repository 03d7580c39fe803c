# Trials of rules on made records. Included by the room's CMakeLists.txt.
set(trial_sources trial/trial.cpp)
set(trial_tests trial/trial_test.cpp)
