#pragma once

#include <smmintrin.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace konseki::simd {

/// 16 bytes from and to any alignment. The caller has checked that the bytes are there.
inline __m128i load128(const void* at) { return _mm_loadu_si128(static_cast<const __m128i*>(at)); }
inline void store128(void* at, __m128i value) {
    _mm_storeu_si128(static_cast<__m128i*>(at), value);
}
/// 8 bytes into the low half, the high half 0.
inline __m128i load64(const void* at) { return _mm_loadl_epi64(static_cast<const __m128i*>(at)); }
/// The low 8 bytes.
inline void store64(void* at, __m128i value) { _mm_storel_epi64(static_cast<__m128i*>(at), value); }
/// The low 4 bytes.
inline void store32(void* at, __m128i value) {
    const std::int32_t low = _mm_cvtsi128_si32(value);
    std::memcpy(at, &low, sizeof low);
}

/// True where all eight 16-bit units are below 0x80.
inline bool is_ascii_units(__m128i units) {
    return _mm_testz_si128(units, _mm_set1_epi16(static_cast<std::int16_t>(0xff80))) != 0;
}
/// Eight units, each from U+0800 to U+FFFF and no surrogate, as 24 bytes of UTF-8.
inline void store_three_byte_units(char* out, __m128i units) {
    const __m128i first = _mm_or_si128(_mm_srli_epi16(units, 12), _mm_set1_epi16(0x00e0));
    const __m128i second =
        _mm_or_si128(_mm_and_si128(_mm_slli_epi16(units, 2), _mm_set1_epi16(0x3f00)),
                     _mm_set1_epi16(static_cast<std::int16_t>(0x8000)));
    const __m128i third =
        _mm_or_si128(_mm_and_si128(units, _mm_set1_epi16(0x003f)), _mm_set1_epi16(0x0080));
    const __m128i front = _mm_or_si128(first, second);
    const __m128i squeeze = _mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
    const __m128i low = _mm_shuffle_epi8(_mm_unpacklo_epi16(front, third), squeeze);
    const __m128i high = _mm_shuffle_epi8(_mm_unpackhi_epi16(front, third), squeeze);
    store128(out, low);
    store64(out + 12, high);
    store32(out + 20, _mm_srli_si128(high, 8));
}
/// True where all eight units lie in first..last (unsigned).
inline bool all_units_between(__m128i units, std::uint16_t first, std::uint16_t last) {
    const __m128i shifted = _mm_sub_epi16(units, _mm_set1_epi16(static_cast<std::int16_t>(first)));
    const __m128i over =
        _mm_subs_epu16(shifted, _mm_set1_epi16(static_cast<std::int16_t>(last - first)));
    return _mm_testz_si128(over, over) != 0;
}

}  // namespace konseki::simd
