# Writes OUTPUT, a .cpp whose function NAME gives the style sheet or script INPUT without indentation and without
# comments: those of a style sheet, and lines of a script that are nothing else.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../../cmake/raw_string.cmake)

file(READ ${INPUT} text)
if(INPUT MATCHES "\\.css$")
  string(REGEX REPLACE "/\\*[^*]*\\*/" "" text "${text}")
else()
  string(REGEX REPLACE "\n *//[^\n]*" "" text "\n${text}")
endif()
string(REGEX REPLACE "\n[ \n]*" "\n" text "${text}")
if(text MATCHES "</|<!--")
  message(FATAL_ERROR "${INPUT} could end its element")
endif()
konseki_raw_string("${text}" ${INPUT} pieces)
file(WRITE ${OUTPUT} "// Made by lib/report/html/embed_page_text.cmake.
#include \"html/page_texts.h\"

namespace konseki::report {

std::string_view ${NAME}() {
    static constexpr std::string_view text =${pieces};
    return text;
}

}  // namespace konseki::report
")
