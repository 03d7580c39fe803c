#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "join/plan.h"
#include "konseki/base/time.h"

namespace konseki::detect::join {

/// What a correlation counts of one event.
struct Counted {
    Time time;
    std::uint32_t position = 0;  ///< of its rule in Correlation::rules
    std::string value;           ///< value_count: the folded tuple
    double number = 0;           ///< value_sum and its like
};

/// Numbers in order, with ranks in the square root of their count: windows of a hostile log can
/// hold hundreds of thousands, and each may leave again.
class RankedNumbers {
  public:
    void add(double number);
    void remove(double number);
    std::size_t size() const { return size_; }
    /// The number with this rank, from 0; 0 where there is none.
    double at(std::size_t rank) const;

  private:
    static constexpr std::size_t split_size = 1024;
    std::vector<double>& bucket_for(double number);
    std::vector<std::vector<double>> buckets_;
    std::size_t size_ = 0;
};

/// Longest run of listed rules in order, each event within a floor in time. Events of equal time
/// count as ordered whichever comes first.
class OrderedChain {
  public:
    explicit OrderedChain(std::size_t rules);
    void add(Time time, std::uint32_t position);
    /// Length of the longest chain whose first event is not before `floor`.
    std::size_t longest(Time floor) const;
    std::size_t bytes() const { return starts_.size() * sizeof(std::int64_t); }

  private:
    /// starts_[length * rules_ + position]: the latest start of a chain of length + 1 that ends
    /// with the rule at `position`.
    std::vector<std::int64_t> starts_;
    std::vector<std::uint8_t> seen_;  ///< positions of events at current_
    std::size_t rules_ = 0;
    Time current_;
};

/// The quantity of a correlation over the events of one window, and its condition.
class Measure {
  public:
    explicit Measure(const sigma::Correlation& correlation);

    void add(const Counted& event);
    /// The oldest event leaves the window.
    void remove(const Counted& event);

    /// Decided by what has happened so far: more events of the window cannot undo it. False for
    /// numeric types, which are decided when the window is over.
    bool is_reached(Time floor) const;
    /// The whole condition over the whole window, which starts at `floor`.
    bool holds(Time floor) const;
    /// A window that fails has too much, not too little: no later part of it may pass for a window.
    bool is_overfull(Time floor) const;
    std::size_t bytes() const { return bytes_; }

  private:
    double quantity(Time floor) const;
    bool expression_holds(const sigma::Node& node, bool ignore_negations) const;

    const sigma::Correlation* correlation_;
    std::uint64_t count_ = 0;
    std::map<std::string, std::uint64_t> values_;
    std::vector<std::uint64_t> per_rule_;
    std::optional<OrderedChain> chain_;
    RankedNumbers numbers_;
    long double sum_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace konseki::detect::join
