# Writes OUTPUT, a .cpp whose function NAME gives the text of INPUT.
cmake_minimum_required(VERSION 3.25)

file(READ ${INPUT} text)
if(text MATCHES "\\)konseki\"")
  message(FATAL_ERROR "${INPUT} holds the end of a raw string")
endif()
# Pieces, since compilers bound the length of one literal (64 KB by the standard).
string(LENGTH "${text}" length)
set(pieces "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND pieces "    R\"konseki(${piece})konseki\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${OUTPUT} "// Made by lib/kit/embed_text.cmake.
#include \"built_in.h\"

namespace konseki::kit {

std::string_view ${NAME}() {
    static constexpr std::string_view text =
${pieces}    ;
    return text;
}

}  // namespace konseki::kit
")
