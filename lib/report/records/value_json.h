#pragma once

#include <string_view>

#include "konseki/records/value.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// Nothing to print: null, an empty string, empty binary or an array without items.
inline bool is_empty(const records::Value& value) {
    // A string of NULs alone is as empty as one of size 0.
    if (value.type == 0x01 && value.size >= 2 && load_u16(value.data) == 0)
        return records::to_text(value).empty();
    return value.size == 0 || value.type == 0x00 || value.type == 0x7f;
}
/// What a string prints of its bytes: whole units, up to the NULs at its end.
inline Bytes without_trailing_nul(const records::Value& value) {
    std::uint32_t size = value.size & ~1u;
    while (size >= 2 && load_u16(value.data + size - 2) == 0) size -= 2;
    return {value.data, size};
}
/// Bytes that write_json_value may need.
inline std::size_t max_json_bytes(const records::Value& value) {
    if (value.type == 0x01) return std::size_t{value.size} * 3 + 16;
    return value.is_array() || value.type == 0x60 ? std::size_t{value.size} * 48 + 128
                                                  : std::size_t{value.size} * 6 + 128;
}
/// A value that is not empty, as append_value writes it, into a buffer with room for max_json_bytes.
char* write_json_value(const records::Value& value, char* out);
/// A value as JSON: integers and booleans bare, everything else quoted, an array as a list (one item
/// alone); `when_empty` where there is nothing to print.
void append_value(render::JsonBuffer& out, const records::Value& value,
                  std::string_view when_empty);
/// The value's text, escaped, without quotes.
void append_raw(render::JsonBuffer& out, const records::Value& value);

}  // namespace konseki::report
