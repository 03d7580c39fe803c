# The Sigma front end: YAML text to rules as trees (ast.h). Included by the room's CMakeLists.txt.
set(sigma_sources
  sigma/yaml.cpp)
set(sigma_tests
  sigma/yaml_test.cpp)
