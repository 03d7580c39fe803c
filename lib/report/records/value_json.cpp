#include "records/value_json.h"

#include <cstdint>
#include <cstring>

namespace konseki::report {

namespace {

using records::Value;
using records::WireType;

enum class Form : std::uint8_t { utf16, utf8, bare, plain };

/// How a type is written: `plain` is quoted text without a character that JSON escapes.
Form form_of(WireType type) {
    switch (type) {
        case WireType::string: return Form::utf16;
        case WireType::utf8:
        case WireType::ansi: return Form::utf8;
        case WireType::int8:
        case WireType::uint8:
        case WireType::int16:
        case WireType::uint16:
        case WireType::int32:
        case WireType::uint32:
        case WireType::int64:
        case WireType::uint64:
        case WireType::boolean: return Form::bare;
        default: return Form::plain;
    }
}

/// JSON escapes make a code unit six characters at most.
constexpr std::size_t max_escape = 6;

char* write_scalar(const Value& value, char* at) {
    if (value.type == static_cast<std::uint8_t>(WireType::string)) [[likely]] {
        *at++ = '"';
        at = render::write_json_utf16(without_trailing_nul(value), at);
        *at++ = '"';
        return at;
    }
    const Form form = form_of(value.wire());
    if (form != Form::bare) *at++ = '"';
    if (form == Form::utf16)
        at = render::write_json_utf16(without_trailing_nul(value), at);
    else if (form == Form::utf8)
        at = render::write_json_utf8(as_text(value.bytes()), at);
    else
        at = records::write_text(value, at);
    if (form != Form::bare) *at++ = '"';
    return at;
}

}  // namespace

char* write_json_value(const Value& value, char* out) {
    if (!value.is_array()) [[likely]]
        return write_scalar(value, out);
    Value rest = value, item;
    char* const begin = out;
    *out++ = '[';
    std::size_t count = 0;
    while (records::next_item(rest, item)) {
        if (count++ > 0) *out++ = ',';
        if (is_empty(item)) {
            *out++ = '"';
            *out++ = '"';
        } else {
            out = write_scalar(item, out);
        }
    }
    // One item stands alone, as if it were no array.
    if (count == 1) {
        std::memmove(begin, begin + 1, static_cast<std::size_t>(out - begin - 1));
        return out - 1;
    }
    *out++ = ']';
    return out;
}

void append_value(render::JsonBuffer& out, const Value& value, std::string_view when_empty) {
    if (is_empty(value))
        out.append(when_empty);
    else
        out.commit(write_json_value(value, out.room(max_json_bytes(value))));
}

void append_raw(render::JsonBuffer& out, const Value& value) {
    if (is_empty(value)) return;
    const std::string text = records::to_text(value);
    out.commit(render::write_json_utf8(text, out.room(text.size() * max_escape)));
}

}  // namespace konseki::report
