#include <doctest/doctest.h>

#include "join/core.h"
#include "join/table_test.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::join;
using sigma::CorrelationType;
using Op = sigma::Threshold::Op;

namespace {

/// Many failures of one host (rule 1, correlation 8), then a success of one of its users (rule 2).
struct BruteForce {
    sigma::Correlation failures = correlation_of(CorrelationType::event_count, {1}, {"Computer"},
                                                 10 * second, {{Op::gte, 3}});
    sigma::Correlation success =
        correlation_of(CorrelationType::temporal_ordered, {8, 2}, {"User"}, 60 * second, {});
    bool inner_only_feeds = true;

    /// Rows: time, rule, then Computer and User.
    Findings run(const std::vector<TableRow>& rows) const {
        const Plan plan({{&success, 9, false}, {&failures, 8, inner_only_feeds}});
        Findings findings;
        Core core(
            plan,
            [&](JoinedFinding&& finding) {
                findings.push_back(std::to_string(finding.rule) + " " + text_of(finding));
            },
            48u << 20);
        for (const TableRow& row : rows) {
            JoinRow out;
            out.place.time = Time{table_start + row.ticks};
            out.rule = row.rule;
            out.correlation = row.rule == 1 ? 8 : 9;
            out.keys = row.rule == 1 ? pack_values({row.values[0], row.values[1]})
                                     : pack_values({row.values[1]});
            core.take(out);
        }
        core.finish();
        return findings;
    }
};

const std::vector<TableRow> failures_of_three{
    {0, 1, {"dc", "ann"}}, {second, 1, {"dc", "bob"}}, {2 * second, 1, {"dc", "cai"}}};

std::vector<TableRow> then(std::vector<TableRow> rows, TableRow row) {
    rows.push_back(std::move(row));
    return rows;
}

}  // namespace

TEST_CASE("a finding of a correlation feeds the one that lists it, with all events behind it") {
    CHECK(BruteForce{}.run(then(failures_of_three, {5 * second, 2, {"dc", "BOB"}})) ==
          Findings{"9 +0..+5 x4 User=bob"});
}

TEST_CASE(
    "the outer correlation uses its own group-by, also where the inner one groups by another "
    "field") {
    CHECK(BruteForce{}.run(then(failures_of_three, {5 * second, 2, {"dc", "eve"}})).empty());
}

TEST_CASE("an inner finding stands at the event that reached its condition") {
    // The success lies inside the window of failures that goes on behind it.
    std::vector<TableRow> rows = then(failures_of_three, {3 * second, 2, {"dc", "ann"}});
    rows.push_back({4 * second, 1, {"dc", "ann"}});

    CHECK(BruteForce{}.run(rows) == Findings{"9 +0..+4 x5 User=ann"});
}

TEST_CASE("a success before the failures reached their number is no sequence") {
    std::vector<TableRow> rows{failures_of_three.begin(), failures_of_three.end() - 1};
    rows.push_back({second + 1, 2, {"dc", "ann"}});
    rows.push_back(failures_of_three.back());

    CHECK(BruteForce{}.run(rows).empty());
}

TEST_CASE("the outer timespan counts from the inner finding's time and includes its end") {
    CHECK(BruteForce{}.run(then(failures_of_three, {62 * second, 2, {"dc", "cai"}})).size() == 1);
    CHECK(BruteForce{}.run(then(failures_of_three, {62 * second + 1, 2, {"dc", "cai"}})).empty());
}

TEST_CASE("an inner correlation with generate makes its own finding as well") {
    BruteForce rules;
    rules.inner_only_feeds = false;

    CHECK(rules.run(then(failures_of_three, {5 * second, 2, {"dc", "ann"}})) ==
          Findings{"8 +0..+2 x3 Computer=dc", "9 +0..+5 x4 User=ann"});
}

TEST_CASE("a count of inner findings takes each once per group") {
    sigma::Correlation failures =
        correlation_of(CorrelationType::event_count, {1}, {"Computer"}, second, {{Op::gte, 2}});
    sigma::Correlation bursts = correlation_of(CorrelationType::event_count, {8}, {"Computer"},
                                               60 * second, {{Op::gte, 2}});
    const Plan plan({{&failures, 8, true}, {&bursts, 9, false}});
    Findings findings;
    Core core(
        plan, [&](JoinedFinding&& finding) { findings.push_back(text_of(finding)); }, 48u << 20);
    for (const std::int64_t at : {0, 1, 30, 31}) {
        JoinRow row;
        row.place.time = Time{table_start + at * second};
        row.rule = 1;
        row.correlation = 8;
        row.keys = pack_values({"dc", "dc"});
        core.take(row);
    }
    core.finish();

    CHECK(findings == Findings{"+0..+31 x4 Computer=dc"});
}
