#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "konseki/base/simd.h"

namespace konseki::detect {

/// Finds literals of one to three bytes, too short for GramFilter, at 16 places of a text at once by
/// nibble tables. Meant for a handful of them: eight and fewer are found without any false alarm.
class ShortScan {
  public:
    static constexpr std::size_t longest = 3;

    /// `literal` must outlive the scan and has one to `longest` bytes.
    void add(std::string_view literal, std::uint32_t id);
    bool empty() const { return literals_.empty(); }
    /// Calls found(id) at least once for each literal in the text, which is followed by scan_padding
    /// readable bytes.
    template <class Found>
    void scan(std::string_view text, Found&& found) const;

  private:
    static constexpr std::size_t buckets = 8;
    struct Literal {
        std::string_view text;
        std::uint32_t id = 0;
    };
    __m128i hits(const char* at) const;

    std::vector<Literal> literals_;
    std::vector<Literal> in_bucket_[buckets];
    std::uint8_t low_[longest][16] = {}, high_[longest][16] = {};
};

inline __m128i ShortScan::hits(const char* at) const {
    __m128i all = _mm_set1_epi8(-1);
    const __m128i nibble = _mm_set1_epi8(0x0f);
    for (std::size_t i = 0; i < longest; ++i) {
        const __m128i chars = simd::load128(at + i);
        const __m128i low = _mm_shuffle_epi8(simd::load128(low_[i]), _mm_and_si128(chars, nibble));
        const __m128i high = _mm_shuffle_epi8(simd::load128(high_[i]),
                                              _mm_and_si128(_mm_srli_epi16(chars, 4), nibble));
        all = _mm_and_si128(all, _mm_and_si128(low, high));
    }
    return all;
}

template <class Found>
void ShortScan::scan(std::string_view text, Found&& found) const {
    std::uint8_t live = 0xff;
    for (std::size_t at = 0; at < text.size() && live != 0; at += 16) {
        const __m128i all =
            _mm_and_si128(hits(text.data() + at), _mm_set1_epi8(static_cast<char>(live)));
        if (_mm_testz_si128(all, all) != 0) continue;
        alignas(16) std::uint8_t bits[16];
        simd::store128(bits, all);
        for (std::size_t i = 0; i < 16 && at + i < text.size(); ++i) {
            for (unsigned left = bits[i] & live; left != 0; left &= left - 1) {
                const auto bucket = static_cast<unsigned>(std::countr_zero(left));
                for (const Literal& literal : in_bucket_[bucket]) {
                    if (!text.substr(at + i).starts_with(literal.text)) continue;
                    found(literal.id);
                    // Once seen a literal need not be looked for again.
                    if (in_bucket_[bucket].size() == 1)
                        live &= static_cast<std::uint8_t>(~(1u << bucket));
                }
            }
        }
    }
}

}  // namespace konseki::detect
