#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/evaluation.h"
#include "engine/hit_plan.h"
#include "konseki/detect/match.h"

namespace konseki::detect {

/// Matched values that are named for a hit, and their length in characters: a finding line is for people.
inline constexpr std::size_t max_matched = 8;
inline constexpr std::size_t max_matched_length = 200;
inline constexpr std::string_view cut_mark = "…";

/// Explains hits of the record at hand from what matching found out about it. One per thread.
class Explainer {
  public:
    /// Plans kept: some thousand pairs of rule and binding fire in a whole disk's logs.
    static constexpr std::size_t max_plans = 4096;

    explicit Explainer(Evaluation& evaluation)
        : evaluation_(evaluation), flat_(evaluation.flat()) {}
    /// For rule `index` of the program, which holds for the record. Valid until the next call, and as
    /// long as the record is at hand.
    const Explanation& explain(std::uint32_t index);
    /// Appends the fields that the last explanation looked at and the program does not ask for. False where
    /// it looked at all values.
    bool append_read_fields(std::vector<std::uint16_t>& out) const;

  private:
    struct Kept {
        std::uint64_t binding = 0;  ///< Binding::serial
        std::uint32_t rule = 0;
        HitPlan plan;
    };
    const HitPlan& plan_for(std::uint32_t index);
    Found values_of(const HitPlan::Node& node);
    Found values_of(std::uint32_t name);
    Found collect(const FieldSource& source, const SourceFields& fields);
    bool holds(std::uint32_t node);
    bool holds_leaf(const HitPlan::Node& node);
    void note(std::uint32_t node);
    void note_list(const HitPlan::Node& node);
    void note_test(std::uint32_t test, const Found& found);
    bool fits(std::uint32_t test, const Found& found);

    Evaluation& evaluation_;
    const Flat& flat_;
    const HitPlan* plan_ = nullptr;
    std::vector<Kept> plans_;
    std::vector<std::uint32_t> matching_;  ///< tests of the list at hand
    std::vector<std::uint16_t> read_;      ///< fields read beside the program
    bool read_all_ = false;
    Explanation out_;
};

}  // namespace konseki::detect
