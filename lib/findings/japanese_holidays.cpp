#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "konseki/findings/work_days.h"

namespace konseki::findings {
namespace {

constexpr std::int32_t monday = 0, sunday = 6;

std::int32_t day_of(std::int32_t year, std::uint32_t month, std::uint32_t day) {
    const Result<Time> time = from_calendar({.year = year, .month = month, .day = day});
    return time ? static_cast<std::int32_t>(time->ticks / Time::per_day) : 0;
}

/// 1601-01-01 was a Monday.
std::int32_t weekday_of(std::int32_t day) { return day % 7; }

/// The n-th Monday of a month.
std::uint32_t monday_of(std::int32_t year, std::uint32_t month, std::uint32_t nth) {
    const std::int32_t first = weekday_of(day_of(year, month, 1));
    return 1 + static_cast<std::uint32_t>((7 - first + monday) % 7) + (nth - 1) * 7;
}

/// Day of March or September, in millionths; leap years shift it.
std::uint32_t equinox(std::int32_t year, std::int64_t at_1980, std::int64_t at_1900) {
    const std::int64_t years = year - 1980;
    const std::int64_t drift = 242'194 * years;
    const bool is_early = year < 1980;
    // Toward zero, as the formula has it.
    const std::int64_t leaps = is_early ? (year - 1983) / 4 : years / 4;
    const std::int64_t day = ((is_early ? at_1900 : at_1980) + drift) / 1'000'000 - leaps;
    return static_cast<std::uint32_t>(day);
}

/// A holiday that has its month and day in these years; `monday` in place of a day: the n-th Monday.
struct Yearly {
    std::int32_t first, last;
    std::uint32_t month, day, nth_monday;
};
constexpr std::int32_t ever = 9'999;
constexpr std::array<Yearly, 30> yearly = {{
    {1949, ever, 1, 1, 0},    // New Year's Day
    {1949, 1999, 1, 15, 0},   // Coming of Age Day
    {2000, ever, 1, 0, 2},    //
    {1967, ever, 2, 11, 0},   // National Foundation Day
    {2020, ever, 2, 23, 0},   // the Emperor's Birthday
    {1949, ever, 4, 29, 0},   // Emperor's Birthday to 1988, Greenery Day to 2006, Showa Day
    {1949, ever, 5, 3, 0},    // Constitution Memorial Day
    {2007, ever, 5, 4, 0},    // Greenery Day
    {1949, ever, 5, 5, 0},    // Children's Day
    {1996, 2002, 7, 20, 0},   // Marine Day
    {2003, 2019, 7, 0, 3},    //
    {2020, 2020, 7, 23, 0},   //
    {2021, 2021, 7, 22, 0},   //
    {2022, ever, 7, 0, 3},    //
    {2016, 2019, 8, 11, 0},   // Mountain Day
    {2020, 2020, 8, 10, 0},   //
    {2021, 2021, 8, 8, 0},    //
    {2022, ever, 8, 11, 0},   //
    {1966, 2002, 9, 15, 0},   // Respect for the Aged Day
    {2003, ever, 9, 0, 3},    //
    {1966, 1999, 10, 10, 0},  // Health and Sports Day, Sports Day
    {2000, 2019, 10, 0, 2},   //
    {2020, 2020, 7, 24, 0},   //
    {2021, 2021, 7, 23, 0},   //
    {2022, ever, 10, 0, 2},   //
    {1948, ever, 11, 3, 0},   // Culture Day
    {1948, ever, 11, 23, 0},  // Labour Thanksgiving Day
    {1989, 2018, 12, 23, 0},  // the Emperor's Birthday
    {2019, 2019, 5, 1, 0},    // Accession
    {2019, 2019, 10, 22, 0},  // Enthronement
}};
/// Days of ceremonies, by acts of their own.
constexpr std::array<std::array<std::int32_t, 3>, 4> once = {{
    {1959, 4, 10},
    {1989, 2, 24},
    {1990, 11, 12},
    {1993, 6, 9},
}};

/// The holidays that article 2, or an act of its own, names.
std::set<std::int32_t> named(std::int32_t year) {
    std::set<std::int32_t> out;
    for (const Yearly& one : yearly)
        if (year >= one.first && year <= one.last)
            out.insert(
                day_of(year, one.month,
                       one.nth_monday > 0 ? monday_of(year, one.month, one.nth_monday) : one.day));
    for (const auto& [in_year, month, day] : once)
        if (year == in_year)
            out.insert(
                day_of(year, static_cast<std::uint32_t>(month), static_cast<std::uint32_t>(day)));
    out.insert(day_of(year, 3, equinox(year, 20'843'100, 20'835'700)));
    out.insert(day_of(year, 9, equinox(year, 23'248'800, 23'258'800)));
    return out;
}

}  // namespace

std::vector<std::int32_t> japanese_holidays(std::int32_t first_year, std::int32_t last_year) {
    // Article 3: (2) from 1973-04-12 for a holiday on a Sunday the next day, from 2007 the next that is no holiday;
    // (3) from 1985-12-27 a day between two holidays.
    const std::int32_t substitutes_since = day_of(1973, 4, 12);
    const std::int32_t between_since = day_of(1985, 12, 27);
    constexpr std::int32_t next_free_since = 2007;
    std::set<std::int32_t> all;
    for (std::int32_t year = std::max(first_year, first_japanese_year);
         year <= std::min(last_year, last_japanese_year); ++year) {
        const std::set<std::int32_t> holidays = named(year);
        all.insert(holidays.begin(), holidays.end());
        for (const std::int32_t day : holidays) {
            if (weekday_of(day) == sunday && day >= substitutes_since) {
                std::int32_t instead = day + 1;
                while (year >= next_free_since && holidays.contains(instead)) ++instead;
                all.insert(instead);
            }
            if (day >= between_since && holidays.contains(day + 2)) all.insert(day + 1);
        }
    }
    return {all.begin(), all.end()};
}

}  // namespace konseki::findings
