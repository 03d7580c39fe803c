# Correlations over rows in time order. Included by the room's CMakeLists.txt.
set(join_sources
  join/core.cpp
  join/history.cpp
  join/join.cpp
  join/measure.cpp
  join/plan.cpp)
set(join_tests
  join/core_test.cpp
  join/history_test.cpp
  join/join_test.cpp
  join/measure_test.cpp
  join/nesting_test.cpp
  join/plan_test.cpp
  join/property_test.cpp)
