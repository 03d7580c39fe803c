#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"

namespace konseki {

/// A point in time: UTC, 100 ns steps since 1601-01-01 (Windows FILETIME, [MS-DTYP] 2.3.3), signed so
/// that differences are plain. 0 means "never set".
struct Time {
    std::int64_t ticks = 0;

    static constexpr std::int64_t per_second = 10'000'000;
    static constexpr std::int64_t per_hour = 3'600 * per_second;
    static constexpr std::int64_t per_day = 24 * per_hour;
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

/// From when on an offset holds.
struct OffsetChange {
    Time from;
    std::int32_t offset_seconds = 0;
};

/// A zone with the name that the person gave (`UTC`, `+09:00`, `Europe/Berlin`): a fixed offset from UTC,
/// or one that changes.
struct Zone {
    std::string name = "UTC";
    std::int32_t offset_seconds = 0;         ///< before the first change
    std::vector<OffsetChange> changes = {};  ///< in order of time

    std::int32_t offset_at(Time time) const;
    bool has_changes() const { return !changes.empty(); }
};
/// `UTC`, `Z`, `+09:00`, `Asia/Tokyo`; anything else is a usage error. Other names need the system's data:
/// read_zone.
Result<Zone> parse_zone(std::string_view text);

/// True where a name can be that of a zone and a path below a folder of zone files: letters, digits and
/// `_ + -` in at most 4 parts parted by `/`, 64 characters in all.
bool is_zone_name(std::string_view name);
/// A zone from the bytes of its file (TZif, RFC 8536, versions 1 to 4). Offsets are whole minutes, so that
/// a time and the offset shown with it give UTC again; changes by rule are worked out to the year 2200.
/// Fails with bad_value or truncated where the bytes are none; they are read as if hostile.
Result<Zone> read_zone(std::string_view name, Bytes tzif);

/// `2019-04-17 10:02:03 +09:00`.
std::string to_local(Time time, const Zone& zone);

/// RFC 3339 or a plain date or `2019-04-17 10:02[:03]`; a text without an offset is in `zone`. Where
/// clocks were set back the first of both times is meant, where they were set forward the time that did
/// not exist counts from before the change.
Result<Time> parse_time(std::string_view text, const Zone& zone);

}  // namespace konseki
