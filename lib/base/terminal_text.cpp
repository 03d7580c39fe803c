#include "konseki/base/text.h"
#include "utf8_decode.h"

#include <unicode/uchar.h>

namespace konseki {
namespace {

constexpr std::string_view ellipsis = "\u2026";

bool is_zero_width(UChar32 code_point) {
    if (code_point == 0xad) return false;  // terminals show the soft hyphen
    if (code_point >= 0x1160 && code_point <= 0x11ff) return true;  // Hangul vowels and finals
    constexpr std::uint32_t mask =
        U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
    return (U_GET_GC_MASK(code_point) & mask) != 0;
}

/// Columns of one code point (Unicode Standard Annex 11; ambiguous counts as narrow).
std::size_t code_point_width(char32_t code_point) {
    if (code_point >= 0x20 && code_point < 0x7f) return 1;
    const UChar32 value = static_cast<UChar32>(code_point);
    if (is_zero_width(value)) return 0;
    const std::int32_t width = u_getIntPropertyValue(value, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool is_direction_control(char32_t c) {
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

void append_escape(std::string& out, char kind, std::uint32_t value, int digits) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '\\';
    out += kind;
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += hex[value >> shift & 15];
}

void append_for_terminal(std::string& out, std::string_view text, std::size_t at, Decoded decoded) {
    const char32_t c = decoded.code_point;
    if (decoded.size == 0) {
        append_escape(out, 'x', static_cast<std::uint8_t>(text[at]), 2);
    } else if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029) {
        out += ' ';
    } else if (c < 0x20 || c == 0x7f) {
        append_escape(out, 'x', c, 2);
    } else if ((c >= 0x80 && c < 0xa0) || is_direction_control(c)) {
        append_escape(out, 'u', c, 4);
    } else {
        out.append(text.substr(at, decoded.size));
    }
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < utf8.size();)
        columns += code_point_width(next_code_point(utf8, at));
    return columns;
}

std::string cut_to_width(std::string_view utf8, std::size_t columns) {
    if (columns == 0) return {};
    std::size_t used = 0;
    std::size_t keep = 0;  // bytes that leave one column for the ellipsis
    for (std::size_t at = 0; at < utf8.size();) {
        used += code_point_width(next_code_point(utf8, at));
        if (used < columns) keep = at;
        if (used > columns) return std::string(utf8.substr(0, keep)).append(ellipsis);
    }
    return std::string(utf8);
}

std::string pad_to_width(std::string_view utf8, std::size_t columns) {
    std::string out(utf8);
    const std::size_t width = display_width(utf8);
    if (width < columns) out.append(columns - width, ' ');
    return out;
}

std::string for_terminal(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const Decoded decoded = decode_utf8(utf8, at);
        append_for_terminal(out, utf8, at, decoded);
        at += decoded.size == 0 ? 1 : decoded.size;
    }
    return out;
}

}  // namespace konseki
