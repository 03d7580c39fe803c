#include "moment.h"

#include <chrono>
#include <string_view>

namespace konseki::scenario {

namespace {
// 1601-01-01 was a Monday, 134,774 days before 1970-01-01.
constexpr std::int64_t days_before_1970 = 134'774;

std::string digits(std::uint64_t number, std::size_t count) {
    std::string out(count, '0');
    for (std::size_t at = count; at-- > 0; number /= 10)
        out[at] = static_cast<char>('0' + number % 10);
    return out;
}
std::string date_and_time(Ticks time, char between) {
    const std::chrono::year_month_day date{std::chrono::sys_days{
        std::chrono::days{static_cast<std::int64_t>(time / one_day) - days_before_1970}}};
    const std::uint64_t second = time % one_day / one_second;
    return digits(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4) + '-' +
           digits(static_cast<unsigned>(date.month()), 2) + '-' +
           digits(static_cast<unsigned>(date.day()), 2) + between + digits(second / 3600, 2) + ':' +
           digits(second / 60 % 60, 2) + ':' + digits(second % 60, 2);
}
}  // namespace

Day day_of(int year, unsigned month, unsigned day) {
    const std::chrono::sys_days days{std::chrono::year{year} / static_cast<int>(month) /
                                     static_cast<int>(day)};
    return static_cast<Day>(days.time_since_epoch().count() + days_before_1970);
}

Ticks japan(Day day, unsigned hour, unsigned minute, unsigned second) {
    return day * one_day + hour * one_hour + minute * one_minute + second * one_second -
           9 * one_hour;
}

unsigned weekday_of(Day day) { return day % 7; }

std::string utc_text(Ticks time) {
    return date_and_time(time, ' ') + '.' + digits(time / 10'000 % 1000, 3);
}

std::string japan_text(Ticks time) { return date_and_time(time + 9 * one_hour, 'T') + "+09:00"; }

std::string iso_text(Ticks time) { return date_and_time(time, 'T') + 'Z'; }

}  // namespace konseki::scenario
