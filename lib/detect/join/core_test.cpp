#include "join/core.h"

#include <doctest/doctest.h>

#include "join/table_test.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::join;
using sigma::CorrelationType;
using sigma::Threshold;
using Op = sigma::Threshold::Op;

namespace {

sigma::Correlation three_in_ten_seconds() {
    return correlation_of(CorrelationType::event_count, {1}, {"host"}, 10 * second, {{Op::gte, 3}});
}

}  // namespace

TEST_CASE("event_count: an event exactly at the timespan is inside, one tick later is outside") {
    const auto rule = three_in_ten_seconds();

    CHECK(run_table(rule, {{0, 1, {"a"}}, {second, 1, {"a"}}, {10 * second, 1, {"a"}}}) ==
          Findings{"+0..+10 x3 host=a"});
    CHECK(
        run_table(rule, {{0, 1, {"a"}}, {second, 1, {"a"}}, {10 * second + 1, 1, {"a"}}}).empty());
}

TEST_CASE("event_count: the window slides, it has no fixed borders") {
    const auto rule = three_in_ten_seconds();

    CHECK(run_table(rule, {{0, 1, {"a"}},
                           {9 * second, 1, {"a"}},
                           {12 * second, 1, {"a"}},
                           {18 * second, 1, {"a"}}}) == Findings{"+9..+18 x3 host=a"});
}

TEST_CASE(
    "event_count: a burst is one finding with all events of its window, the next begins behind "
    "it") {
    std::vector<TableRow> rows;
    for (int i = 0; i < 250; ++i) rows.push_back({i * second / 10, 1, {"a"}});
    const Findings findings = run_table(three_in_ten_seconds(), rows);

    // 0.0 to 10.0 s are 101 events, of which the first 100 are kept; then 10.1 to 20.1 and 20.2
    // to 24.9 s.
    CHECK(findings ==
          Findings{"+0..+9 x101 host=a", "+10..+20 x101 host=a", "+20..+24 x48 host=a"});
}

TEST_CASE("groups are apart by every group-by value and compare without case") {
    const auto rule = correlation_of(CorrelationType::event_count, {1}, {"host", "user"},
                                     10 * second, {{Op::gte, 2}});

    CHECK(run_table(rule, {{0, 1, {"H1", "u"}}, {1, 1, {"H2", "u"}}, {2, 1, {"H1", "v"}}}).empty());
    CHECK(run_table(rule, {{0, 1, {"H1", "Ünal"}}, {1, 1, {"h1", "üNAL"}}}) ==
          Findings{"+0..+0 x2 host=H1 user=Ünal"});
    CHECK(run_table(rule, {{0, 1, {"a", "bc"}}, {1, 1, {"ab", "c"}}}).empty());
}

TEST_CASE("an event that lacks a group-by field takes no part, an empty value does") {
    const auto rule =
        correlation_of(CorrelationType::event_count, {1}, {"host"}, 10 * second, {{Op::gte, 2}});

    CHECK(run_table(rule, {{0, 1, {nullptr}}, {1, 1, {nullptr}}}).empty());
    CHECK(run_table(rule, {{0, 1, {""}}, {1, 1, {""}}}) == Findings{"+0..+0 x2 host="});
}

TEST_CASE("without group-by everything is one group") {
    const auto rule =
        correlation_of(CorrelationType::event_count, {1, 2}, {}, 10 * second, {{Op::gt, 2}});

    CHECK(run_table(rule, {{0, 1, {}}, {1, 2, {}}, {2, 1, {}}}) == Findings{"+0..+0 x3"});
}

TEST_CASE("a range needs both ends, and a window with too much is not reported by its tail") {
    const auto rule = correlation_of(CorrelationType::event_count, {1}, {"h"}, 10 * second,
                                     {{Op::gt, 1}, {Op::lte, 3}});
    std::vector<TableRow> rows;
    for (int i = 0; i < 3; ++i) rows.push_back({i * second, 1, {"a"}});
    CHECK(run_table(rule, rows) == Findings{"+0..+2 x3 h=a"});

    rows.push_back({3 * second, 1, {"a"}});
    CHECK(run_table(rule, rows).empty());
}

