#include "konseki/base/simd.h"
#include "konseki/base/text.h"
#include "konseki/render/json.h"

#include <array>
#include <bit>

// The inside of JSON strings. Sixteen characters are packed and stored at a time; the mask of those that
// need more than a copy says how many of them count, and the one behind is then written by hand. Every
// step writes no more than the promised room: a store of n bytes happens only where at least n / 6
// units are left.

namespace konseki::render {
namespace {

/// What is written for an ASCII character: the escape, padded to 8 bytes, and its length.
struct Escape {
    std::array<char, 7> text{};
    std::uint8_t size = 0;
};

constexpr Escape make_escape(unsigned c) {
    constexpr std::string_view hex = "0123456789abcdef";
    constexpr std::string_view named = "\"\\\b\f\n\r\t", names = "\"\\bfnrt";
    Escape out;
    if (const std::size_t at = named.find(static_cast<char>(c)); at != named.npos) {
        out.text = {'\\', names[at]};
        out.size = 2;
    } else if (c < 0x20) {
        out.text = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        out.size = 6;
    } else {
        out.text = {static_cast<char>(c)};
        out.size = 1;
    }
    return out;
}

constexpr std::array<Escape, 128> make_escapes() {
    std::array<Escape, 128> out{};
    for (unsigned c = 0; c < 128; ++c) out[c] = make_escape(c);
    return out;
}
constexpr std::array<Escape, 128> escapes = make_escapes();

inline char* write_ascii(unsigned c, char* out) {
    const Escape& escape = escapes[c];
    std::memcpy(out, escape.text.data(), 6);
    return out + escape.size;
}

/// Bit n is set where byte n is no plain ASCII character. Non-ASCII bytes are negative here, so one
/// comparison finds them and the control characters.
inline unsigned special_mask(__m128i bytes) {
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    return static_cast<unsigned>(
        _mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quote, backslash))));
}

/// Units from U+0100 pack to 0xFF or, from U+8000, to 0: both are special.
inline __m128i pack(const std::byte* at) {
    return _mm_packus_epi16(simd::load128(at), simd::load128(at + 16));
}

inline char* write_three_bytes(std::uint32_t unit, char* out) {
    out[0] = static_cast<char>(0xe0 | unit >> 12);
    out[1] = static_cast<char>(0x80 | (unit >> 6 & 0x3f));
    out[2] = static_cast<char>(0x80 | (unit & 0x3f));
    return out + 3;
}

/// One code point of UTF-16; moves `at` past it.
inline char* write_one(const std::byte*& at, const std::byte* end, char* out) {
    const std::uint32_t unit = load_u16(at);
    at += 2;
    if (unit < 0x80) return write_ascii(unit, out);
    if (unit < 0x800) {
        out[0] = static_cast<char>(0xc0 | unit >> 6);
        out[1] = static_cast<char>(0x80 | (unit & 0x3f));
        return out + 2;
    }
    if ((unit & 0xf800) != 0xd800) return write_three_bytes(unit, out);
    const std::uint32_t low = unit < 0xdc00 && at != end ? load_u16(at) : 0;
    if ((low & 0xfc00) != 0xdc00) return write_three_bytes(0xfffd, out);
    at += 2;
    const std::uint32_t code_point = 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff));
    out[0] = static_cast<char>(0xf0 | code_point >> 18);
    out[1] = static_cast<char>(0x80 | (code_point >> 12 & 0x3f));
    out[2] = static_cast<char>(0x80 | (code_point >> 6 & 0x3f));
    out[3] = static_cast<char>(0x80 | (code_point & 0x3f));
    return out + 4;
}

