# Writes OUTPUT, a .cpp that holds every file of MIGRATIONS/<dialect>/NNNN_what.sql in order.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/raw_string.cmake)

function(embed_dialect dialect result)
  file(GLOB files ${MIGRATIONS}/${dialect}/*.sql)
  list(SORT files)
  set(entries "")
  set(wanted 0)
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z_]+$")
      message(FATAL_ERROR "${file} is not named NNNN_what.sql")
    endif()
    math(EXPR wanted "${wanted} + 1")
    string(REGEX REPLACE "^0+" "" number ${CMAKE_MATCH_1})
    if(NOT number EQUAL wanted)
      message(FATAL_ERROR "${file}: the next number is ${wanted}")
    endif()
    file(READ ${file} sql)
    konseki_raw_string("${sql}" ${file} pieces)
    string(APPEND entries "    Migration{${number}, \"${name}\"sv,${pieces}sv},\n")
  endforeach()
  set(${result} "constexpr std::array ${dialect}_migrations = {\n${entries}};\n" PARENT_SCOPE)
endfunction()

embed_dialect(sqlite sqlite)
embed_dialect(postgresql postgresql)
file(WRITE ${OUTPUT} "// Made by lib/store/embed_migrations.cmake.
#include \"migrate.h\"

#include <array>

namespace konseki::store {
namespace {
using namespace std::string_view_literals;

${sqlite}${postgresql}}  // namespace

std::span<const Migration> migrations_of(std::string_view dialect) {
    if (dialect == \"sqlite\") return sqlite_migrations;
    return postgresql_migrations;
}

}  // namespace konseki::store
")
