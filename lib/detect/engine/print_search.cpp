#include "engine/print_search.h"

#include <immintrin.h>

#include "konseki/base/simd.h"

namespace konseki::detect {
namespace {

__m128i groups_at(__m128i characters, __m128i low, __m128i high) {
    const __m128i nibble = _mm_set1_epi8(0x0f);
    return _mm_and_si128(
        _mm_shuffle_epi8(low, _mm_and_si128(characters, nibble)),
        _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(characters, 4), nibble)));
}

__attribute__((target("avx2"))) __m256i wide_groups_at(__m256i characters, __m256i low,
                                                       __m256i high) {
    const __m256i nibble = _mm256_set1_epi8(0x0f);
    return _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(characters, nibble)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(characters, 4), nibble)));
}

__attribute__((target("avx2"))) __m256i load256(const std::byte* at) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(at)));
}

__attribute__((target("avx2"))) __m256i both_halves(const std::uint8_t (&table)[16]) {
    return _mm256_broadcastsi128_si256(simd::load128(table));
}

/// 32 places at a time.
__attribute__((target("avx2"))) PrintPlaces find_prints_wide(const PrintTables& tables, Bytes bytes,
                                                             std::size_t from) {
    const __m256i low0 = both_halves(tables.low[0]), high0 = both_halves(tables.high[0]);
    const __m256i low1 = both_halves(tables.low[1]), high1 = both_halves(tables.high[1]);
    for (; from + search_slack <= bytes.size(); from += 32) {
        const std::byte* const at = bytes.data() + from;
        const __m256i hits = _mm256_and_si256(wide_groups_at(load256(at), low0, high0),
                                              wide_groups_at(load256(at + 2), low1, high1));
        if (_mm256_testz_si256(hits, hits) != 0) [[likely]]
            continue;
        const __m256i none = _mm256_cmpeq_epi8(hits, _mm256_setzero_si256());
        return {from, ~static_cast<std::uint32_t>(_mm256_movemask_epi8(none)), 32};
    }
    return {from, 0, 0};
}

}  // namespace

PrintPlaces find_prints_plainly(const PrintTables& tables, Bytes bytes, std::size_t from) {
    const __m128i low0 = simd::load128(tables.low[0]), high0 = simd::load128(tables.high[0]);
    const __m128i low1 = simd::load128(tables.low[1]), high1 = simd::load128(tables.high[1]);
    for (; from + search_slack <= bytes.size(); from += 16) {
        const std::byte* const at = bytes.data() + from;
        const __m128i hits = _mm_and_si128(groups_at(simd::load128(at), low0, high0),
                                           groups_at(simd::load128(at + 2), low1, high1));
        if (_mm_testz_si128(hits, hits) != 0) [[likely]]
            continue;
        const __m128i none = _mm_cmpeq_epi8(hits, _mm_setzero_si128());
        return {from, 0xffffu & ~static_cast<std::uint32_t>(_mm_movemask_epi8(none)), 16};
    }
    return {from, 0, 0};
}

PrintPlaces find_prints(const PrintTables& tables, Bytes bytes, std::size_t from) {
    static const bool is_wide = __builtin_cpu_supports("avx2") != 0;
    return is_wide ? find_prints_wide(tables, bytes, from)
                   : find_prints_plainly(tables, bytes, from);
}

}  // namespace konseki::detect
