#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sigma/ast.h"
#include "sigma/fault.h"

namespace konseki::detect::sigma {

/// `count(field) by a, b > 5`, as Sigma 1 wrote it behind a `|` in a condition.
struct Aggregation {
    std::string field;  ///< distinct values of it are counted; empty: events
    std::vector<std::string> group_by;
    Threshold threshold;
};

/// Reads what follows the `|`. Only `count` is read; near, min, max, avg and sum are refused.
Parsed<Aggregation> read_aggregation(std::string_view text, std::uint32_t line);

/// The correlation that an aggregation means (`rules` is left empty).
Correlation to_correlation(const Aggregation& aggregation, std::int64_t timespan_ticks);

/// `10m` as steps of 100 ns: s, m, h, d, w, M (2,629,746 s), y (31,556,952 s). At most 10,000
/// years.
Parsed<std::int64_t> read_timespan(std::string_view text, std::uint32_t line);

/// Stands for "any time": longer than any log, and no sum with a time overflows.
constexpr std::int64_t unlimited_timespan = std::int64_t{10'000} * 365 * 86'400 * 10'000'000;

}  // namespace konseki::detect::sigma
