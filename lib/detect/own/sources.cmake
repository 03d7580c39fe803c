# What Sigma cannot say. Included by the room's CMakeLists.txt.
set(own_sources own/movement_event.cpp own/movements.cpp)
set(own_tests own/movements_test.cpp)
