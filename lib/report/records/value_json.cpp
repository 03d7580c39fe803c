#include "records/value_json.h"

#include <cstdint>

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

Bytes without_trailing_nul(const Value& value) {
    std::uint32_t size = value.size & ~1u;
    while (size >= 2 && load_u16(value.data + size - 2) == 0) size -= 2;
    return {value.data, size};
}

/// JSON escapes make a code unit six characters at most.
constexpr std::size_t max_escape = 6;

void append_scalar(render::JsonBuffer& out, const Value& value) {
    const Form form = form_of(value.wire());
    if (form == Form::utf8) {
        render::append_json_string(out, as_text(value.bytes()));
        return;
    }
    if (form == Form::utf16) {
        const Bytes text = without_trailing_nul(value);
        char* at = out.room(text.size() / 2 * max_escape + 2);
        *at++ = '"';
        at = render::write_json_utf16(text, at);
        *at++ = '"';
        out.commit(at);
        return;
    }
    char* at = out.room(records::max_text_bytes(value) + 2);
    if (form == Form::plain) *at++ = '"';
    at = records::write_text(value, at);
    if (form == Form::plain) *at++ = '"';
    out.commit(at);
}

}  // namespace

bool is_empty(const Value& value) {
    if (value.is_null()) return true;
    if (value.type == static_cast<std::uint8_t>(WireType::string)) return without_trailing_nul(value).empty();
    return value.size == 0;
}

void append_value(render::JsonBuffer& out, const Value& value, std::string_view when_empty) {
    if (is_empty(value)) {
        out.append(when_empty);
        return;
    }
    if (!value.is_array()) {
        append_scalar(out, value);
        return;
    }
    Value rest = value, first, item;
    records::next_item(rest, first);
    if (!records::next_item(rest, item)) {
        append_value(out, first, when_empty);
        return;
    }
    out.append('[');
    append_value(out, first, when_empty);
    do {
        out.append(',');
        append_value(out, item, when_empty);
    } while (records::next_item(rest, item));
    out.append(']');
}

void append_raw(render::JsonBuffer& out, const Value& value) {
    if (is_empty(value)) return;
    const std::string text = records::to_text(value);
    out.commit(render::write_json_utf8(text, out.room(text.size() * max_escape)));
}

}  // namespace konseki::report
