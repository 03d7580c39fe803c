#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"

namespace konseki {

/// A day of each year and a time of its clocks, as POSIX writes it: `M3.5.0/3`, `J59`, `364/25`.
struct YearlyChange {
    enum class Kind : std::uint8_t {
        weekday,      ///< `M`: month, week (5: the last), day of the week from Sunday
        day_no_leap,  ///< `J`: 1 to 365, 29 February never counted
        day,          ///< 0 to 365
    } kind = Kind::weekday;
    std::uint32_t month = 1, week = 1, day = 0;
    std::int32_t seconds = 2 * 3600;  ///< since midnight, may lie outside the day
};

/// The rule at the end of a zone file (RFC 8536, 3.3): `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule {
    std::int32_t standard_seconds = 0, daylight_seconds = 0;  ///< east of UTC is positive
    bool has_daylight = false;
    YearlyChange start, end;  ///< of daylight saving time
};
/// Nothing where the text is no such rule.
std::optional<ZoneRule> parse_zone_rule(std::string_view text);

/// Appends the changes of a rule with daylight saving time that lie behind the last one, up to the year
/// 2200.
void append_yearly_changes(const ZoneRule& rule, std::vector<OffsetChange>& changes);

}  // namespace konseki
