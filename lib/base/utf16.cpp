#include "fold_table.h"
#include "konseki/base/simd.h"
#include "konseki/base/text.h"
#include "utf8_decode.h"

// UTF-16LE to UTF-8, plain or folded: the way of nearly every string in an event log. Sixteen ASCII
// units are packed at a time; eight units that all need three bytes (Japanese) are spread by a
// shuffle; what is mixed goes unit by unit. Every step writes at most three bytes per unit that it
// consumes, so that the caller's room is enough whatever the text.

namespace konseki {
namespace {

enum class Case { kept, folded };

template <Case mode>
inline __m128i ascii_case(__m128i packed) {
    if constexpr (mode == Case::kept) return packed;
    const __m128i is_upper = _mm_and_si128(_mm_cmpgt_epi8(packed, _mm_set1_epi8('A' - 1)),
                                           _mm_cmplt_epi8(packed, _mm_set1_epi8('Z' + 1)));
    return _mm_or_si128(packed, _mm_and_si128(is_upper, _mm_set1_epi8(0x20)));
}

template <Case mode>
inline bool is_three_bytes_each(__m128i units) {
    if constexpr (mode == Case::folded)
        return simd::all_units_between(units, first_caseless_unit, last_caseless_unit);
    return simd::all_units_between(units, 0x0800, 0xd7ff);
}

/// One code point, unit by unit. Moves `at` past one or two units.
template <Case mode>
inline char* write_one(const std::byte*& at, const std::byte* end, char* out) {
    std::uint32_t value = load_u16(at);
    at += 2;
    if (value < 0x80) {
        if (mode == Case::folded && value >= 'A' && value <= 'Z') value |= 0x20;
        *out = static_cast<char>(value);
        return out + 1;
    }
    if ((value & 0xf800) != 0xd800) {
        if constexpr (mode == Case::folded) value = fold_table()[value];
        return encode_utf8(static_cast<char32_t>(value), out);
    }
    if (value < 0xdc00 && at != end) {
        const std::uint32_t low = load_u16(at);
        if ((low & 0xfc00) == 0xdc00) {
            at += 2;
            char32_t code_point =
                static_cast<char32_t>(0x10000 + ((value & 0x3ff) << 10 | (low & 0x3ff)));
            if constexpr (mode == Case::folded) code_point = fold_supplementary(code_point);
            return encode_utf8(code_point, out);
        }
    }
    return encode_utf8(replacement_character, out);
}

/// The last one to seven units. Where they and those before them are ASCII, a block that ends at the
/// end is packed over what is already written: the same bytes once more.
template <Case mode>
inline char* write_tail(const std::byte* begin, const std::byte* at, const std::byte* end,
                        char* out) {
    const std::size_t left = static_cast<std::size_t>(end - at) / 2;
    const std::size_t whole = static_cast<std::size_t>(end - begin) / 2;
    if (whole >= 8) {
        const __m128i units = simd::load128(end - 16);
        if (simd::is_ascii_units(units)) {
            simd::store64(out + left - 8, ascii_case<mode>(_mm_packus_epi16(units, units)));
            return out + left;
        }
    } else if (whole >= 4) {
        const __m128i units = _mm_unpacklo_epi64(simd::load64(begin), simd::load64(end - 8));
        if (simd::is_ascii_units(units)) {
            const __m128i packed = ascii_case<mode>(_mm_packus_epi16(units, units));
            simd::store32(out, packed);
            simd::store32(out + whole - 4, _mm_srli_si128(packed, 4));
            return out + whole;
        }
    }
    while (at != end) out = write_one<mode>(at, end, out);
    return out;
}

template <Case mode>
inline char* write_units(Bytes utf16le, char* out) {
    const std::byte* const begin = utf16le.data();
    const std::byte* at = begin;
    const std::byte* const end = at + (utf16le.size() & ~std::size_t{1});
    while (end - at >= 32) {
        const __m128i first = simd::load128(at), second = simd::load128(at + 16);
        if (!simd::is_ascii_units(_mm_or_si128(first, second))) break;
        simd::store128(out, ascii_case<mode>(_mm_packus_epi16(first, second)));
        at += 32;
        out += 16;
    }
    while (end - at >= 16) {
        const __m128i units = simd::load128(at);
        if (simd::is_ascii_units(units)) {
            simd::store64(out, ascii_case<mode>(_mm_packus_epi16(units, units)));
            at += 16;
            out += 8;
        } else if (is_three_bytes_each<mode>(units)) {
            simd::store_three_byte_units(out, units);
            at += 16;
            out += 24;
        } else {
            const std::byte* const stop = at + 16;
            while (at < stop) out = write_one<mode>(at, end, out);
        }
    }
    return at == end ? out : write_tail<mode>(begin, at, end, out);
}

}  // namespace

char* write_utf8(Bytes utf16le, char* out) { return write_units<Case::kept>(utf16le, out); }

char* write_folded_utf8(Bytes utf16le, char* out) {
    return write_units<Case::folded>(utf16le, out);
}

void append_utf8(std::string& out, Bytes utf16le) {
    const std::size_t before = out.size();
    out.resize_and_overwrite(before + utf16le.size() / 2 * 3, [&](char* data, std::size_t) {
        return static_cast<std::size_t>(write_utf8(utf16le, data + before) - data);
    });
}

std::string to_utf8(Bytes utf16le) {
    std::string out;
    append_utf8(out, utf16le);
    return out;
}

}  // namespace konseki
