#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "engine/literals.h"

namespace konseki::detect {

/// Readable bytes that must follow a text that is scanned.
inline constexpr std::size_t scan_padding = 32;

/// Finds which of many literals stand in a text, in one pass.
///
/// Of every literal the rarest four bytes (a gram) are kept: as bits in a bitmap and in buckets. The
/// scan takes the gram at every place of the text, tests one bit, and only where it is set looks into
/// the bucket and compares the whole literal. Most texts set hardly any bit, so the cost is about one
/// load and one multiplication per byte, whatever the number of literals.
class GramFilter {
  public:
    /// `literal` (folded, gram_bytes or more) must outlive the filter. Ids may repeat.
    void add(std::string_view literal, std::size_t gram_offset, std::uint32_t id);
    /// Call once after the last add.
    void build();
    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }

    /// Calls found(id) for every literal at every place where it stands, until it returns true.
    /// `text` is followed by scan_padding readable bytes.
    template <class Found>
    bool scan(std::string_view text, Found&& found) const;

  private:
    struct Entry {
        const char* literal;
        std::uint32_t size;
        std::uint32_t before;  ///< bytes of the literal in front of its gram
        std::uint32_t gram;
        std::uint32_t id;
    };
    static std::uint32_t hash(std::uint32_t gram) { return gram * 0x9e3779b1u; }
    bool has_bit(std::uint32_t gram) const {
        const std::uint32_t bit = hash(gram) >> bit_shift_;
        return ((bits_[bit >> 6] >> (bit & 63)) & 1) != 0;
    }
    template <class Found>
    bool check(std::string_view text, std::size_t at, std::uint32_t gram, Found&& found) const;

    std::vector<Entry> entries_;
    std::vector<std::uint32_t> starts_;  ///< per bucket, where its entries start
    std::vector<std::uint64_t> bits_;
    std::uint32_t bit_shift_ = 0, bucket_shift_ = 0;
};

template <class Found>
bool GramFilter::check(std::string_view text, std::size_t at, std::uint32_t gram,
                       Found&& found) const {
    const std::uint32_t bucket = hash(gram) >> bucket_shift_;
    for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
        const Entry& entry = entries_[i];
        if (entry.gram != gram || entry.before > at) continue;
        const std::size_t from = at - entry.before;
        if (text.size() - from < entry.size) continue;
        if (std::memcmp(text.data() + from, entry.literal, entry.size) == 0 && found(entry.id))
            return true;
    }
    return false;
}

template <class Found>
bool GramFilter::scan(std::string_view text, Found&& found) const {
    if (text.size() < gram_bytes) return false;
    const std::size_t places = text.size() - gram_bytes + 1;
    for (std::size_t at = 0; at < places; at += 4) {
        std::uint64_t eight;
        std::memcpy(&eight, text.data() + at, sizeof eight);
        const auto g0 = static_cast<std::uint32_t>(eight),
                   g1 = static_cast<std::uint32_t>(eight >> 8);
        const auto g2 = static_cast<std::uint32_t>(eight >> 16);
        const auto g3 = static_cast<std::uint32_t>(eight >> 24);
        const bool b0 = has_bit(g0), b1 = has_bit(g1), b2 = has_bit(g2), b3 = has_bit(g3);
        if (!(b0 | b1 | b2 | b3)) [[likely]]
            continue;
        if (b0 && check(text, at, g0, found)) return true;
        if (b1 && at + 1 < places && check(text, at + 1, g1, found)) return true;
        if (b2 && at + 2 < places && check(text, at + 2, g2, found)) return true;
        if (b3 && at + 3 < places && check(text, at + 3, g3, found)) return true;
    }
    return false;
}

}  // namespace konseki::detect
