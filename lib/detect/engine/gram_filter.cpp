#include "engine/gram_filter.h"

#include <algorithm>
#include <bit>

#include "konseki/base/result.h"

namespace konseki::detect {
namespace {

/// Bits per literal and their bounds: 32 KiB stay in the first-level cache.
constexpr std::size_t bits_per_literal = 32;
constexpr std::size_t min_bits = 1024;
constexpr std::size_t max_bits = std::size_t{1} << 18;
constexpr std::size_t max_buckets = std::size_t{1} << 16;

}  // namespace

void GramFilter::add(std::string_view literal, std::size_t gram_offset, std::uint32_t id) {
    require(literal.size() >= gram_offset + gram_bytes, "gram outside its literal");
    entries_.push_back({literal.data(), static_cast<std::uint32_t>(literal.size()),
                        static_cast<std::uint32_t>(gram_offset),
                        load_gram(literal.data() + gram_offset), id});
}

void GramFilter::build() {
    const std::size_t bits =
        std::clamp(std::bit_ceil(entries_.size() * bits_per_literal), min_bits, max_bits);
    const std::size_t buckets =
        std::clamp(std::bit_ceil(entries_.size()), std::size_t{2}, max_buckets);
    bit_shift_ = 32 - static_cast<std::uint32_t>(std::countr_zero(bits));
    bucket_shift_ = 32 - static_cast<std::uint32_t>(std::countr_zero(buckets));
    bits_.assign(bits / 64, 0);
    starts_.assign(buckets + 1, 0);
    for (const Entry& entry : entries_) {
        const std::uint32_t bit = hash(entry.gram) >> bit_shift_;
        bits_[bit >> 6] |= std::uint64_t{1} << (bit & 63);
        ++starts_[(hash(entry.gram) >> bucket_shift_) + 1];
    }
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    std::vector<Entry> sorted(entries_.size());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (const Entry& entry : entries_) sorted[next[hash(entry.gram) >> bucket_shift_]++] = entry;
    entries_ = std::move(sorted);
}

}  // namespace konseki::detect
