#include "scan.h"

#include <smmintrin.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "forms.h"
#include "konseki/base/text.h"

namespace konseki::traces {
namespace {

constexpr std::size_t block_characters = 64;

__m128i load(const void* at) { return _mm_loadu_si128(static_cast<const __m128i*>(at)); }

/// Bytes of `x` that lie in first..first+count-1.
__m128i in_range(__m128i x, char first, char count) {
    const __m128i shifted = _mm_sub_epi8(x, _mm_set1_epi8(first));
    return _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8(static_cast<char>(count - 1))),
                          shifted);
}
std::uint64_t mask(__m128i x) { return static_cast<std::uint32_t>(_mm_movemask_epi8(x)); }

/// What 64 characters hold, one bit a character.
struct Masks {
    std::uint64_t colon = 0, at = 0, dot = 0, digit = 0, hex = 0;
};

Masks classify(const char* text) {
    Masks out;
    for (unsigned i = 0; i < 4; ++i) {
        const __m128i x = load(text + 16 * i);
        const __m128i digit = in_range(x, '0', 10);
        const __m128i letter = in_range(_mm_or_si128(x, _mm_set1_epi8(0x20)), 'a', 6);
        out.colon |= mask(_mm_cmpeq_epi8(x, _mm_set1_epi8(':'))) << (16 * i);
        out.at |= mask(_mm_cmpeq_epi8(x, _mm_set1_epi8('@'))) << (16 * i);
        out.dot |= mask(_mm_cmpeq_epi8(x, _mm_set1_epi8('.'))) << (16 * i);
        out.digit |= mask(digit) << (16 * i);
        out.hex |= mask(_mm_or_si128(digit, letter)) << (16 * i);
    }
    return out;
}

/// Bytes that are `:`, `.` or `@`: all candidates but hashes begin with one.
__m128i any_mark(__m128i x) {
    const __m128i points =
        _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8(':')), _mm_cmpeq_epi8(x, _mm_set1_epi8('.')));
    return _mm_or_si128(points, _mm_cmpeq_epi8(x, _mm_set1_epi8('@')));
}

/// First characters of runs of at least 16 hex digits within the block: a run of 32 has 16 in one of them.
std::uint64_t long_hex_runs(std::uint64_t hex) {
    std::uint64_t runs = hex & (hex >> 1);
    runs &= runs >> 2;
    runs &= runs >> 4;
    runs &= runs >> 8;
    return runs & ~(runs << 1);
}

}  // namespace

bool TextScanner::narrow_units(Bytes utf16le) {
    size_ = utf16le.size() / 2;
    if (buffer_.size() < size_ + block_characters) buffer_.resize(size_ + block_characters);
    const std::byte* const from = utf16le.data();
    std::size_t i = 0;
    const __m128i top = _mm_set1_epi16(0xff);
    __m128i marks = _mm_setzero_si128();
    for (; i + 16 <= size_; i += 16) {
        const __m128i low = _mm_min_epu16(load(from + 2 * i), top);
        const __m128i high = _mm_min_epu16(load(from + 2 * i + 16), top);
        const __m128i packed = _mm_packus_epi16(low, high);
        marks = _mm_or_si128(marks, any_mark(packed));
        _mm_storeu_si128(static_cast<__m128i*>(static_cast<void*>(buffer_.data() + i)), packed);
    }
    bool has_mark = mask(marks) != 0;
    for (; i < size_; ++i) {
        const std::uint16_t unit = load_u16(from + 2 * i);
        buffer_[i] = static_cast<char>(std::min<std::uint16_t>(unit, 0xff));
        has_mark = has_mark || unit == ':' || unit == '.' || unit == '@';
    }
    // Only a hash has none of these marks, and the shortest hash has 32 digits.
    return has_mark || size_ >= 32;
}

std::span<const Token> TextScanner::scan(const records::Value& value) {
    tokens_.clear();
    done_ = 0;
    if (value.wire() == records::WireType::string) {
        if (value.size < 2 * min_characters) return {};
        if (!narrow_units(value.bytes())) return {};
    } else {
        if (value.size < min_characters) return {};
        size_ = value.size;
        if (buffer_.size() < size_ + block_characters) buffer_.resize(size_ + block_characters);
        std::memcpy(buffer_.data(), value.data, size_);
    }
    std::memset(buffer_.data() + size_, 0, block_characters);
    for (std::size_t block = 0; block < size_; block += block_characters) scan_block(block);
    return tokens_;
}

void TextScanner::scan_block(std::size_t block) {
    const Masks masks = classify(buffer_.data() + block);
    // The last character's neighbour is in the next block: look.
    const std::uint64_t before_digit = (masks.digit >> 1) | (std::uint64_t{1} << 63);
    std::uint64_t candidates =
        masks.colon | masks.at | (masks.dot & before_digit) | long_hex_runs(masks.hex);
    for (; candidates != 0; candidates &= candidates - 1) {
        const std::size_t at = block + static_cast<std::size_t>(std::countr_zero(candidates));
        if (at >= done_) look_at(at);
    }
}

void TextScanner::look_at(std::size_t at) {
    switch (buffer_[at]) {
        case ':':
            if (!take_url(at)) take_ipv6(at);
            break;
        case '.': take_ipv4(at); break;
        case '@': take_email(at); break;
        default: take_hash(at);
    }
}

void TextScanner::add(TraceType type, std::size_t begin, std::size_t end) {
    tokens_.push_back({type, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    done_ = end;
}

std::string_view TextScanner::text(const records::Value& value, const Token& token,
                                   std::string& storage) const {
    if (value.wire() != records::WireType::string)
        return as_text(value.bytes().subspan(token.begin, token.end - token.begin));
    const std::string_view units = narrow().substr(token.begin, token.end - token.begin);
    const auto is_wide = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    if (std::ranges::none_of(units, is_wide)) return units;
    storage = to_utf8(value.bytes().subspan(2 * token.begin, 2 * (token.end - token.begin)));
    return storage;
}

}  // namespace konseki::traces
