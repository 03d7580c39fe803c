# Writes OUTPUT, a .cpp that holds the style sheet INPUT without its comments and indentation.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../../cmake/raw_string.cmake)

file(READ ${INPUT} text)
string(REGEX REPLACE "/\\*[^*]*\\*/" "" text "${text}")
string(REGEX REPLACE "\n[ \n]*" "\n" text "${text}")
konseki_raw_string("${text}" ${INPUT} pieces)
file(WRITE ${OUTPUT} "// Made by lib/report/html/embed_style.cmake.
#include \"html/style.h\"

namespace konseki::report {

std::string_view report_style() {
    static constexpr std::string_view text =${pieces};
    return text;
}

}  // namespace konseki::report
")
