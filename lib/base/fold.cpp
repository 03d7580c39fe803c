#include "fold_table.h"
#include "konseki/base/simd.h"
#include "konseki/base/text.h"
#include "utf8_decode.h"

#include <unicode/uchar.h>

namespace konseki {
namespace {

std::array<std::uint16_t, 65536> make_fold_table() {
    std::array<std::uint16_t, 65536> table;
    for (std::uint32_t unit = 0; unit < 65536; ++unit)
        table[unit] =
            static_cast<std::uint16_t>(u_foldCase(static_cast<UChar32>(unit), U_FOLD_CASE_DEFAULT));
    return table;
}

/// Folds from `at` until 16 bytes are left or something is not ASCII; returns the place reached.
std::size_t fold_ascii_blocks(std::string_view text, std::size_t at, char* out) {
    while (text.size() - at >= 16) {
        const __m128i bytes = simd::load128(text.data() + at);
        if (_mm_movemask_epi8(bytes) != 0) break;
        const __m128i is_upper = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('A' - 1)),
                                               _mm_cmplt_epi8(bytes, _mm_set1_epi8('Z' + 1)));
        simd::store128(out, _mm_or_si128(bytes, _mm_and_si128(is_upper, _mm_set1_epi8(0x20))));
        at += 16;
        out += 16;
    }
    return at;
}

/// `out` has room for 3 bytes per 2 bytes of text, rounded up; returns its end.
char* write_folded(std::string_view text, char* out) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t reached = fold_ascii_blocks(text, at, out);
        out += reached - at;
        at = reached;
        // The rest, or one block's worth before the fast way is tried again.
        const std::size_t stop = text.size() - at < 32 ? text.size() : at + 16;
        while (at < stop) {
            const Decoded decoded = decode_utf8(text, at);
            if (decoded.size == 0) {
                *out++ = text[at++];
                continue;
            }
            out = encode_utf8(fold_code_point(decoded.code_point), out);
            at += decoded.size;
        }
    }
    return out;
}

}  // namespace

const std::array<std::uint16_t, 65536>& fold_table() {
    static const std::array<std::uint16_t, 65536> table = make_fold_table();
    return table;
}

char32_t fold_supplementary(char32_t code_point) {
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(code_point), U_FOLD_CASE_DEFAULT));
}

char32_t fold_code_point(char32_t code_point) {
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point | 0x20 : code_point;
    if (code_point < 0x10000) return fold_table()[code_point];
    return code_point > 0x10ffff ? code_point : fold_supplementary(code_point);
}

void append_folded(std::string& out, std::string_view utf8) {
    // A folded code point can be one byte longer: U+023A (two bytes) becomes U+2C65 (three).
    const std::size_t before = out.size();
    const std::size_t room = utf8.size() + utf8.size() / 2 + 1;
    out.resize_and_overwrite(before + room, [&](char* data, std::size_t) {
        return static_cast<std::size_t>(write_folded(utf8, data + before) - data);
    });
}

std::string fold(std::string_view utf8) {
    std::string out;
    append_folded(out, utf8);
    return out;
}

}  // namespace konseki
