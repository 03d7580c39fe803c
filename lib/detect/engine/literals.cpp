#include "engine/literals.h"

#include <algorithm>
#include <bit>

#include "engine/typical_text.h"

namespace konseki::detect {
namespace {

constexpr std::uint32_t table_bits = 16;
/// A gram in ordinary logs weighs more than one that only rules hold.
constexpr std::uint16_t typical_weight = 64;
/// A literal that stands as a whole in ordinary values costs at least this.
constexpr std::uint32_t typical_cost = 4096;

/// Signs that are rare enough in values to be looked for alone.
constexpr std::string_view rare_signs = "`^~%${}|<>&;@#!";

std::uint32_t short_cost(std::string_view folded) {
    switch (folded.size()) {
        case 0: return Rarity::no_gate;
        case 1: return rare_signs.contains(folded.front()) ? 12'000 : Rarity::no_gate;
        case 2: return 10'000;
        default: return 6'000;
    }
}

std::uint32_t slot_of(std::uint32_t gram) { return (gram * 0x9e3779b1u) >> (32 - table_bits); }

}  // namespace

Rarity::Rarity() : counts_(std::size_t{1} << table_bits) {
    for (std::size_t i = 0; i + gram_bytes <= typical_text.size(); ++i) {
        std::uint16_t& count = counts_[slot_of(load_gram(typical_text.data() + i))];
        count = static_cast<std::uint16_t>(std::min<std::uint32_t>(count + typical_weight, 60'000));
    }
}

void Rarity::learn(std::string_view folded) {
    for (std::size_t i = 0; i + gram_bytes <= folded.size(); ++i) {
        std::uint16_t& count = counts_[slot_of(load_gram(folded.data() + i))];
        if (count < 60'000) ++count;
    }
}

std::uint32_t Rarity::weight(const char* at) const { return counts_[slot_of(load_gram(at))]; }

std::size_t Rarity::rarest(std::string_view folded) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i + gram_bytes <= folded.size(); ++i)
        if (weight(folded.data() + i) < weight(folded.data() + best)) best = i;
    return best;
}

std::uint32_t Rarity::cost(std::string_view folded) const {
    if (folded.size() < gram_bytes) return short_cost(folded);
    const std::uint32_t rare = weight(folded.data() + rarest(folded));
    const std::uint32_t base = 1 + static_cast<std::uint32_t>(std::bit_width(rare)) * 8;
    return typical_text.contains(folded) ? typical_cost + base : base;
}

}  // namespace konseki::detect
