# Writes OUTPUT, a .cpp that holds the words of WORDS (messages/windows.json) as one array in the order of
# their numbers. The file is one JSON object: number -> {"en": word, "ja": word, where it is known}.
cmake_minimum_required(VERSION 3.25)

file(READ ${WORDS} json)
string(JSON count LENGTH "${json}")
math(EXPR last "${count} - 1")
set(numbers "")
foreach(index RANGE ${last})
  string(JSON number MEMBER "${json}" ${index})
  if(NOT number MATCHES "^[1-9][0-9]*$")
    message(FATAL_ERROR "${WORDS}: \"${number}\" is no number")
  endif()
  string(JSON word_${number} GET "${json}" "${number}")
  list(APPEND numbers ${number})
endforeach()
list(SORT numbers COMPARE NATURAL)
set(entries "")
foreach(number ${numbers})
  string(JSON en GET "${word_${number}}" en)
  string(JSON ja ERROR_VARIABLE absent GET "${word_${number}}" ja)
  if(absent)
    set(ja "")
  endif()
  string(APPEND entries "    {${number}, R\"konseki(${en})konseki\", R\"konseki(${ja})konseki\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by lib/render/embed_windows.cmake.
#include \"konseki/render/windows_words.h\"

#include <array>

namespace konseki::render {
namespace {
constexpr std::array<WindowsWord, ${count}> words = {{
${entries}}};
}  // namespace

std::span<const WindowsWord> all_windows_words() { return words; }

}  // namespace konseki::render
")
