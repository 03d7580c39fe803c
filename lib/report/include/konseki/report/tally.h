#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "konseki/findings/examination.h"

namespace konseki::report {

inline constexpr std::size_t level_count = 5;

/// What is counted of one rule while its findings pass by.
struct RuleTally {
    std::uint64_t count = 0;
    std::uint64_t unchecked = 0;  ///< of these, findings with a filter that could not be tested
    findings::Span span;
};

/// A finding worth looking at first: the earliest of its rule, a checked one where there is one.
struct FirstLook {
    std::uint32_t rule = 0;
    Time time;
    std::uint32_t host = 0;
    std::string account;
    std::uint32_t item = 0;
    std::uint64_t record = 0;
    bool is_unchecked = false;
};

/// What an earlier report had, and what people made of findings.
struct Compared {
    bool has_previous = false;
    std::uint64_t fresh = 0, kept = 0, gone = 0;
    std::uint64_t useful = 0, false_alarm = 0;
};

/// Sums over all findings, taken in their order.
class Tally {
  public:
    explicit Tally(std::size_t rules) : rules_(rules), first_(rules) {}

    void add(const findings::Finding& finding);
    /// Of every finding, also one that is set aside.
    void compare(const findings::Finding& finding);
    /// There is an earlier report; so many of its findings are no longer there.
    void note_previous(std::uint64_t gone);
    const Compared& compared() const { return compared_; }

    const RuleTally& of_rule(std::uint32_t rule) const { return rules_[rule]; }
    std::uint64_t total() const { return total_; }
    std::array<std::uint64_t, level_count> by_level(
        const std::vector<findings::RuleInfo>& rules) const;
    /// Rules that fired: level first, then count, then title.
    std::vector<std::uint32_t> fired(const std::vector<findings::RuleInfo>& rules) const;
    /// At most `most` findings, each of another rule: level, then checked before unchecked, then fewer
    /// findings of the rule, then time.
    std::vector<FirstLook> look_first(const std::vector<findings::RuleInfo>& rules,
                                      std::size_t most) const;

  private:
    std::vector<RuleTally> rules_;
    std::vector<FirstLook> first_;
    std::uint64_t total_ = 0;
    Compared compared_;
};

}  // namespace konseki::report
