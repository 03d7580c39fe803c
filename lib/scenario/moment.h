#pragma once

#include <cstdint>
#include <string>

namespace konseki::scenario {

/// 100 ns steps since 1601-01-01 UTC (FILETIME).
using Ticks = std::uint64_t;
inline constexpr Ticks one_second = 10'000'000;
inline constexpr Ticks one_minute = 60 * one_second;
inline constexpr Ticks one_hour = 60 * one_minute;
inline constexpr Ticks one_day = 24 * one_hour;

/// A day as people in Japan count it: days since 1601-01-01.
using Day = std::uint32_t;
Day day_of(int year, unsigned month, unsigned day);
/// The moment at which a clock in Japan (UTC+9, no summer time) shows this.
Ticks japan(Day day, unsigned hour, unsigned minute, unsigned second = 0);
/// 0 is Monday.
unsigned weekday_of(Day day);

/// `2019-09-10 17:14:02.123`, as Sysmon writes UtcTime.
std::string utc_text(Ticks time);
/// `2019-09-11T02:14:02+09:00`.
std::string japan_text(Ticks time);
/// `2019-09-10T17:14:02Z`.
std::string iso_text(Ticks time);

}  // namespace konseki::scenario
