#include "join/measure.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "join/table_test.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::join;
using sigma::CorrelationType;
using Op = sigma::Threshold::Op;

namespace {

sigma::Correlation numeric(CorrelationType type, Op op, double value) {
    auto rule = correlation_of(type, {1}, {"h"}, 10 * second, {{op, value}});
    rule.value_fields = {"bytes"};
    return rule;
}

sigma::Node occurs(std::int64_t position) {
    sigma::Node node;
    node.kind = sigma::Node::Kind::test;
    node.test.integer = position;
    return node;
}

sigma::Node joined(sigma::Node::Kind kind, std::vector<sigma::Node> children) {
    sigma::Node node;
    node.kind = kind;
    node.children = std::move(children);
    return node;
}

}  // namespace

TEST_CASE("temporal: every listed rule, in any order, within the timespan") {
    const auto rule = correlation_of(CorrelationType::temporal, {1, 2, 3}, {"h"}, 10 * second, {});

    CHECK(run_table(rule, {{0, 3, {"a"}}, {1, 1, {"a"}}, {10 * second, 2, {"a"}}}) ==
          Findings{"+0..+10 x3 h=a"});
    CHECK(run_table(rule, {{0, 3, {"a"}}, {1, 1, {"a"}}, {10 * second + 1, 2, {"a"}}}).empty());
    CHECK(run_table(rule, {{0, 3, {"a"}}, {1, 1, {"b"}}, {2, 2, {"a"}}}).empty());
    CHECK(run_table(rule, {{0, 3, {"a"}}, {1, 3, {"a"}}, {2, 2, {"a"}}}).empty());
}

TEST_CASE("temporal: a condition asks for a number of distinct rules") {
    const auto rule =
        correlation_of(CorrelationType::temporal, {1, 2, 3}, {}, 10 * second, {{Op::gte, 2}});

    CHECK(run_table(rule, {{0, 3, {}}, {1, 3, {}}}).empty());
    CHECK(run_table(rule, {{0, 3, {}}, {1, 1, {}}}).size() == 1);
}

TEST_CASE("temporal_ordered: the order listed, with equal times counting as ordered") {
    const auto rule =
        correlation_of(CorrelationType::temporal_ordered, {1, 2, 3}, {"h"}, 10 * second, {});

    CHECK(run_table(rule, {{0, 1, {"a"}}, {1, 2, {"a"}}, {2, 3, {"a"}}}).size() == 1);
    CHECK(run_table(rule, {{0, 2, {"a"}}, {1, 1, {"a"}}, {2, 3, {"a"}}}).empty());
    CHECK(run_table(rule, {{5, 3, {"a"}}, {5, 2, {"a"}}, {5, 1, {"a"}}}).size() == 1);
    CHECK(run_table(rule, {{0, 1, {"a"}}, {5, 3, {"a"}}, {5, 2, {"a"}}}).size() == 1);
    CHECK(run_table(rule, {{0, 1, {"a"}}, {second, 2, {"a"}}, {10 * second, 3, {"a"}}}).size() ==
          1);
    CHECK(
        run_table(rule, {{0, 1, {"a"}}, {second, 2, {"a"}}, {10 * second + 1, 3, {"a"}}}).empty());
}

TEST_CASE("temporal_ordered: a later start saves a chain whose first start is too old") {
    const auto rule =
        correlation_of(CorrelationType::temporal_ordered, {1, 2}, {}, 10 * second, {});

    CHECK(run_table(rule, {{0, 1, {}}, {5 * second, 1, {}}, {12 * second, 2, {}}}) ==
          Findings{"+5..+12 x2"});
}

TEST_CASE("temporal_ordered: a condition asks for so many rules in order") {
    const auto rule = correlation_of(CorrelationType::temporal_ordered, {1, 2, 3}, {}, 10 * second,
                                     {{Op::gte, 2}});

    CHECK(run_table(rule, {{0, 1, {}}, {1, 3, {}}}).size() == 1);
    CHECK(run_table(rule, {{0, 3, {}}, {1, 2, {}}, {2, 1, {}}}).empty());
}

