# Writes OUTPUT, a .cpp whose function NAME gives the text of INPUT.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/raw_string.cmake)

file(READ ${INPUT} text)
konseki_raw_string("${text}" ${INPUT} pieces)
file(WRITE ${OUTPUT} "// Made by lib/kit/embed_text.cmake.
#include \"built_in.h\"

namespace konseki::kit {

std::string_view ${NAME}() {
    static constexpr std::string_view text =${pieces};
    return text;
}

}  // namespace konseki::kit
")
