# Writes OUTPUT, a .cpp whose function built_in_rules gives the rule files of FOLDER, without their tests.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/raw_string.cmake)

file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*.yml)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
  if(file MATCHES "\\.test\\.yml$")
    continue()
  endif()
  file(READ ${FOLDER}/${file} text)
  konseki_raw_string("${text}" ${file} pieces)
  string(APPEND entries "    {\"${file}\",${pieces}sv},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by lib/kit/embed_rules.cmake.
#include <array>

#include \"built_in.h\"

namespace konseki::kit {

std::span<const BuiltInFile> built_in_rules() {
    // With sv the compiler knows the lengths; counting them would pass a limit of clang's.
    using namespace std::string_view_literals;
    static constexpr auto files = std::to_array<BuiltInFile>({
${entries}    });
    return files;
}

}  // namespace konseki::kit
")
