#include "engine/keyword_scan.h"

#include <algorithm>

#include "konseki/base/simd.h"

namespace konseki::detect {
namespace {

constexpr std::size_t print_bytes = 3;
constexpr std::size_t buckets = 8;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Characters of numbers, times, SIDs, GUIDs, hex, true and false, as they are printed and folded.
bool could_be_number(std::string_view folded) {
    return folded.find_first_not_of("0123456789abcdefx{}-s:.ztrueflso,#qin ") == std::string_view::npos;
}

/// Letters by how common they are in English and in paths; the rarest three in a row are looked for.
std::uint32_t commonness(char c) {
    constexpr std::string_view common = "etaoinsrhldcumfpgwybvkxjqz \\.";
    const std::size_t at = common.find(c);
    return at == std::string_view::npos ? 4 : at < 12 ? 30 - static_cast<std::uint32_t>(at) : 10;
}

/// Place of the rarest three bytes; npos where there are none to use. K and S are left out: two letters
/// beyond ASCII (the Kelvin sign and the long s) fold to them and would not be seen.
std::size_t rarest_print(std::string_view folded) {
    std::size_t best = std::string_view::npos;
    std::uint32_t best_cost = 0xffffffff;
    for (std::size_t i = 0; i + print_bytes <= folded.size(); ++i) {
        if (folded.substr(i, print_bytes).find_first_of("ks") != std::string_view::npos) continue;
        const std::uint32_t cost =
            commonness(folded[i]) * commonness(folded[i + 1]) * commonness(folded[i + 2]);
        if (cost < best_cost) {
            best_cost = cost;
            best = i;
        }
    }
    return best;
}

/// Bits of the buckets whose three bytes may start at each of 16 places.
__m128i prints_at(__m128i chars, __m128i low, __m128i high) {
    const __m128i nibble = _mm_set1_epi8(0x0f);
    const __m128i from_low = _mm_shuffle_epi8(low, _mm_and_si128(chars, nibble));
    const __m128i from_high = _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(chars, 4), nibble));
    return _mm_and_si128(from_low, from_high);
}

struct Tables {
    __m128i low[print_bytes], high[print_bytes];
    bool any(__m128i c0, __m128i c1, __m128i c2) const {
        const __m128i hits = _mm_and_si128(_mm_and_si128(prints_at(c0, low[0], high[0]),
                                                         prints_at(c1, low[1], high[1])),
                                           prints_at(c2, low[2], high[2]));
        return _mm_testz_si128(hits, hits) == 0;
    }
};

/// Sixteen UTF-16 units as bytes; units past 0xff become 0xff, which no ASCII keyword holds.
__m128i pack(const std::byte* units) {
    const __m128i limit = _mm_set1_epi16(0xff);
    const __m128i a = _mm_min_epu16(simd::load128(units), limit);
    const __m128i b = _mm_min_epu16(simd::load128(units + 16), limit);
    return _mm_packus_epi16(a, b);
}

}  // namespace

void KeywordScan::add(std::string_view folded) { keywords_.push_back(folded); }

void KeywordScan::build() {
    usable_ = !keywords_.empty() && keywords_.size() <= max_keywords;
    std::size_t bucket = 0;
    for (const std::string_view keyword : keywords_) {
        if (!is_ascii(keyword) || keyword.size() < print_bytes) usable_ = false;
        if (!usable_) return;
        needs_numbers_ = needs_numbers_ || could_be_number(keyword);
        const std::size_t at = rarest_print(keyword);
        if (at == std::string_view::npos) usable_ = false;
        if (!usable_) return;
        const auto bit = static_cast<std::uint8_t>(1u << (bucket++ % buckets));
        for (std::size_t i = 0; i < print_bytes; ++i) {
            const auto lower = static_cast<unsigned char>(keyword[at + i]);
            const bool is_letter = lower >= 'a' && lower <= 'z';
            for (const unsigned c : {unsigned{lower}, is_letter ? lower - 32u : unsigned{lower}}) {
                low_[i][c & 15] |= bit;
                high_[i][c >> 4] |= bit;
            }
        }
    }
}

bool KeywordScan::scan_units(const std::byte* units, std::size_t count) const {
    if (count < print_bytes) return false;
    Tables tables;
    for (std::size_t i = 0; i < print_bytes; ++i) {
        tables.low[i] = simd::load128(low_[i]);
        tables.high[i] = simd::load128(high_[i]);
    }
    std::size_t at = 0;
    for (; at + 18 <= count; at += 16)
        if (tables.any(pack(units + 2 * at), pack(units + 2 * at + 2), pack(units + 2 * at + 4))) return true;
    // The rest through a small buffer of units that match nothing.
    alignas(16) std::byte rest[36 + 32] = {};
    std::memcpy(rest, units + 2 * at, 2 * (count - at));
    return tables.any(pack(rest), pack(rest + 2), pack(rest + 4)) ||
           (count - at > 16 && tables.any(pack(rest + 32), pack(rest + 34), pack(rest + 36)));
}

bool KeywordScan::scan_bytes(const std::byte* bytes, std::size_t count) const {
    std::byte units[256];
    // In steps of 125 bytes with an overlap of two, widened: such values are rare.
    for (std::size_t at = 0; at < count; at += 125) {
        const std::size_t part = std::min<std::size_t>(count - at, 127);
        for (std::size_t i = 0; i < part; ++i) {
            units[2 * i] = bytes[at + i];
            units[2 * i + 1] = std::byte{0};
        }
        if (scan_units(units, part)) return true;
    }
    return false;
}

bool KeywordScan::could_match(const records::Batch& batch, const records::Record& record) const {
    if (!usable_) return true;
    for (const records::Field& field : record.shape->fields) {
        if (field.slot == records::no_slot) continue;
        const records::Value& value = batch.value(record, field.slot);
        const records::WireType type = value.wire();
        if (type == records::WireType::string) {
            if (scan_units(value.data, value.size / 2)) return true;
        } else if (type == records::WireType::utf8) {
            if (scan_bytes(value.data, value.size)) return true;
        } else if (needs_numbers_ && !value.is_null()) {
            return true;
        }
    }
    return false;
}

}  // namespace konseki::detect
