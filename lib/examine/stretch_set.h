#pragma once

#include <cstdint>
#include <vector>

#include "konseki/base/time.h"

namespace konseki::examine {

/// Numbers that follow one another and were all there (record numbers of a log, or hours), with the times at
/// both ends. A time that is not sound says nothing.
struct Stretch {
    std::uint64_t first = 0, last = 0;
    Time first_time, last_time;

    bool operator==(const Stretch&) const = default;
};

/// Stretches joined where they overlap or touch, whatever the order in which they are added.
class StretchSet {
  public:
    /// Stretches that a log may have. A live log has one per export; a forged one may have one per record.
    static constexpr std::size_t max_stretches = 65'536;

    void add(const Stretch& stretch);
    /// Gives up what was added: its caller knows that no log is like this.
    void tear();
    /// Stretches that are held, some perhaps not joined yet.
    std::size_t held() const { return stretches_.size(); }
    /// In order, none touching another. Empty where is_torn().
    const std::vector<Stretch>& joined();
    /// There are more than max_stretches, or tear() was called: what lies between is not told, only how much is missing at least.
    bool is_torn();
    /// The smallest and the largest number, and how many were added, repeats included.
    std::uint64_t lowest() const { return lowest_; }
    std::uint64_t highest() const { return highest_; }
    std::uint64_t added() const { return added_; }

  private:
    void join();

    std::vector<Stretch> stretches_;
    std::size_t sorted_ = 0;  ///< of these, joined already
    bool is_torn_ = false;
    std::uint64_t lowest_ = ~std::uint64_t{0}, highest_ = 0, added_ = 0;
};

}  // namespace konseki::examine
