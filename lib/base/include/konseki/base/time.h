#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "konseki/base/result.h"

namespace konseki {

/// A point in time: UTC, 100 ns steps since 1601-01-01 (Windows FILETIME, [MS-DTYP] 2.3.3), signed so
/// that differences are plain. 0 means "never set".
struct Time {
    std::int64_t ticks = 0;

    static constexpr std::int64_t per_second = 10'000'000;
    /// FILETIMEs past int64 become the largest value: they still sort last.
    static Time from_filetime(std::uint64_t filetime);
    static Time from_unix_seconds(std::int64_t seconds);
    std::int64_t unix_microseconds() const;

    auto operator<=>(const Time&) const = default;
};

/// Broken-down UTC time.
struct Calendar {
    std::int32_t year = 1601;
    std::uint32_t month = 1, day = 1, hour = 0, minute = 0, second = 0;
    std::uint32_t ticks = 0;  ///< 0..9,999,999
};
Calendar to_calendar(Time time);
/// Fails on a month, day or hour that does not exist.
Result<Time> from_calendar(const Calendar& calendar);

/// `2019-04-17T01:02:03.1234567Z`: always seven digits.
/// Years past 9999 keep their last four digits, as Windows prints them.
std::string to_iso(Time time);
/// Writes the 28 characters of to_iso to `out`; returns its end. `out` has room for 28.
char* write_iso(Time time, char* out);

/// A fixed offset from UTC with the name that the person gave (`UTC`, `+09:00`, `Asia/Tokyo`).
struct Zone {
    std::string name = "UTC";
    std::int32_t offset_seconds = 0;
};
/// `UTC`, `Z`, `+09:00`, `Asia/Tokyo`; anything else is a usage error. (design: other IANA names where
/// the system has the data are resolved by `zone_offset_at` in the programs.)
Result<Zone> parse_zone(std::string_view text);
/// `2019-04-17 10:02:03 +09:00`.
std::string to_local(Time time, const Zone& zone);

/// RFC 3339 or a plain date or `2019-04-17 10:02[:03]`; a text without an offset is in `zone`.
Result<Time> parse_time(std::string_view text, const Zone& zone);

}  // namespace konseki
