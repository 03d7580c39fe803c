#include "konseki/records/value.h"

#include <charconv>

#include "konseki/base/text.h"

namespace konseki::records {

namespace {

/// End of the NUL-terminated string at the start of `rest`, in bytes, without its NUL.
std::uint32_t string_length(const Value& rest, std::uint32_t unit) {
    std::uint32_t at = 0;
    while (at + unit <= rest.size) {
        const bool is_nul =
            unit == 1 ? load_u8(rest.data + at) == 0 : load_u16(rest.data + at) == 0;
        if (is_nul) return at;
        at += unit;
    }
    return rest.size - rest.size % unit;
}

std::uint32_t sid_size(const Value& rest) {
    return rest.size < 2 ? rest.size : 8 + 4u * load_u8(rest.data + 1);
}

bool parse_unsigned(std::string_view text, std::uint64_t& out) {
    const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
    if (is_hex) text.remove_prefix(2);
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), out, is_hex ? 16 : 10);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

/// Longest text that can be a 64-bit number.
constexpr std::size_t max_number_characters = 24;

}  // namespace

bool next_item(Value& rest, Value& item) {
    if (rest.size == 0) return false;
    const WireType type = rest.wire();
    item = {rest.data, 0, static_cast<std::uint8_t>(type)};
    std::uint32_t step = 0;
    if (type == WireType::string || type == WireType::utf8 || type == WireType::ansi) {
        const std::uint32_t unit = type == WireType::string ? 2 : 1;
        item.size = string_length(rest, unit);
        step = item.size + unit;
    } else if (type == WireType::sid) {
        item.size = step = sid_size(rest);
    } else {
        step = fixed_size(type);
        // Arrays of pointer-sized values do not say which width: both machines' sizes occur, 8 is the rule.
        if (type == WireType::size) step = rest.size % 8 == 0 ? 8 : 4;
        if (step == 0 || step > rest.size) step = rest.size;
        item.size = step;
    }
    if (item.size > rest.size) item.size = rest.size;
    if (step > rest.size) step = rest.size;
    if (step == 0) step = rest.size;
    rest.data += step;
    rest.size -= step;
    return true;
}

bool as_unsigned(const Value& value, std::uint64_t& out) {
    if (value.is_array()) return false;
    switch (value.wire()) {
        case WireType::uint8:
        case WireType::uint16:
        case WireType::uint32:
        case WireType::uint64:
        case WireType::hex32:
        case WireType::hex64:
        case WireType::size:
        case WireType::boolean:
        case WireType::int8:
        case WireType::int16:
        case WireType::int32:
        case WireType::int64:
            if (value.size == 1)
                out = load_u8(value.data);
            else if (value.size == 2)
                out = load_u16(value.data);
            else if (value.size == 4)
                out = load_u32(value.data);
            else if (value.size == 8)
                out = load_u64(value.data);
            else
                return false;
            return true;
        case WireType::string: {
            if (value.size > 2 * max_number_characters) return false;
            return parse_unsigned(to_text(value), out);
        }
        case WireType::utf8:
            return value.size <= max_number_characters &&
                   parse_unsigned(as_text(value.bytes()), out);
        default: return false;
    }
}

Time as_time(const Value& value) {
    if (value.is_array()) return {};
    if (value.wire() == WireType::filetime && value.size == 8)
        return Time::from_filetime(load_u64(value.data));
    if (value.wire() == WireType::systemtime || value.is_text()) {
        if (value.size > 128) return {};
        const Result<Time> parsed = parse_time(to_text(value), Zone{});
        return parsed ? *parsed : Time{};
    }
    return {};
}

}  // namespace konseki::records
