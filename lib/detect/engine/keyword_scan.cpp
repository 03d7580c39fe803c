#include "engine/keyword_scan.h"

#include <algorithm>
#include <bit>

#include "engine/typical_text.h"
#include "konseki/base/simd.h"

namespace konseki::detect {
namespace {

constexpr std::size_t print_bytes = PrintTables::characters;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Characters of numbers, times, SIDs, GUIDs, hex, true and false, as they are printed and folded.
bool could_be_number(std::string_view folded) {
    return folded.find_first_not_of("0123456789abcdefx{}-s:.ztrueflso,#qin ") ==
           std::string_view::npos;
}

/// Letters by how common they are in English and in paths; the rarest three in a row are looked for.
std::uint32_t commonness(char c) {
    constexpr std::string_view common = "etaoinsrhldcumfpgwybvkxjqz \\.";
    const std::size_t at = common.find(c);
    return at == std::string_view::npos ? 4 : at < 12 ? 30 - static_cast<std::uint32_t>(at) : 10;
}

/// How often two characters follow each other in ordinary values.
std::uint32_t times_in_logs(std::string_view two) {
    std::uint32_t times = 0;
    for (std::size_t at = typical_text.find(two); at != std::string_view::npos;
         at = typical_text.find(two, at + 1))
        ++times;
    return times;
}

/// Place of the rarest three bytes; npos where there are none to use. The first two are looked for in
/// all text, so they count most. K and S are left out: two letters beyond ASCII (the Kelvin sign and the
/// long s) fold to them and would not be seen.
std::size_t rarest_print(std::string_view folded) {
    std::size_t best = std::string_view::npos;
    std::uint32_t best_cost = 0xffffffff;
    for (std::size_t i = 0; i + print_bytes <= folded.size(); ++i) {
        if (folded.substr(i, print_bytes).find_first_of("ks") != std::string_view::npos) continue;
        const std::uint32_t in_english =
            commonness(folded[i]) * commonness(folded[i + 1]) * commonness(folded[i + 2]);
        const std::uint32_t cost = times_in_logs(folded.substr(i, 2)) * 100'000 + in_english;
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
    const __m128i from_high =
        _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(chars, 4), nibble));
    return _mm_and_si128(from_low, from_high);
}

struct Tables {
    __m128i low[print_bytes], high[print_bytes];
    /// Per place the bits of the buckets of which three bytes stand there.
    __m128i hits(const std::byte* units) const;
};

/// Sixteen UTF-16 units as bytes; units past 0xff become 0xff, which no ASCII keyword holds.
__m128i pack(const std::byte* units) {
    const __m128i limit = _mm_set1_epi16(0xff);
    const __m128i a = _mm_min_epu16(simd::load128(units), limit);
    const __m128i b = _mm_min_epu16(simd::load128(units + 16), limit);
    return _mm_packus_epi16(a, b);
}

__m128i Tables::hits(const std::byte* units) const {
    return _mm_and_si128(_mm_and_si128(prints_at(pack(units), low[0], high[0]),
                                       prints_at(pack(units + 2), low[1], high[1])),
                         prints_at(pack(units + 4), low[2], high[2]));
}

/// ASCII letters and the two others that fold to one.
char16_t fold_unit(char16_t unit) {
    if (unit >= 'A' && unit <= 'Z') return static_cast<char16_t>(unit + 32);
    return unit == 0x212a ? u'k' : unit == 0x17f ? u's' : unit;
}

}  // namespace

void KeywordScan::add(std::string_view folded) { keywords_.push_back({folded, 0}); }

void KeywordScan::build() {
    usable_ = !keywords_.empty() && keywords_.size() <= max_keywords;
    for (Keyword& keyword : keywords_) {
        keyword.print = rarest_print(keyword.text);
        usable_ = usable_ && is_ascii(keyword.text) && keyword.print != std::string_view::npos;
        if (!usable_) return;
        needs_numbers_ = needs_numbers_ || could_be_number(keyword.text);
        longest_ = std::max(longest_, keyword.text.size());
    }
    // Like prints share a bucket: a bucket's tables let through every mixture of its prints.
    const auto print_of = [](const Keyword& keyword) {
        return keyword.text.substr(keyword.print, print_bytes);
    };
    std::sort(keywords_.begin(), keywords_.end(), [&](const Keyword& one, const Keyword& other) {
        return print_of(one) < print_of(other);
    });
    for (std::size_t i = 0; i < keywords_.size(); ++i)
        add_to_bucket(keywords_[i], i * buckets / keywords_.size());
}

void KeywordScan::add_to_bucket(const Keyword& keyword, std::size_t bucket) {
    in_bucket_[bucket].push_back(keyword);
    const auto bit = static_cast<std::uint8_t>(1u << bucket);
    for (std::size_t i = 0; i < print_bytes; ++i) {
        const auto lower = static_cast<unsigned char>(keyword.text[keyword.print + i]);
        prints_.add(i, lower, bit);
        if (lower >= 'a' && lower <= 'z') prints_.add(i, lower - 32u, bit);
    }
}

