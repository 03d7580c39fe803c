# What Sigma cannot say. Included by the room's CMakeLists.txt.
set(own_sources own/check.cpp own/movement_event.cpp own/movements.cpp own/sessions.cpp)
set(own_tests own/check_test.cpp own/movements_test.cpp own/sessions_test.cpp)
