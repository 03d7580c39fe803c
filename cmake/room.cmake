# One room = one static library with its own include root (docs/architecture.md).
#
#   konseki_room(NAME detect USES base records HIDDEN_USES formats SOURCES a.cpp b.cpp TESTS a_test.cpp)
#
# USES        rooms whose headers our public headers include (PUBLIC link)
# HIDDEN_USES rooms that only our .cpp files include (PRIVATE link: their headers stop there)
# LIBS        third-party targets, PRIVATE
# TESTS       doctest files, built into the one test program of the room
# The table of allowed neighbours is checked by test/tidy.py; the compiler keeps the rest, since there
# is no include root above the rooms.
function(konseki_room)
  cmake_parse_arguments(R "" "NAME" "USES;HIDDEN_USES;LIBS;SOURCES;TESTS;TEST_LIBS;TEST_USES" ${ARGN})
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS include/*.h)
  add_library(konseki_${R_NAME} STATIC ${R_SOURCES})
  target_sources(konseki_${R_NAME} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${headers})
  set_target_properties(konseki_${R_NAME} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON LINKER_LANGUAGE CXX)
  target_include_directories(konseki_${R_NAME} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  foreach(room ${R_USES})
    target_link_libraries(konseki_${R_NAME} PUBLIC konseki_${room})
  endforeach()
  foreach(room ${R_HIDDEN_USES})
    target_link_libraries(konseki_${R_NAME} PRIVATE konseki_${room})
  endforeach()
  target_link_libraries(konseki_${R_NAME} PUBLIC konseki_options)
  target_link_libraries(konseki_${R_NAME} PRIVATE ${R_LIBS})
  if(R_TESTS AND KONSEKI_TESTS)
    add_executable(${R_NAME}_test ${R_TESTS})
    target_include_directories(${R_NAME}_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${R_NAME}_test PRIVATE konseki_${R_NAME} konseki_test_main ${R_LIBS} ${R_TEST_LIBS})
    foreach(room ${R_HIDDEN_USES} ${R_TEST_USES})
      target_link_libraries(${R_NAME}_test PRIVATE konseki_${room})
    endforeach()
    add_test(NAME unit.${R_NAME} COMMAND ${R_NAME}_test)
    set_tests_properties(unit.${R_NAME} PROPERTIES LABELS unit)
  endif()
endfunction()
