// The joiner against the definition, spelt out: for each event in turn, look at everything within the
// timespan behind it.

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "join/core.h"
#include "join/table_test.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::join;
using sigma::CorrelationType;
using sigma::Threshold;
using Op = sigma::Threshold::Op;

namespace {

struct PlainEvent {
    std::int64_t ticks = 0;
    std::uint32_t rule = 0;
    std::string group, value;
};
using Events = std::vector<PlainEvent>;

/// Longest chain of rules 1, 2, 3 in order, by trying every subset of them.
double chain_length(const Events& window) {
    double best = 0;
    for (unsigned subset = 1; subset < 8; ++subset) {
        std::int64_t at = INT64_MIN;
        bool good = true;
        double length = 0;
        for (std::uint32_t rule = 1; rule <= 3 && good; ++rule) {
            if ((subset >> (rule - 1) & 1) == 0) continue;
            std::int64_t next = INT64_MAX;
            for (const PlainEvent& event : window)
                if (event.rule == rule && event.ticks >= at) next = std::min(next, event.ticks);
            good = next != INT64_MAX;
            at = next;
            ++length;
        }
        if (good) best = std::max(best, length);
    }
    return best;
}

double quantity(const sigma::Correlation& rule, const Events& window) {
    std::set<std::string> values;
    std::set<std::uint32_t> rules;
    std::vector<double> numbers;
    double sum = 0;
    for (const PlainEvent& event : window) {
        values.insert(event.value);
        rules.insert(event.rule);
        if (!is_numeric(rule.type)) continue;
        numbers.push_back(std::stod(event.value));
        sum += numbers.back();
    }
    std::sort(numbers.begin(), numbers.end());
    const std::size_t size = numbers.size();
    switch (rule.type) {
        case CorrelationType::event_count: return static_cast<double>(window.size());
        case CorrelationType::value_count: return static_cast<double>(values.size());
        case CorrelationType::temporal: return static_cast<double>(rules.size());
        case CorrelationType::temporal_ordered: return chain_length(window);
        case CorrelationType::value_sum: return sum;
        case CorrelationType::value_avg: return sum / static_cast<double>(size);
        case CorrelationType::value_median:
            return (numbers[(size - 1) / 2] + numbers[size / 2]) / 2;
        case CorrelationType::value_percentile:
        case CorrelationType::new_terms:
        case CorrelationType::not_preceded: break;
    }
    // The first number that at least 75 of 100 do not exceed.
    for (std::size_t at = 0; at < size; ++at)
        if (100 * (at + 1) >= 75 * size) return numbers[at];
    return 0;
}

bool holds(const Threshold& threshold, double value, bool only_from_below) {
    switch (threshold.op) {
        case Op::gt: return value > threshold.value;
        case Op::gte: return value >= threshold.value;
        case Op::eq: return only_from_below ? value >= threshold.value : value == threshold.value;
        case Op::lt: return only_from_below || value < threshold.value;
        case Op::lte: return only_from_below || value <= threshold.value;
        case Op::neq: return only_from_below || value != threshold.value;
    }
    return false;
}

bool all_hold(const sigma::Correlation& rule, double value, bool only_from_below) {
    return std::all_of(
        rule.condition.begin(), rule.condition.end(),
        [&](const Threshold& threshold) { return holds(threshold, value, only_from_below); });
}

/// Findings of one group as `first event, count`.
void plain_join(const sigma::Correlation& rule, const Events& events,
                std::multiset<std::pair<std::int64_t, std::uint64_t>>& out) {
    for (std::size_t first = 0; first < events.size();) {
        std::size_t end = first;
        while (end < events.size() &&
               events[end].ticks <= events[first].ticks + rule.timespan_ticks)
            ++end;
        const Events window(events.begin() + static_cast<std::ptrdiff_t>(first),
                            events.begin() + static_cast<std::ptrdiff_t>(end));
        const double value = quantity(rule, window);
        const bool is_hit = all_hold(rule, value, false);
        if (is_hit) out.emplace(events[first].ticks, window.size());
        const bool too_much = std::any_of(
            rule.condition.begin(), rule.condition.end(), [&](const Threshold& threshold) {
                return holds(threshold, value, true) && !holds(threshold, value, false);
            });
        const bool counts = !is_numeric(rule.type);
        const bool is_closed = counts ? all_hold(rule, value, true) : is_hit || too_much;
        first = is_closed ? end : first + 1;
    }
}

sigma::Correlation random_rule(std::mt19937& random) {
    static const CorrelationType types[] = {
        CorrelationType::event_count,  CorrelationType::value_count,
        CorrelationType::temporal,     CorrelationType::temporal_ordered,
        CorrelationType::value_sum,    CorrelationType::value_avg,
        CorrelationType::value_median, CorrelationType::value_percentile};
    static const Op ops[] = {Op::gt, Op::gte, Op::lt, Op::lte, Op::eq, Op::neq};
    const CorrelationType type = types[random() % 8];
    std::vector<Threshold> condition{{ops[random() % 6], static_cast<double>(random() % 5)}};
    if (random() % 3 == 0)
        condition.push_back({ops[random() % 6], static_cast<double>(random() % 6)});
    auto rule = correlation_of(type, {1, 2, 3}, {"g"}, 1 + static_cast<std::int64_t>(random() % 12),
                               std::move(condition));
    rule.percentile = 75;
    if (type == CorrelationType::value_count || is_numeric(type)) rule.value_fields = {"v"};
    return rule;
}

}  // namespace

TEST_CASE("random tables give the findings of the definition") {
    static const char* const groups[] = {"a", "b"};
    static const char* const values[] = {"0", "1", "2", "3", "4"};
    std::mt19937 random(20261125);
    std::uint64_t hits = 0;
    for (int turn = 0; turn < 6'000; ++turn) {
        const sigma::Correlation rule = random_rule(random);
        std::vector<TableRow> rows;
        std::map<std::string, Events> events;
        std::int64_t ticks = 0;
        for (std::uint32_t row = 0; row < 4 + random() % 30; ++row) {
            ticks += static_cast<std::int64_t>(random() % 4);
            const char* const group = groups[random() % 2];
            const char* const value = values[random() % 5];
            const std::uint32_t number = 1 + static_cast<std::uint32_t>(random() % 3);
            rows.push_back({ticks, number, {group}});
            if (!rule.value_fields.empty()) rows.back().values.push_back(value);
            events[group].push_back({ticks, number, group, value});
        }
        std::multiset<std::pair<std::int64_t, std::uint64_t>> wanted, found;
        for (const auto& [group, list] : events) plain_join(rule, list, wanted);
        const Plan plan({{&rule, 9, false}});
        Core core(
            plan,
            [&](JoinedFinding&& finding) {
                found.emplace(finding.events.front().time.ticks - table_start, finding.count);
            },
            48u << 20);
        for (const TableRow& row : rows) core.take(join_row(row));
        core.finish();
        hits += found.size();
        REQUIRE_MESSAGE(found == wanted, "turn ", turn, ", type ", static_cast<int>(rule.type));
    }
    CHECK(hits > 6'000);
}
