#include "konseki/casebook/fiscal.h"

#include <fmt/format.h>

namespace konseki::casebook {
namespace {

constexpr std::int32_t first_year = 1900;
constexpr std::int32_t last_year = 9998;

Time first_of(std::int32_t year, std::uint32_t month) {
    Calendar calendar;
    calendar.year = year;
    calendar.month = month;
    const Result<Time> midnight = from_calendar(calendar);
    require(midnight.has_value(), "a fiscal year lies within the calendar");
    return Time{midnight->ticks - japan().offset_seconds * Time::per_second};
}

}  // namespace

const Zone& japan() {
    static const Zone zone = {.name = "Asia/Tokyo", .offset_seconds = 9 * 3'600};
    return zone;
}

Time FiscalPeriod::begin() const {
    return half == Half::second ? first_of(year, 10) : first_of(year, 4);
}

Time FiscalPeriod::end() const {
    return half == Half::first ? first_of(year, 10) : first_of(year + 1, 4);
}

FiscalPeriod half_of(Time time) {
    const Calendar local =
        to_calendar(Time{time.ticks + japan().offset_at(time) * Time::per_second});
    if (local.month < 4) return {local.year - 1, Half::second};
    return {local.year, local.month < 10 ? Half::first : Half::second};
}

std::string code_of(FiscalPeriod period) {
    switch (period.half) {
        case Half::whole: return fmt::format("{}", period.year);
        case Half::first: return fmt::format("{}H1", period.year);
        case Half::second: return fmt::format("{}H2", period.year);
    }
    return {};
}

std::optional<FiscalPeriod> parse_period(std::string_view code) {
    FiscalPeriod period;
    if (code.ends_with("H1")) period.half = Half::first;
    if (code.ends_with("H2")) period.half = Half::second;
    if (period.half != Half::whole) code.remove_suffix(2);
    if (code.size() != 4) return std::nullopt;
    for (const char c : code) {
        if (c < '0' || c > '9') return std::nullopt;
        period.year = period.year * 10 + (c - '0');
    }
    if (period.year < first_year || period.year > last_year) return std::nullopt;
    return period;
}

}  // namespace konseki::casebook
