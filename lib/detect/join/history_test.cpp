#include "join/history.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "join/table_test.h"

namespace konseki::detect::join {
namespace {

constexpr std::int64_t hour = 3600 * second, day = 24 * hour;

sigma::Correlation new_terms() {
    sigma::Correlation correlation =
        correlation_of(sigma::CorrelationType::new_terms, {1}, {"host"}, 7 * day, {});
    correlation.value_fields = {"user", "from"};
    return correlation;
}

sigma::Correlation not_preceded() {
    return correlation_of(sigma::CorrelationType::not_preceded, {1, 2}, {"user"}, 10 * hour, {});
}

Findings told(const sigma::Correlation& correlation, const std::vector<TableRow>& rows) {
    const Plan plan({{&correlation, 9, false}});
    Findings findings;
    History history(plan, [&](JoinedFinding&& one) { findings.push_back(text_of(one)); });
    for (const TableRow& row : rows) history.take(plan.steps().front(), join_row(row));
    return findings;
}

/// The same with rows that a filter lets through only.
Findings told_filtered(const sigma::Correlation& correlation, const std::vector<TableRow>& rows) {
    const Plan plan({{&correlation, 9, false}});
    HistoryFilter filter;
    std::vector<TableRow> needed;
    for (const TableRow& row : rows) {
        const JoinRow made = join_row(row);
        Values values;
        REQUIRE(unpack_values(made.keys, values));
        if (filter.is_needed(plan.steps().front(), row.rule, made.place, values))
            needed.push_back(row);
    }
    return told(correlation, needed);
}

}  // namespace

TEST_CASE("new terms: a pair that a host did not have in a week is told once") {
    const std::vector<TableRow> rows = {{0, 1, {"h", "sato", "pc1"}},
                                        {day, 1, {"h", "sato", "pc1"}},
                                        {8 * day, 1, {"h", "sato", "pc2"}},
                                        {8 * day + 1, 1, {"h", "SATO", "PC2"}},
                                        {9 * day, 1, {"h", "sato", "pc1"}}};

    CHECK(told(new_terms(), rows) == Findings{"+691200..+691200 x1 host=h user=sato from=pc2"});
    CHECK(told_filtered(new_terms(), rows) == told(new_terms(), rows));
}

TEST_CASE("new terms: in a log that does not reach back nothing is new") {
    CHECK(told(new_terms(), {{0, 1, {"h", "sato", "pc1"}}, {6 * day, 1, {"h", "sato", "pc2"}}})
              .empty());
    // Another host's log reaches back: that says nothing of this one.
    CHECK(told(new_terms(), {{0, 1, {"old", "sato", "pc1"}}, {9 * day, 1, {"h", "sato", "pc2"}}})
              .empty());
}

TEST_CASE("new terms: a pair that is exactly a week late is new") {
    CHECK(told(new_terms(), {{0, 1, {"h", "a", "x"}}, {7 * day, 1, {"h", "b", "x"}}}).size() == 1);
    CHECK(told(new_terms(), {{0, 1, {"h", "a", "x"}}, {7 * day - 1, 1, {"h", "b", "x"}}}).empty());
}

TEST_CASE("not preceded: a ticket without a logon in the ten hours before is told") {
    const std::vector<TableRow> rows = {{0, 2, {"sato"}},
                                        {hour, 1, {"sato@EXAMPLE.JP"}},
                                        {20 * hour, 1, {"Sato@EXAMPLE.JP"}},
                                        {21 * hour, 1, {"sato"}},
                                        {40 * hour, 2, {"sato"}},
                                        {49 * hour, 1, {"sato"}}};

    CHECK(told(not_preceded(), rows) == Findings{"+72000..+72000 x1 user=Sato@EXAMPLE.JP"});
    CHECK(told_filtered(not_preceded(), rows) == told(not_preceded(), rows));
}

TEST_CASE("not preceded: where the log of logons does not reach back nothing is told") {
    CHECK(told(not_preceded(), {{0, 1, {"sato"}}, {hour, 1, {"sato"}}}).empty());
    CHECK(told(not_preceded(), {{0, 2, {"suzuki"}}, {9 * hour, 1, {"sato"}}}).empty());
    CHECK(told(not_preceded(), {{0, 2, {"suzuki"}}, {12 * hour, 1, {"sato"}}}).size() == 1);
}

TEST_CASE("not preceded: a log that begins late says nothing, however far another host's reaches") {
    const auto row = [](std::int64_t at, std::uint32_t rule, const char* user, std::uint32_t host) {
        JoinRow made = join_row({at, rule, {user}});
        made.place.host = host;
        return made;
    };
    const sigma::Correlation correlation = not_preceded();
    const Plan plan({{&correlation, 9, false}});
    Findings findings;
    History history(plan, [&](JoinedFinding&& one) { findings.push_back(text_of(one)); });

    history.take(plan.steps().front(), row(0, 2, "suzuki", 1));
    history.take(plan.steps().front(), row(100 * hour, 2, "tanaka", 2));
    history.take(plan.steps().front(), row(102 * hour, 1, "sato", 2));
    CHECK(findings.empty());
    history.take(plan.steps().front(), row(103 * hour, 1, "sato", 1));
    CHECK(findings.size() == 1);
}

TEST_CASE(
    "history filter: whatever the order in which a thread meets rows, the earliest gets through") {
    const std::vector<TableRow> rows = {{8 * day, 1, {"h", "b", "x"}, 7},
                                        {0, 1, {"h", "a", "x"}, 1},
                                        {8 * day, 1, {"h", "b", "x"}, 6},
                                        {9 * day, 1, {"h", "b", "x"}, 8}};
    const sigma::Correlation correlation = new_terms();
    const Plan plan({{&correlation, 9, false}});
    HistoryFilter filter;
    std::vector<std::uint64_t> through;
    for (const TableRow& row : rows) {
        const JoinRow made = join_row(row);
        Values values;
        REQUIRE(unpack_values(made.keys, values));
        if (filter.is_needed(plan.steps().front(), row.rule, made.place, values))
            through.push_back(row.record_id);
    }

    CHECK(through == std::vector<std::uint64_t>{7, 1, 6});
}

TEST_CASE("new terms: a correlation that can keep no more of what was before says so") {
    const sigma::Correlation correlation = new_terms();
    const Plan plan({{&correlation, 9, false}});
    History history(plan, [](JoinedFinding&&) {});
    const std::string long_name(1u << 20, 'x');
    for (std::size_t i = 0; i < History::max_key_bytes / long_name.size(); ++i) {
        CHECK(history.full().empty());
        const std::string user = std::to_string(i) + long_name;
        history.take(plan.steps().front(), join_row({0, 1, {"h", user.c_str(), "pc"}}));
    }

    CHECK(history.full() == std::set<std::uint32_t>{9});
}

}  // namespace konseki::detect::join