bool KeywordScan::matches(Units units, std::size_t from, std::string_view keyword) {
    if (units.count - from < keyword.size()) return false;
    for (std::size_t i = 0; i < keyword.size(); ++i)
        if (fold_unit(load_u16(units.data + 2 * (from + i))) !=
            static_cast<unsigned char>(keyword[i]))
            return false;
    return true;
}

bool KeywordScan::is_at(Units units, std::size_t place, std::uint8_t bucket_bits) const {
    for (unsigned bits = bucket_bits; bits != 0; bits &= bits - 1)
        for (const Keyword& keyword : in_bucket_[std::countr_zero(bits)])
            if (place >= keyword.print && place <= units.count &&
                matches(units, place - keyword.print, keyword.text))
                return true;
    return false;
}

bool KeywordScan::scan(Units units) const {
    if (units.count < print_bytes) return false;
    Tables tables;
    for (std::size_t i = 0; i < print_bytes; ++i) {
        tables.low[i] = simd::load128(prints_.low[i]);
        tables.high[i] = simd::load128(prints_.high[i]);
    }
    const auto check = [&](__m128i hits, std::size_t at) {
        if (_mm_testz_si128(hits, hits) != 0) [[likely]]
            return false;
        alignas(16) std::uint8_t bits[16];
        simd::store128(bits, hits);
        for (std::size_t i = 0; i < 16; ++i)
            if (bits[i] != 0 && is_at(units, at + i, bits[i])) return true;
        return false;
    };
    std::size_t at = 0;
    for (; at + 18 <= units.count; at += 16) {
        if (check(tables.hits(units.data + 2 * at), at)) return true;
    }
    // The rest through a small buffer of units that match nothing.
    alignas(16) std::byte rest[68] = {};
    std::memcpy(rest, units.data + 2 * at, 2 * (units.count - at));
    return check(tables.hits(rest), at) ||
           (units.count - at > 16 && check(tables.hits(rest + 32), at + 16));
}

bool KeywordScan::scan_bytes(Bytes bytes) const {
    // Widened in steps that overlap by the longest keyword. Most are the literals of a template.
    constexpr std::size_t step = 256;
    constexpr std::size_t usual_keyword = 128;
    std::byte usual[2 * (step + usual_keyword)];
    std::vector<std::byte> longer;
    if (longest_ > usual_keyword) longer.resize(2 * (step + longest_));
    std::byte* const units = longer.empty() ? usual : longer.data();
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const std::size_t part = std::min(bytes.size() - at, step + longest_);
        for (std::size_t i = 0; i < part; ++i) {
            units[2 * i] = bytes[at + i];
            units[2 * i + 1] = std::byte{0};
        }
        if (scan({units, part})) return true;
    }
    return false;
}

bool KeywordScan::could_match(const records::Value& value) const {
    if (!usable_) return true;
    const records::WireType type = value.wire();
    if (type == records::WireType::string) return scan({value.data, value.size / 2});
    if (type != records::WireType::utf8) return needs_numbers_ && !value.is_null();
    // The two letters beyond ASCII take more than one byte there: those values are searched properly.
    const std::string_view text = as_text(value.bytes());
    return text.contains("\xe2\x84\xaa") || text.contains("\xc5\xbf") || scan_bytes(value.bytes());
}

bool KeywordScan::could_match(const records::Batch& batch, const records::Record& record) const {
    if (!usable_) return true;
    const auto& fields = record.shape->fields;
    return std::any_of(fields.begin(), fields.end(), [&](const records::Field& field) {
        return field.slot != records::no_slot && could_match(batch.value(record, field.slot));
    });
}

/// True where a keyword has its print at a byte, by itself.
bool KeywordScan::is_keyword_at(Bytes bytes, std::size_t at) const {
    if (bytes.size() - at < 2 * print_bytes) return false;
    std::uint8_t groups = 0xff;
    for (std::size_t i = 0; i < print_bytes; ++i) groups &= prints_.at(i, bytes[at + 2 * i]);
    // Units are counted from the byte's own parity on.
    const std::size_t parity = at % 2;
    return groups != 0 &&
           is_at({bytes.data() + parity, (bytes.size() - parity) / 2}, at / 2, groups);
}

void KeywordScan::find(Bytes bytes, std::vector<std::uint32_t>& places) const {
    const auto note = [&](std::size_t at) {
        if (is_keyword_at(bytes, at)) places.push_back(static_cast<std::uint32_t>(at));
    };
    std::size_t at = 0;
    for (;;) {
        const PrintPlaces found = find_prints(prints_, bytes, at);
        at = found.at;
        if (found.bits == 0) break;
        for (std::uint32_t bits = found.bits; bits != 0; bits &= bits - 1)
            note(at + static_cast<std::size_t>(std::countr_zero(bits)));
        at += found.width;
    }
    for (; at < bytes.size(); ++at) note(at);
}

}  // namespace konseki::detect
