#include "konseki/casebook/fiscal.h"

#include <string_view>

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::casebook;

namespace {

std::string half_at(std::string_view when) {
    const Result<Time> time = parse_time(when, japan());
    REQUIRE(time);
    return code_of(half_of(*time));
}

}  // namespace

TEST_CASE("the fiscal half-year is decided by the day in Japan") {
    CHECK(half_at("2019-09-30T23:59:59+09:00") == "2019H1");
    CHECK(half_at("2019-09-30T15:00:00Z") == "2019H2");
    CHECK(half_at("2019-03-31T14:59:59Z") == "2018H2");
    CHECK(half_at("2019-03-31T15:00:00Z") == "2019H1");
    CHECK(half_at("2020-03-31T23:59:59+09:00") == "2019H2");
    CHECK(half_at("2019-10-01") == "2019H2");
    CHECK(half_at("2019-03-31T15:30:00Z") == "2019H1");
}

TEST_CASE("a period begins at midnight in Japan, and its end is the next one's beginning") {
    const FiscalPeriod first = {2019, Half::first};
    const FiscalPeriod second = {2019, Half::second};
    const FiscalPeriod year = {2019, Half::whole};
    CHECK(to_iso(first.begin()) == "2019-03-31T15:00:00.0000000Z");
    CHECK(first.end() == second.begin());
    CHECK(to_iso(second.end()) == "2020-03-31T15:00:00.0000000Z");
    CHECK(year.begin() == first.begin());
    CHECK(year.end() == second.end());
    CHECK(first.contains(first.begin()));
    CHECK_FALSE(first.contains(first.end()));
}

TEST_CASE("codes of periods are read back, and nothing else is") {
    for (const std::string_view code : {"2019", "2019H1", "2019H2", "1900", "9998H2"}) {
        const auto period = parse_period(code);
        REQUIRE(period);
        CHECK(code_of(*period) == code);
    }
    for (const std::string_view code :
         {"", "H1", "2019H3", "2019h1", "19H1", "12019", "2019 ", "9999", "-019"})
        CHECK_FALSE(parse_period(code));
}
