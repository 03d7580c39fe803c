#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "konseki/base/time.h"

namespace konseki::casebook {

/// Japan Standard Time, in which days and years of a desk are counted: UTC+9, without summer time.
const Zone& japan();

enum class Half : std::uint8_t { whole, first, second };

/// Japan's fiscal year or a half of it: year N lasts from N-04-01 to (N+1)-04-01, the first half (上半期) to 10-01, all
/// at 0:00 in Japan, beginning included, end not.
struct FiscalPeriod {
    std::int32_t year = 0;
    Half half = Half::whole;
    auto operator<=>(const FiscalPeriod&) const = default;

    Time begin() const;
    Time end() const;
    bool contains(Time time) const { return begin() <= time && time < end(); }
};
/// The half in which a moment lies.
FiscalPeriod half_of(Time time);
/// `2019`, `2019H1`, `2019H2`.
std::string code_of(FiscalPeriod period);
/// Years 1900 to 9998.
std::optional<FiscalPeriod> parse_period(std::string_view code);

}  // namespace konseki::casebook
