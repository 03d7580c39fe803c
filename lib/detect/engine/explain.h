#pragma once

#include "engine/evaluate.h"
#include "engine/field_names.h"
#include "konseki/detect/match.h"

#include <utility>
#include <vector>

namespace konseki::detect {

/// A rule's tree on one record, test by test: no gates, no programs, no memory. Slow and plain; it is
/// what the fast way is tested against.
class SlowMatch {
  public:
    /// `fields` are those of the record's shape; the record is the one that `values` began with.
    SlowMatch(const Flat& flat, Tester& tester, Values& values, const ShapeFields& fields)
        : flat_(flat), tester_(tester), values_(values), fields_(fields) {}

    /// The route by which the record goes to the rule, no_index for none.
    std::uint32_t route_of(std::uint32_t rule);
    /// Values of a field as the route sees them.
    Found values_of(std::uint32_t route, std::uint32_t name);
    bool matches(std::uint32_t rule);
    /// Its texts are valid as long as the record is at hand.
    Explanation explain(std::uint32_t rule);
    /// Selections whose negated tests name fields that such records never have; fields sorted.
    std::vector<Explanation::Unchecked> unchecked(std::uint32_t rule, std::uint32_t route);
    /// True where a negated test of the rule names a field that such records never have.
    bool is_unchecked(std::uint32_t rule, std::uint32_t route);

  private:
    bool holds(std::uint32_t node);
    bool holds_test(std::uint32_t test);
    Found values_of(std::uint32_t name);
    void note_matched(std::uint32_t node, Explanation& out);
    void note_test(std::uint32_t test, Explanation& out);
    bool note_unchecked(std::uint32_t node, bool negated, std::string_view selection,
                        std::vector<Explanation::Unchecked>* out);
    bool is_absent_name(std::uint32_t name) const;

    const Flat& flat_;
    Tester& tester_;
    Values& values_;
    const ShapeFields& fields_;
    std::uint32_t route_ = 0;
    /// Values of the fields asked for so far, as `known_route_` sees them: a list of thousands of
    /// patterns must not fold its field as often.
    std::vector<std::pair<std::uint32_t, Found>> known_;
    std::uint32_t known_route_ = no_index;
};

}  // namespace konseki::detect