TEST_CASE("extended temporal: an expression over the listed rules") {
    using Kind = sigma::Node::Kind;
    auto rule = correlation_of(CorrelationType::temporal, {1, 2}, {}, 10 * second, {});
    rule.expression = joined(Kind::all_of, {occurs(0), joined(Kind::negation, {occurs(1)})});

    CHECK(run_table(rule, {{0, 1, {}}}) == Findings{"+0..+0 x1"});
    CHECK(run_table(rule, {{0, 1, {}}, {10 * second, 2, {}}}).empty());
    CHECK(run_table(rule, {{0, 1, {}}, {10 * second + 1, 2, {}}}).size() == 1);
    CHECK(run_table(rule, {{0, 2, {}}}).empty());

    rule.expression = joined(Kind::any_of, {occurs(0), occurs(1)});
    CHECK(run_table(rule, {{0, 2, {}}}).size() == 1);
}

TEST_CASE("value_sum adds the numbers of the window, text that is no number takes no part") {
    const auto rule = numeric(CorrelationType::value_sum, Op::gt, 100);

    CHECK(run_table(rule, {{0, 1, {"a", "60"}}, {10 * second, 1, {"a", "0x29"}}}) ==
          Findings{"+0..+10 x2 h=a"});
    CHECK(run_table(rule, {{0, 1, {"a", "60"}}, {10 * second, 1, {"a", "40"}}}).empty());
    CHECK(run_table(rule, {{0, 1, {"a", "60"}}, {10 * second + 1, 1, {"a", "60"}}}).empty());
    CHECK(run_table(rule, {{0, 1, {"a", "60"}}, {1, 1, {"a", "many"}}, {2, 1, {"a", "40.5"}}}) ==
          Findings{"+0..+0 x2 h=a"});
    CHECK(run_table(rule, {{0, 1, {"a", "500"}}, {1, 1, {"a", "-450"}}}).empty());
}

TEST_CASE("value_avg is taken over the whole window") {
    const auto rule = numeric(CorrelationType::value_avg, Op::gte, 50);

    CHECK(run_table(rule, {{0, 1, {"a", "100"}}, {1, 1, {"a", "0"}}}) == Findings{"+0..+0 x2 h=a"});
    CHECK(run_table(rule, {{0, 1, {"a", "99"}}, {1, 1, {"a", "0"}}}).empty());
    CHECK(run_table(rule, {{0, 1, {"a", "0"}}, {11 * second, 1, {"a", "50"}}}) ==
          Findings{"+11..+11 x1 h=a"});
}

TEST_CASE("value_percentile is the nearest rank, value_median the middle") {
    auto rule = numeric(CorrelationType::value_percentile, Op::gte, 90);
    rule.percentile = 90;
    std::vector<TableRow> rows;
    static const char* const numbers[] = {"10", "20", "30", "40", "50",
                                          "60", "70", "80", "90", "100"};
    for (int i = 0; i < 10; ++i) rows.push_back({i, 1, {"a", numbers[9 - i]}});
    CHECK(run_table(rule, rows).size() == 1);
    rule.condition = {{Op::gt, 90}};
    CHECK(run_table(rule, {rows.begin() + 1, rows.end()}).empty());

    auto median = numeric(CorrelationType::value_median, Op::eq, 25);
    CHECK(run_table(
              median,
              {{0, 1, {"a", "20"}}, {1, 1, {"a", "900"}}, {2, 1, {"a", "1"}}, {3, 1, {"a", "30"}}})
              .size() == 1);
}

TEST_CASE("ranked numbers give the same ranks as a sorted list") {
    std::mt19937 random(20261125);
    RankedNumbers ranked;
    std::vector<double> plain;
    for (int step = 0; step < 20'000; ++step) {
        const double number = static_cast<double>(random() % 700);
        if (random() % 3 == 0 && !plain.empty()) {
            const std::size_t index = random() % plain.size();
            ranked.remove(plain[index]);
            plain.erase(plain.begin() + static_cast<std::ptrdiff_t>(index));
        } else {
            ranked.add(number);
            plain.push_back(number);
        }
    }
    std::sort(plain.begin(), plain.end());

    REQUIRE(ranked.size() == plain.size());
    std::vector<double> ranks;
    for (std::size_t rank = 0; rank < plain.size(); ++rank) ranks.push_back(ranked.at(rank));
    CHECK(ranks == plain);
    CHECK(ranked.at(plain.size()) == 0);
}
