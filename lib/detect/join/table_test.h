#pragma once

// Hand-made tables for tests of correlations: rows `second, rule, values`, findings as short texts.

#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "join/core.h"

namespace konseki::detect::join {

/// A row of a table. Time is in ticks after a start far from zero.
struct TableRow {
    std::int64_t ticks = 0;
    std::uint32_t rule = 0;
    std::vector<const char*> values;  ///< group-by values and value fields; null = absent
    std::uint64_t record_id = 0;
};

inline constexpr std::int64_t second = Time::per_second;
inline constexpr std::int64_t table_start = 130'000'000'000'000'000;

inline sigma::Correlation correlation_of(sigma::CorrelationType type,
                                         std::vector<std::uint32_t> rules,
                                         std::vector<std::string> group_by, std::int64_t timespan,
                                         std::vector<sigma::Threshold> condition) {
    sigma::Correlation correlation;
    correlation.type = type;
    correlation.rules = std::move(rules);
    correlation.group_by = std::move(group_by);
    correlation.timespan_ticks = timespan;
    correlation.condition = std::move(condition);
    return correlation;
}

/// Texts of findings, which doctest can print.
struct Findings : std::vector<std::string> {
    using std::vector<std::string>::vector;
    friend std::ostream& operator<<(std::ostream& out, const Findings& findings) {
        for (const std::string& finding : findings) out << "[" << finding << "]";
        return out;
    }
};

/// `+3..+7 x5 host=a`: first and last kept event in whole seconds after the start, count, fields.
inline std::string text_of(const JoinedFinding& finding) {
    const auto at = [](const EventPlace& place) {
        return std::to_string((place.time.ticks - table_start) / second);
    };
    std::string text = "+" + at(finding.events.front()) + "..+" + at(finding.events.back()) + " x" +
                       std::to_string(finding.count);
    for (const auto& [name, value] : finding.fields) text += " " + name + "=" + value;
    return text;
}

/// A row as the joiner takes it, for correlation number 9.
inline JoinRow join_row(const TableRow& row) {
    JoinRow out;
    out.place.time = Time{table_start + row.ticks};
    out.place.record_id = row.record_id;
    out.place.offset = static_cast<std::uint64_t>(row.ticks);
    out.rule = row.rule;
    out.correlation = 9;
    Values values;
    for (const char* value : row.values)
        values.push_back(value == nullptr ? std::nullopt : std::optional<std::string>(value));
    out.keys = pack_values(values);
    return out;
}

/// Runs a table of rows for one correlation (number 9) through a core.
inline Findings run_table(const sigma::Correlation& correlation, const std::vector<TableRow>& rows,
                          std::size_t max_bytes = 48u << 20, std::uint64_t* evicted = nullptr) {
    const Plan plan({{&correlation, 9, false}});
    Findings findings;
    Core core(
        plan, [&](JoinedFinding&& finding) { findings.push_back(text_of(finding)); }, max_bytes);
    for (const TableRow& row : rows) {
        core.take(join_row(row));
    }
    core.finish();
    if (evicted != nullptr) *evicted = core.evicted();
    return findings;
}

}  // namespace konseki::detect::join
