#include "konseki/base/time.h"

#include <array>
#include <cstring>
#include <limits>

namespace konseki {
namespace {

/// Seconds from 1601-01-01 to 1970-01-01.
constexpr std::int64_t unix_epoch_seconds = 11'644'473'600;
/// Days from 0000-03-01 to 1601-01-01 in the proleptic Gregorian calendar.
constexpr std::int64_t days_to_1601 = 584'694;
constexpr std::int64_t days_per_400_years = 146'097;
/// The last year whose every tick fits in 63 bits.
constexpr std::int32_t last_year = 30'827;

constexpr std::array<char, 200> make_two_digits() {
    std::array<char, 200> table{};
    for (std::size_t i = 0; i < 100; ++i) {
        table[i * 2] = static_cast<char>('0' + i / 10);
        table[i * 2 + 1] = static_cast<char>('0' + i % 10);
    }
    return table;
}
constexpr std::array<char, 200> two_digits = make_two_digits();

inline void write_two(char* out, std::uint32_t value) {
    std::memcpy(out, two_digits.data() + std::size_t{value} * 2, 2);
}

struct Date {
    std::int32_t year;
    std::uint32_t month, day;
};

/// Days since 1601-01-01 to a date, by multiplications: Neri and Schneider, "Euclidean affine functions
/// and their application to calendar algorithms", 2022, figure 12. Years start in March, so that a leap
/// day is the last of its year.
inline Date to_date(std::int64_t days_since_1601) {
    // Shifted by 100 cycles of 400 years: positive for every 64-bit tick.
    const std::uint32_t days =
        static_cast<std::uint32_t>(days_since_1601 + days_to_1601 + 100 * days_per_400_years);
    const std::uint32_t quarter_days = 4 * days + 3;
    const std::uint32_t century = quarter_days / 146'097;
    const std::uint32_t in_century = quarter_days % 146'097 / 4;
    const std::uint64_t scaled = std::uint64_t{2'939'745} * (4 * in_century + 3);
    const std::uint32_t year_in_century = static_cast<std::uint32_t>(scaled >> 32);
    const std::uint32_t day_in_year = static_cast<std::uint32_t>(scaled) / 2'939'745 / 4;
    const std::uint32_t month_and_day = 2'141 * day_in_year + 197'913;
    const std::uint32_t month = month_and_day >> 16;
    const std::uint32_t day = (month_and_day & 0xffff) / 2'141;
    const bool is_next_year = day_in_year >= 306;
    return {static_cast<std::int32_t>(100 * century + year_in_century + (is_next_year ? 1 : 0)) -
                40'000,
            is_next_year ? month - 12 : month, day + 1};
}

/// A date to days since 1601-01-01.
std::int64_t to_days(std::int32_t year, std::uint32_t month, std::uint32_t day) {
    const std::int64_t shifted = static_cast<std::int64_t>(year) - (month <= 2 ? 1 : 0) + 40'000;
    const std::int64_t cycle = shifted / 400;
    const std::int64_t year_in_cycle = shifted % 400;
    const std::int64_t month_from_march = month > 2 ? month - 3 : month + 9;
    const std::int64_t day_in_year = (153 * month_from_march + 2) / 5 + day - 1;
    const std::int64_t in_cycle =
        year_in_cycle * 365 + year_in_cycle / 4 - year_in_cycle / 100 + day_in_year;
    return cycle * days_per_400_years + in_cycle - days_to_1601 - 100 * days_per_400_years;
}

struct Split {
    std::int64_t days;
    std::uint64_t ticks;  ///< since midnight
};
inline Split split(std::int64_t ticks) {
    std::int64_t days = ticks / Time::per_day;
    std::int64_t rest = ticks % Time::per_day;
    if (rest < 0) {
        rest += Time::per_day;
        --days;
    }
    return {days, static_cast<std::uint64_t>(rest)};
}

std::uint32_t days_in_month(std::int32_t year, std::uint32_t month) {
    constexpr std::array<std::uint32_t, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

/// Years past 9999 keep their last four digits; before year 0 there is no evidence, the sign is lost.
inline std::uint32_t last_four_digits(std::int32_t year) {
    return static_cast<std::uint32_t>(year < 0 ? -year : year) % 10'000;
}

/// `2019-04-17?01:02:03` with the character given between date and time: 19 characters.
inline void write_seconds(char* out, Date date, std::uint32_t second_of_day, char between) {
    const std::uint32_t year = last_four_digits(date.year);
    write_two(out, year / 100);
    write_two(out + 2, year % 100);
    out[4] = '-';
    write_two(out + 5, date.month);
    out[7] = '-';
    write_two(out + 8, date.day);
    out[10] = between;
    const std::uint32_t minutes = second_of_day / 60;
    write_two(out + 11, minutes / 60);
    out[13] = ':';
    write_two(out + 14, minutes % 60);
    out[16] = ':';
    write_two(out + 17, second_of_day % 60);
}

}  // namespace

Time Time::from_filetime(std::uint64_t filetime) {
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    if (filetime > static_cast<std::uint64_t>(largest)) return Time{largest};
    return Time{static_cast<std::int64_t>(filetime)};
}

Time Time::from_unix_seconds(std::int64_t seconds) {
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    if (seconds > largest / per_second - unix_epoch_seconds) return Time{largest};
    if (seconds < -(largest / per_second)) return Time{-largest};
    return Time{(seconds + unix_epoch_seconds) * per_second};
}

std::int64_t Time::unix_microseconds() const {
    const std::int64_t rounded_down = ticks / 10 - (ticks % 10 < 0 ? 1 : 0);
    return rounded_down - unix_epoch_seconds * 1'000'000;
}

Calendar to_calendar(Time time) {
    const Split parts = split(time.ticks);
    const Date date = to_date(parts.days);
    const std::uint32_t seconds = static_cast<std::uint32_t>(parts.ticks / Time::per_second);
    return Calendar{.year = date.year,
                    .month = date.month,
                    .day = date.day,
                    .hour = seconds / 3600,
                    .minute = seconds / 60 % 60,
                    .second = seconds % 60,
                    .ticks = static_cast<std::uint32_t>(parts.ticks % Time::per_second)};
}

Result<Time> from_calendar(const Calendar& calendar) {
    if (calendar.year < 0 || calendar.year > last_year)
        return fail(Error::bad_value("the year " + std::to_string(calendar.year) +
                                     " lies outside 0 to " + std::to_string(last_year)));
    if (calendar.month < 1 || calendar.month > 12)
        return fail(Error::bad_value("there is no month " + std::to_string(calendar.month)));
    if (calendar.day < 1 || calendar.day > days_in_month(calendar.year, calendar.month))
        return fail(
            Error::bad_value("there is no day " + std::to_string(calendar.day) + " in that month"));
    if (calendar.hour > 23 || calendar.minute > 59 || calendar.second > 59 ||
        calendar.ticks >= Time::per_second)
        return fail(Error::bad_value("there is no such time of day"));
    const std::int64_t seconds =
        (calendar.hour * std::int64_t{60} + calendar.minute) * 60 + calendar.second;
    return Time{to_days(calendar.year, calendar.month, calendar.day) * Time::per_day +
                seconds * Time::per_second + calendar.ticks};
}

char* write_iso(Time time, char* out) {
    const Split parts = split(time.ticks);
    write_seconds(out, to_date(parts.days),
                  static_cast<std::uint32_t>(parts.ticks / Time::per_second), 'T');
    const std::uint32_t fraction = static_cast<std::uint32_t>(parts.ticks % Time::per_second);
    const std::uint32_t upper = fraction / 1'000, lower = fraction % 1'000;
    out[19] = '.';
    write_two(out + 20, upper / 100);
    write_two(out + 22, upper % 100);
    out[24] = static_cast<char>('0' + lower / 100);
    write_two(out + 25, lower % 100);
    out[27] = 'Z';
    return out + 28;
}

std::string to_iso(Time time) {
    std::string out(28, '\0');
    write_iso(time, out.data());
    return out;
}

std::string to_local(Time time, const Zone& zone) {
    // Near the ends of the range the offset is dropped rather than wrapped.
    std::int64_t local = 0;
    const std::int32_t offset = zone.offset_at(time);
    if (__builtin_add_overflow(time.ticks, offset * Time::per_second, &local)) local = time.ticks;
    const Split parts = split(local);
    std::string out(26, '\0');
    write_seconds(out.data(), to_date(parts.days),
                  static_cast<std::uint32_t>(parts.ticks / Time::per_second), ' ');
    const std::uint32_t minutes = static_cast<std::uint32_t>(offset < 0 ? -offset : offset) / 60;
    out[19] = ' ';
    out[20] = offset < 0 ? '-' : '+';
    write_two(out.data() + 21, minutes / 60 % 100);
    out[23] = ':';
    write_two(out.data() + 24, minutes % 60);
    return out;
}

}  // namespace konseki
