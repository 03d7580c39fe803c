# Writes OUTPUT, a .cpp that holds every message of MESSAGES/{ja,en}/*.json as one sorted array per
# language. A file is one flat JSON object: dotted key -> text.
cmake_minimum_required(VERSION 3.25)

function(embed_language language result)
  file(GLOB files ${MESSAGES}/${language}/*.json)
  list(SORT files)
  set(keys)
  foreach(file ${files})
    file(READ ${file} json)
    string(JSON count LENGTH "${json}")
    if(count EQUAL 0)
      continue()
    endif()
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON key MEMBER "${json}" ${index})
      if(NOT key MATCHES "^[a-z0-9_]+(\\.[a-z0-9_]+)+$")
        message(FATAL_ERROR "${file}: \"${key}\" is no dotted key in snake_case")
      endif()
      if(DEFINED text_${key})
        message(FATAL_ERROR "${file}: ${key} is there twice")
      endif()
      string(JSON text_${key} GET "${json}" "${key}")
      if(text_${key} MATCHES "\\)konseki\"")
        message(FATAL_ERROR "${file}: ${key} holds the end of a raw string")
      endif()
      list(APPEND keys ${key})
    endforeach()
  endforeach()
  list(SORT keys COMPARE STRING)
  set(entries "")
  foreach(key ${keys})
    string(APPEND entries "    {\"${key}\", R\"konseki(${text_${key}})konseki\"},\n")
  endforeach()
  list(LENGTH keys count)
  set(${result} "constexpr std::array<Message, ${count}> ${language}_messages = {{\n${entries}}};\n" PARENT_SCOPE)
endfunction()

embed_language(ja ja)
embed_language(en en)
file(WRITE ${OUTPUT} "// Made by lib/render/embed_messages.cmake.
#include \"konseki/render/catalogue.h\"

#include <array>

namespace konseki::render {
namespace {
${ja}${en}}  // namespace

std::span<const Message> all_messages(Language language) {
    if (language == Language::ja) return ja_messages;
    return en_messages;
}

}  // namespace konseki::render
")
