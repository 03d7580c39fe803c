#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace konseki {

/// One code point of UTF-8 (The Unicode Standard, table 3-7: no overlong forms, no surrogates).
struct Decoded {
    char32_t code_point;
    std::uint32_t size;  ///< in bytes; 0 where the bytes are not valid
};

inline std::uint32_t continuation(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]) ^ 0x80u;  // below 0x40 where it is one
}

/// Decodes at `at`, which lies inside `text`.
inline Decoded decode_utf8(std::string_view text, std::size_t at) {
    const std::uint32_t lead = static_cast<std::uint8_t>(text[at]);
    const std::size_t left = text.size() - at;
    if (lead < 0x80) return {static_cast<char32_t>(lead), 1};
    if (lead < 0xc2 || lead > 0xf4 || left < 2) return {0, 0};
    const std::uint32_t second = continuation(text, at + 1);
    if (second >= 0x40) return {0, 0};
    if (lead < 0xe0) return {static_cast<char32_t>((lead & 0x1f) << 6 | second), 2};
    if (left < 3) return {0, 0};
    const std::uint32_t third = continuation(text, at + 2);
    if (third >= 0x40) return {0, 0};
    if (lead < 0xf0) {
        const std::uint32_t value = (lead & 0x0f) << 12 | second << 6 | third;
        const bool is_valid = value >= 0x800 && (value < 0xd800 || value > 0xdfff);
        return {static_cast<char32_t>(value), is_valid ? 3u : 0u};
    }
    if (left < 4) return {0, 0};
    const std::uint32_t fourth = continuation(text, at + 3);
    const std::uint32_t value = (lead & 0x07) << 18 | second << 12 | third << 6 | fourth;
    const bool is_valid = fourth < 0x40 && value >= 0x10000 && value <= 0x10ffff;
    return {static_cast<char32_t>(value), is_valid ? 4u : 0u};
}

/// Writes a code point that is no surrogate; `out` has room for 4 bytes; returns the end.
inline char* encode_utf8(char32_t code_point, char* out) {
    const std::uint32_t value = code_point;
    if (value < 0x80) {
        *out++ = static_cast<char>(value);
    } else if (value < 0x800) {
        *out++ = static_cast<char>(0xc0 | value >> 6);
        *out++ = static_cast<char>(0x80 | (value & 0x3f));
    } else if (value < 0x10000) {
        *out++ = static_cast<char>(0xe0 | value >> 12);
        *out++ = static_cast<char>(0x80 | (value >> 6 & 0x3f));
        *out++ = static_cast<char>(0x80 | (value & 0x3f));
    } else {
        *out++ = static_cast<char>(0xf0 | value >> 18);
        *out++ = static_cast<char>(0x80 | (value >> 12 & 0x3f));
        *out++ = static_cast<char>(0x80 | (value >> 6 & 0x3f));
        *out++ = static_cast<char>(0x80 | (value & 0x3f));
    }
    return out;
}

inline constexpr char32_t replacement_character = 0xfffd;

}  // namespace konseki
