#include "konseki/findings/work_days.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace konseki::findings {
namespace {

/// `01-01 01-02 ..` of a year.
std::string holidays_of(std::int32_t year) {
    std::string out;
    for (const std::int32_t day : japanese_holidays(year, year)) {
        if (!out.empty()) out += ' ';
        out += to_iso(Time{day * Time::per_day}).substr(5, 5);
    }
    return out;
}

const Zone tokyo = parse_zone("Asia/Tokyo").value();

Time at(const std::string& text) { return parse_time(text, tokyo).value(); }

DayRange days(const std::string& first, const std::string& last) {
    const auto day = [](const std::string& text) {
        return static_cast<std::int32_t>(parse_time(text, Zone{}).value().ticks / Time::per_day);
    };
    return {day(first), day(last)};
}

constexpr std::uint8_t weekdays = 0b11111, every_day = 0b1111111;

}  // namespace

// Expected days are those that the Cabinet Office published for each year.
TEST_CASE("japanese holidays: 2019 has ten days in a row, and no birthday of an emperor") {
    CHECK(holidays_of(2019) ==
          "01-01 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-04 05-05 05-06 07-15 08-11 "
          "08-12 09-16 09-23 10-14 10-22 11-03 11-04 11-23");
}

TEST_CASE("japanese holidays: the Olympic games moved three days in 2020 and 2021") {
    CHECK(holidays_of(2020) ==
          "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 "
          "09-21 09-22 11-03 11-23");
    CHECK(holidays_of(2021) ==
          "01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 "
          "09-23 11-03 11-23");
}

TEST_CASE("japanese holidays: 2026 has a day off between two holidays of September") {
    CHECK(holidays_of(2026) ==
          "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 "
          "09-23 10-12 11-03 11-23");
}

TEST_CASE("japanese holidays: before substitutes, and with the first of them") {
    CHECK(holidays_of(1955) == "01-01 01-15 03-21 04-29 05-03 05-05 09-24 11-03 11-23");
    CHECK(holidays_of(1973) ==
          "01-01 01-15 02-11 03-21 04-29 04-30 05-03 05-05 09-15 09-23 09-24 10-10 11-03 11-23");
    CHECK(holidays_of(1988) ==
          "01-01 01-15 02-11 03-20 03-21 04-29 05-03 05-04 05-05 09-15 09-23 10-10 11-03 11-23");
    CHECK(holidays_of(1959).contains("04-10"));
    CHECK(japanese_holidays(1900, 1954).empty());
    CHECK(japanese_holidays(2051, 2100).empty());
}

TEST_CASE("work days: hours, weekends, holidays and days on which the site is shut") {
    const WorkDays office({.hours = {{8 * 60 + 30, 17 * 60 + 30, weekdays}},
                           .holidays = {days("2026-08-13", "2026-08-14")},
                           .closed = {days("2026-12-29", "2027-01-03")},
                           .japan = true},
                          tokyo);

    CHECK(office.at(at("2026-03-02 08:30")) == WorkTime::working);
    CHECK(office.at(at("2026-03-02 08:29")) == WorkTime::outside);
    CHECK(office.at(at("2026-03-02 17:30")) == WorkTime::outside);
    CHECK(office.at(at("2026-03-01 10:00")) == WorkTime::outside);
    CHECK(office.at(at("2026-03-20 10:00")) == WorkTime::holiday);
    CHECK(office.at(at("2026-08-14 10:00")) == WorkTime::holiday);
    CHECK(office.at(at("2026-12-30 10:00")) == WorkTime::closed);
    CHECK(office.at(at("2027-01-01 10:00")) == WorkTime::closed);
}

TEST_CASE("work days: a night shift belongs to the day on which it begins") {
    const WorkDays plant({.hours = {{22 * 60, 6 * 60, weekdays}}, .japan = true}, tokyo);

    // Friday 2026-03-20 is a holiday, Thursday's shift ends in its morning.
    CHECK(plant.at(at("2026-03-20 05:59")) == WorkTime::working);
    CHECK(plant.at(at("2026-03-20 06:00")) == WorkTime::holiday);
    CHECK(plant.at(at("2026-03-20 23:00")) == WorkTime::holiday);
    CHECK(plant.at(at("2026-03-21 02:00")) == WorkTime::outside);
    CHECK(plant.at(at("2026-03-28 02:00")) == WorkTime::working);
}

TEST_CASE("work days: without a calendar every moment is one of work") {
    CHECK_FALSE(WorkDays().is_known());
    CHECK(WorkDays().at(at("2026-01-01 03:00")) == WorkTime::working);
    CHECK_FALSE(WorkDays({}, tokyo).is_known());
}

TEST_CASE("work days: a weekend is off throughout, and not with a minute of Monday's work") {
    const WorkDays office({.hours = {{9 * 60, 17 * 60, weekdays}}}, tokyo);

    CHECK(office.is_off_throughout(at("2026-03-06 18:00"), at("2026-03-09 08:59")));
    CHECK_FALSE(office.is_off_throughout(at("2026-03-06 18:00"), at("2026-03-09 09:00")));
    CHECK_FALSE(office.is_off_throughout(at("2026-03-05 18:00"), at("2026-03-06 18:00")));
    const WorkDays always({.hours = {{0, 24 * 60, every_day}}}, tokyo);
    CHECK_FALSE(always.is_off_throughout(at("2026-03-06 03:00"), at("2026-03-06 03:00")));
}

}  // namespace konseki::findings
