#include "konseki/findings/work_days.h"

#include <algorithm>
#include <array>

namespace konseki::findings {
namespace {

constexpr std::int64_t minutes_of_day = 24 * 60;
constexpr std::int64_t per_minute = Time::per_day / minutes_of_day;
/// Steps in which a span is looked through: no shift is shorter.
constexpr std::int64_t step = 30 * per_minute;
/// The longest row of days without work that is looked through: the ten days of 2019, New Year with its weekends.
constexpr std::int64_t longest_off = 10 * Time::per_day;

bool has_day(const std::vector<DayRange>& ranges, std::int32_t day) {
    return std::ranges::any_of(
        ranges, [&](const DayRange& range) { return day >= range.first && day <= range.last; });
}

}  // namespace

std::string_view name_of(WorkTime time) {
    constexpr std::array<std::string_view, 4> names = {"working", "outside", "holiday", "closed"};
    return names[static_cast<std::size_t>(time)];
}

WorkDays::WorkDays(const WorkCalendar& calendar, const Zone& zone)
    : calendar_(calendar), zone_(zone) {
    if (calendar.japan) japanese_ = japanese_holidays(first_japanese_year, last_japanese_year);
    is_known_ = !calendar.hours.empty() || !calendar.holidays.empty() || !calendar.closed.empty() ||
                calendar.japan;
}

WorkTime WorkDays::of_day(std::int32_t day) const {
    if (has_day(calendar_.closed, day)) return WorkTime::closed;
    if (has_day(calendar_.holidays, day) || std::ranges::binary_search(japanese_, day))
        return WorkTime::holiday;
    return WorkTime::working;
}

/// A shift past midnight belongs to the day on which it begins.
bool WorkDays::is_in_hours(std::int32_t day, std::int64_t minute) const {
    return std::ranges::any_of(calendar_.hours, [&](const WorkHours& hours) {
        const bool is_of_day = (hours.days >> (day % 7) & 1) != 0;
        const bool is_of_day_before = (hours.days >> ((day + 6) % 7) & 1) != 0;
        if (hours.begin < hours.end)
            return is_of_day && minute >= hours.begin && minute < hours.end;
        return (is_of_day && minute >= hours.begin && of_day(day) == WorkTime::working) ||
               (is_of_day_before && minute < hours.end && of_day(day - 1) == WorkTime::working);
    });
}

WorkTime WorkDays::at(Time time) const {
    if (!is_known_) return WorkTime::working;
    const std::int64_t local = time.ticks + zone_.offset_at(time) * Time::per_second;
    const auto day = static_cast<std::int32_t>(local / Time::per_day);
    const std::int64_t minute = local % Time::per_day / per_minute;
    const WorkTime whole = of_day(day);
    if (whole == WorkTime::closed) return whole;
    const bool is_night_shift = std::ranges::any_of(
        calendar_.hours, [](const WorkHours& hours) { return hours.begin > hours.end; });
    if (whole == WorkTime::holiday)
        return is_night_shift && of_day(day - 1) == WorkTime::working && is_in_hours(day, minute)
                   ? WorkTime::working
                   : WorkTime::holiday;
    if (calendar_.hours.empty()) return WorkTime::working;
    return is_in_hours(day, minute) ? WorkTime::working : WorkTime::outside;
}

bool WorkDays::is_off_throughout(Time first, Time last) const {
    if (!is_known_ || last.ticks - first.ticks > longest_off) return false;
    for (std::int64_t at_ticks = first.ticks; at_ticks < last.ticks; at_ticks += step)
        if (at(Time{at_ticks}) == WorkTime::working) return false;
    return at(last) != WorkTime::working;
}

}  // namespace konseki::findings
