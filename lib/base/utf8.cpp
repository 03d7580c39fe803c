#include "konseki/base/simd.h"
#include "konseki/base/text.h"
#include "utf8_decode.h"

namespace konseki {

void append_code_point(std::string& out, char32_t code_point) {
    const bool is_surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
    if (is_surrogate || code_point > 0x10ffff) code_point = replacement_character;
    char buffer[4];
    out.append(buffer, encode_utf8(code_point, buffer));
}

char32_t next_code_point(std::string_view utf8, std::size_t& at) {
    const Decoded decoded = decode_utf8(utf8, at);
    at += decoded.size == 0 ? 1 : decoded.size;
    return decoded.size == 0 ? replacement_character : decoded.code_point;
}

std::string cut_text(std::string_view utf8, std::size_t bytes) {
    if (utf8.size() <= bytes) return std::string(utf8);
    constexpr std::string_view mark = "\u2026";
    std::size_t end = bytes - mark.size();
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
    return std::string(utf8.substr(0, end)).append(mark);
}

bool is_valid_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (text.size() - at >= 16 && _mm_movemask_epi8(simd::load128(text.data() + at)) == 0) {
            at += 16;
            continue;
        }
        const std::uint32_t size = decode_utf8(text, at).size;
        if (size == 0) return false;
        at += size;
    }
    return true;
}

}  // namespace konseki
