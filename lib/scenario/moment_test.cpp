#include "moment.h"

#include <doctest/doctest.h>

#include "agenda.h"

namespace konseki::scenario {
namespace {

TEST_CASE("moment: a clock in Japan is nine hours ahead of UTC") {
    const Ticks night = japan(day_of(2019, 9, 11), 2, 14, 7);
    CHECK(iso_text(night) == "2019-09-10T17:14:07Z");
    CHECK(japan_text(night) == "2019-09-11T02:14:07+09:00");
    CHECK(utc_text(night + 1'230'000) == "2019-09-10 17:14:07.123");
    // 1970-01-01T00:00:00Z as a FILETIME.
    CHECK(japan(day_of(1970, 1, 1), 9, 0, 0) == 116'444'736'000'000'000);
}

TEST_CASE("moment: days of the week are those of the calendar") {
    CHECK(weekday_of(day_of(2019, 9, 2)) == 0);    // a Monday
    CHECK(weekday_of(day_of(2020, 2, 29)) == 5);   // a Saturday
    CHECK(weekday_of(day_of(2000, 12, 31)) == 6);  // a Sunday
}

TEST_CASE("agenda: actions run in the order of time, and of planning within a moment") {
    Agenda agenda(1);
    std::string order;
    agenda.at(30, [&] { order += 'd'; });
    agenda.at(10, [&] {
        order += 'a';
        agenda.after(10, [&] { order += 'c'; });
        agenda.at(5, [&] { order += 'b'; });  // in the past: now
    });
    agenda.at(40, [&] { order += 'x'; });
    agenda.run_until(40);
    CHECK(order == "abcd");
    CHECK(agenda.now() == 40);
}

}  // namespace
}  // namespace konseki::scenario
