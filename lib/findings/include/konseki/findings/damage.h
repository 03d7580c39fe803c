#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace konseki::findings {

/// A part of the evidence that could not be read.
struct DamagedPlace {
    std::uint32_t item = 0;  ///< index into Examination::items
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
    std::string reason;

    auto operator<=>(const DamagedPlace&) const = default;
};

/// Damage of a run: all of it counted, the first places by (item, offset) kept. Which are kept does not
/// depend on the order in which they are added.
class DamageList {
  public:
    /// Places kept: a torn disk image has millions, and nobody reads more than this.
    static constexpr std::size_t max_places = 10'000;

    explicit DamageList(std::size_t keep = max_places) : keep_(keep) {}
    void add(DamagedPlace place);
    void add(const DamageList& other);
    /// Ordered by (item, offset, bytes, reason).
    std::vector<DamagedPlace> sorted() const;
    /// All places, those that were not kept included.
    std::uint64_t count() const { return count_; }
    bool empty() const { return count_ == 0; }

  private:
    void cut();

    std::size_t keep_;
    std::uint64_t count_ = 0;
    std::vector<DamagedPlace> places_;
};

}  // namespace konseki::findings
