#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace konseki::detect {

/// A gate's literal has at least this many bytes: the gram filter looks at 4 bytes at a time.
inline constexpr std::size_t gram_bytes = 4;

inline std::uint32_t load_gram(const char* at) {
    std::uint32_t gram;
    __builtin_memcpy(&gram, at, sizeof gram);
    return gram;
}

/// Cost as a gate of `some character beyond ASCII`.
inline constexpr std::uint32_t beyond_ascii_cost = 200;

/// How common four-byte sequences and whole literals are in event logs: from a short text of typical
/// values and from the literals of the rules themselves (what many rules look for is common).
class Rarity {
  public:
    Rarity();
    /// Counts a literal of the rules.
    void learn(std::string_view folded);
    /// Offset of the rarest gram of a literal of at least gram_bytes.
    std::size_t rarest(std::string_view folded) const;
    /// Expected cost of a literal as a gate: higher is more common. 1 is the best. Texts below
    /// gram_bytes cost more than any other; no_gate for those that stand nearly everywhere.
    std::uint32_t cost(std::string_view folded) const;

    static constexpr std::uint32_t no_gate = 0xffffffff;

  private:
    std::uint32_t weight(const char* at) const;
    std::vector<std::uint16_t> counts_;
};

}  // namespace konseki::detect