/// Fewer than 16 units. Where the last eight (or four) of the whole text are plain, they are packed over
/// what is already written: the same bytes once more.
inline char* write_tail(const std::byte* begin, const std::byte* at, const std::byte* end,
                        char* out) {
    if (end - at >= 16) {
        const __m128i units = simd::load128(at);
        const __m128i packed = _mm_packus_epi16(units, units);
        if (special_mask(packed) == 0) {
            simd::store64(out, packed);
            at += 16;
            out += 8;
        }
    }
    const std::size_t left = static_cast<std::size_t>(end - at) / 2;
    const std::size_t whole = static_cast<std::size_t>(end - begin) / 2;
    if (left <= 8 && whole >= 8 && left != 0) {
        const __m128i units = simd::load128(end - 16);
        const __m128i packed = _mm_packus_epi16(units, units);
        if (special_mask(packed) == 0) {
            simd::store64(out + left - 8, packed);
            return out + left;
        }
    } else if (whole < 8 && whole >= 4) {
        const __m128i units = _mm_unpacklo_epi64(simd::load64(begin), simd::load64(end - 8));
        const __m128i packed = _mm_packus_epi16(units, units);
        if (special_mask(packed) == 0) {
            simd::store32(out, packed);
            simd::store32(out + whole - 4, _mm_srli_si128(packed, 4));
            return out + whole;
        }
    }
    while (at != end) out = write_one(at, end, out);
    return out;
}

/// True for a three-byte form whose first byte alone rules out overlong forms and surrogates: all of
/// kana and CJK.
inline bool is_plain_three_bytes(std::string_view text, std::size_t at) {
    if (text.size() - at < 3) return false;
    const std::uint8_t first = static_cast<std::uint8_t>(text[at]);
    const unsigned second = static_cast<std::uint8_t>(text[at + 1]);
    const unsigned third = static_cast<std::uint8_t>(text[at + 2]);
    return first >= 0xe1 && first <= 0xec && (second & 0xc0) == 0x80 && (third & 0xc0) == 0x80;
}

}  // namespace

char* write_json_utf16(Bytes utf16le, char* out) {
    const std::byte* const begin = utf16le.data();
    const std::byte* at = begin;
    const std::byte* const end = at + (utf16le.size() & ~std::size_t{1});
    while (end - at >= 32) {
        const __m128i packed = pack(at);
        const unsigned special = special_mask(packed);
        simd::store128(out, packed);
        const std::ptrdiff_t plain = special == 0 ? 16 : std::countr_zero(special);
        at += plain * 2;
        out += plain;
        if (special == 0) continue;
        const std::uint32_t unit = load_u16(at);
        if (unit < 0x80) {
            out = write_ascii(unit, out);
            at += 2;
            continue;
        }
        while (end - at >= 16 && simd::all_units_between(simd::load128(at), 0x0800, 0xd7ff)) {
            simd::store_three_byte_units(out, simd::load128(at));
            at += 16;
            out += 24;
        }
        // Mixed text: one by one up to where the fast ways may be worth it again.
        const std::byte* const stop = end - at > 8 ? at + 8 : end;
        while (at < stop && load_u16(at) >= 0x80) out = write_one(at, end, out);
    }
    return write_tail(begin, at, end, out);
}

char* write_json_utf8(std::string_view utf8, char* out) {
    std::size_t at = 0;
    while (at < utf8.size()) {
        if (utf8.size() - at >= 16) {
            const __m128i bytes = simd::load128(utf8.data() + at);
            const unsigned special = special_mask(bytes);
            simd::store128(out, bytes);
            const int plain = special == 0 ? 16 : std::countr_zero(special);
            at += static_cast<std::size_t>(plain);
            out += plain;
            if (special == 0) continue;
        }
        const std::uint8_t byte = static_cast<std::uint8_t>(utf8[at]);
        if (byte < 0x80) {
            out = write_ascii(byte, out);
            ++at;
            continue;
        }
        if (is_plain_three_bytes(utf8, at)) {
            do {
                std::memcpy(out, utf8.data() + at, 3);
                at += 3;
                out += 3;
            } while (is_plain_three_bytes(utf8, at));
            continue;
        }
        const std::size_t start = at;
        if (next_code_point(utf8, at) == 0xfffd) {
            out = write_three_bytes(0xfffd, out);
        } else {
            std::memcpy(out, utf8.data() + start, at - start);
            out += at - start;
        }
    }
    return out;
}

}  // namespace konseki::render