TEST_CASE("eq, neq and lt see groups that have events") {
    const auto with = [](Op op, double value) {
        return correlation_of(CorrelationType::event_count, {1}, {"h"}, 10 * second, {{op, value}});
    };
    const std::vector<TableRow> two{{0, 1, {"a"}}, {second, 1, {"a"}}};
    const std::vector<TableRow> three{{0, 1, {"a"}}, {second, 1, {"a"}}, {2 * second, 1, {"a"}}};

    CHECK(run_table(with(Op::eq, 2), two) == Findings{"+0..+1 x2 h=a"});
    CHECK(run_table(with(Op::eq, 2), three).empty());
    CHECK(run_table(with(Op::neq, 2), two).empty());
    CHECK(run_table(with(Op::neq, 2), three) == Findings{"+0..+2 x3 h=a"});
    CHECK(run_table(with(Op::lt, 3), two) == Findings{"+0..+1 x2 h=a"});
    CHECK(run_table(with(Op::lt, 3), three).empty());
    CHECK(run_table(with(Op::lt, 3), {}).empty());
}

TEST_CASE("value_count counts distinct values without case inside the window") {
    const auto rule =
        correlation_of(CorrelationType::value_count, {1}, {"h"}, 10 * second, {{Op::gte, 3}});
    auto counted = rule;
    counted.value_fields = {"user"};

    CHECK(run_table(counted, {{0, 1, {"a", "x"}}, {1, 1, {"a", "X"}}, {2, 1, {"a", "y"}}}).empty());
    CHECK(run_table(counted,
                    {{0, 1, {"a", "x"}}, {1, 1, {"a", "y"}}, {10 * second, 1, {"a", "z"}}}) ==
          Findings{"+0..+10 x3 h=a"});
    CHECK(run_table(counted,
                    {{0, 1, {"a", "x"}}, {1, 1, {"a", "y"}}, {10 * second + 1, 1, {"a", "z"}}})
              .empty());
    CHECK(run_table(counted, {{0, 1, {"a", "x"}}, {1, 1, {"a", "y"}}, {2, 1, {"b", "z"}}}).empty());
}

TEST_CASE("value_count over several fields counts distinct tuples") {
    auto rule = correlation_of(CorrelationType::value_count, {1}, {}, 10 * second, {{Op::gte, 3}});
    rule.value_fields = {"user", "domain"};

    CHECK(run_table(rule, {{0, 1, {"ab", "c"}}, {1, 1, {"a", "bc"}}, {2, 1, {"ab", "d"}}}).size() ==
          1);
    CHECK(run_table(rule, {{0, 1, {"ab", "c"}}, {1, 1, {"a", "bc"}}, {2, 1, {"ab", "C"}}}).empty());
    CHECK(run_table(rule, {{0, 1, {"ab", nullptr}}, {1, 1, {"a", "bc"}}, {2, 1, {"ab", "d"}}})
              .empty());
}

TEST_CASE("above the memory cap the group that ends first is closed and counted") {
    const auto rule = three_in_ten_seconds();
    std::vector<TableRow> rows;
    static const char* const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    for (int i = 0; i < 8; ++i) rows.push_back({i, 1, {names[i]}});
    rows.push_back({10, 1, {"a"}});
    rows.push_back({11, 1, {"a"}});
    rows.push_back({12, 1, {"h"}});
    rows.push_back({13, 1, {"h"}});

    std::uint64_t evicted = 0;
    CHECK(run_table(rule, rows, 6 * 2100, &evicted) == Findings{"+0..+0 x3 host=h"});
    CHECK(evicted > 0);
    CHECK(run_table(rule, rows, 48u << 20, &evicted).size() == 2);
    CHECK(evicted == 0);
}

TEST_CASE("a burst that the memory cap closes is still a finding") {
    auto rule =
        correlation_of(CorrelationType::event_count, {1}, {"host"}, 10 * second, {{Op::gte, 2}});
    std::vector<TableRow> rows{{0, 1, {"a"}}, {1, 1, {"a"}}};
    std::vector<std::string> names;
    for (int i = 0; i < 20; ++i) names.push_back("host-" + std::to_string(i));
    for (int i = 0; i < 20; ++i)
        rows.push_back({2 + i, 1, {names[static_cast<std::size_t>(i)].c_str()}});

    std::uint64_t evicted = 0;
    CHECK(run_table(rule, rows, 8 * 2100, &evicted) == Findings{"+0..+0 x2 host=a"});
    CHECK(evicted > 0);
}

TEST_CASE("times at the end of time do not wrap") {
    const auto rule =
        correlation_of(CorrelationType::event_count, {1}, {}, 10 * second, {{Op::gte, 2}});
    const std::int64_t last = INT64_MAX - table_start;

    CHECK(run_table(rule, {{last - second, 1, {}}, {last, 1, {}}}).size() == 1);
}
