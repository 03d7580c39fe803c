#include "konseki/casebook/figures.h"

#include <string_view>

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::casebook;

namespace {

Time at(std::string_view when) {
    const Result<Time> time = parse_time(when, japan());
    REQUIRE(time);
    return *time;
}

Ulid id(std::uint8_t number) {
    Ulid out;
    out.bytes[15] = number;
    return out;
}

struct Numbers {
    std::size_t consultations = 0, rescues = 0, visited = 0;
    bool operator==(const Numbers&) const = default;
};

Numbers numbers(const Counted& counted, std::string_view period, Basis basis) {
    const FiscalPeriod wanted[] = {parse_period(period).value()};
    const Figures figures = count(counted, basis, wanted);
    const PeriodFigures& line = figures.periods.at(0);
    return {line.consultations.size(), line.rescues.size(), line.visited.size()};
}

/// One case with a consultation, a rescue and visits.
Counted one_case(std::string_view asked, std::string_view rescued,
                 std::initializer_list<std::string_view> visits) {
    Counted out;
    out.consultations.push_back({id(1), at(asked), id(10), false});
    CountedCase one = {id(10), "2019-0001", at(rescued), {}};
    for (const std::string_view visit : visits) one.visited_at.push_back(at(visit));
    out.cases.push_back(one);
    return out;
}

}  // namespace

TEST_CASE("several visits of one case count once, by the first") {
    const Counted counted = one_case("2019-09-01", "2019-09-02", {"2019-10-03", "2019-09-28"});
    CHECK(numbers(counted, "2019H1", Basis::event) == Numbers{1, 1, 1});
    CHECK(numbers(counted, "2019H2", Basis::event) == Numbers{0, 0, 0});
    CHECK(numbers(counted, "2019", Basis::event) == Numbers{1, 1, 1});
}

TEST_CASE("by the event a rescue counts when it began, by the cohort when they asked") {
    const Counted counted = one_case("2019-09-30", "2019-10-02", {});
    CHECK(numbers(counted, "2019H1", Basis::event) == Numbers{1, 0, 0});
    CHECK(numbers(counted, "2019H2", Basis::event) == Numbers{0, 1, 0});
    CHECK(numbers(counted, "2019H1", Basis::cohort) == Numbers{1, 1, 0});
    CHECK(numbers(counted, "2019H2", Basis::cohort) == Numbers{0, 0, 0});
}

TEST_CASE(
    "merged cases count as one, under the lowest number, and as two when the merge is undone") {
    Counted counted;
    counted.consultations = {{id(1), at("2019-05-01"), id(10), false},
                             {id(2), at("2019-06-01"), id(11), false}};
    counted.cases = {{id(10), "2019-0007", at("2019-05-02"), {at("2019-05-10")}},
                     {id(11), "2019-0003", at("2019-06-02"), {at("2019-06-10")}}};
    CHECK(numbers(counted, "2019H1", Basis::event) == Numbers{2, 2, 2});

    counted.merges = {{id(10), id(11)}};
    CHECK(numbers(counted, "2019H1", Basis::event) == Numbers{2, 1, 1});
    const FiscalPeriod wanted[] = {{2019, Half::first}};
    CHECK(count(counted, Basis::event, wanted).periods[0].rescues == std::vector{id(11)});

    counted.cases.push_back({id(12), "2019-0001", {}, {}});
    counted.merges.push_back({id(12), id(10)});
    CHECK(count(counted, Basis::event, wanted).periods[0].rescues == std::vector{id(12)});
    CHECK(count(counted, Basis::event, wanted).breaches.empty());
}

TEST_CASE(
    "two consultations of one case are two consultations and one rescue; a duplicate is none") {
    Counted counted = one_case("2019-05-01", "2019-05-02", {});
    counted.consultations.push_back({id(2), at("2019-05-03"), id(10), false});
    CHECK(numbers(counted, "2019H1", Basis::event) == Numbers{2, 1, 0});
    counted.consultations.push_back({id(3), at("2019-05-03"), id(10), true});
    CHECK(numbers(counted, "2019H1", Basis::event) == Numbers{2, 1, 0});
}

TEST_CASE("a consultation without a case counts, a link to a case in the bin does not break") {
    Counted counted;
    counted.consultations = {{id(1), at("2019-05-01"), std::nullopt, false},
                             {id(2), at("2019-05-01"), id(99), false}};
    counted.merges = {{id(98), id(99)}};
    CHECK(numbers(counted, "2019H1", Basis::event) == Numbers{2, 0, 0});
}

TEST_CASE("what breaks the nesting is named") {
    Counted counted;
    counted.cases = {{id(10), "2019-0001", {}, {at("2019-05-01")}},
                     {id(11), "2019-0002", at("2019-05-03"), {at("2019-05-01")}}};
    counted.consultations = {{id(1), at("2019-04-30"), id(10), false}};
    const FiscalPeriod wanted[] = {{2019, Half::whole}};
    const std::vector<BreachedCase> expected = {
        {id(10), FigureBreach::visit_without_rescue},
        {id(11), FigureBreach::visit_before_rescue},
        {id(11), FigureBreach::rescue_without_consultation}};
    CHECK(count(counted, Basis::event, wanted).breaches == expected);
}
