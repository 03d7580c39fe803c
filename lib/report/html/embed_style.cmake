# Writes OUTPUT, a .cpp that holds the style sheet INPUT without its comments and indentation.
cmake_minimum_required(VERSION 3.25)

file(READ ${INPUT} text)
if(text MATCHES "\\)konseki\"")
  message(FATAL_ERROR "${INPUT} holds the end of a raw string")
endif()
string(REGEX REPLACE "/\\*[^*]*\\*/" "" text "${text}")
string(REGEX REPLACE "\n[ \n]*" "\n" text "${text}")
# Pieces, since compilers bound the length of one literal (64 KB by the standard).
string(LENGTH "${text}" length)
set(pieces "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND pieces "    R\"konseki(${piece})konseki\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${OUTPUT} "// Made by lib/report/html/embed_style.cmake.
#include \"html/style.h\"

namespace konseki::report {

std::string_view report_style() {
    static constexpr std::string_view text =
${pieces}    ;
    return text;
}

}  // namespace konseki::report
")
