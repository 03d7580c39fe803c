#include <array>
#include <optional>
#include <utility>

#include "konseki/base/text.h"
#include "organisation/profile_values.h"

namespace konseki::detect {
namespace {

using findings::DayRange;
using findings::WorkCalendar;
using findings::WorkHours;
using sigma::YamlNode;
using std::string_view;

constexpr std::array<string_view, 3> calendar_keys = {"hours", "holidays", "closed"};
constexpr std::array<string_view, 7> days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<std::size_t> day_named(string_view text) {
    const std::string name = fold(text);
    for (std::size_t i = 0; i < days.size(); ++i)
        if (days[i] == name) return i;
    return std::nullopt;
}

/// `mon`, `mon-fri`, `fri-mon` as bits, Monday first.
std::optional<std::uint8_t> parse_days(string_view text) {
    const std::size_t dash = text.find('-');
    const std::optional<std::size_t> first = day_named(text.substr(0, dash));
    const std::optional<std::size_t> last =
        dash == text.npos ? first : day_named(text.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    std::uint8_t bits = 0;
    for (std::size_t day = *first;; day = (day + 1) % days.size()) {
        bits = static_cast<std::uint8_t>(bits | 1u << day);
        if (day == *last) return bits;
    }
}

/// `08:30` in minutes; 24:00 is the end of the day.
std::optional<std::uint16_t> parse_clock(string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    unsigned parts[2] = {};
    for (const std::size_t at : {0u, 1u, 3u, 4u}) {
        if (text[at] < '0' || text[at] > '9') return std::nullopt;
        parts[at / 3] = parts[at / 3] * 10 + static_cast<unsigned>(text[at] - '0');
    }
    const unsigned minutes = parts[0] * 60 + parts[1];
    if (parts[1] > 59 || minutes > 24 * 60) return std::nullopt;
    return static_cast<std::uint16_t>(minutes);
}

/// `mon-fri 08:30-17:30`.
std::optional<WorkHours> parse_hours(string_view text) {
    constexpr std::size_t clocks_size = 11;
    const std::size_t blank = text.find(' ');
    if (blank == text.npos || text.size() != blank + 1 + clocks_size) return std::nullopt;
    const string_view clocks = text.substr(blank + 1);
    const std::optional<std::uint8_t> bits = parse_days(text.substr(0, blank));
    const std::optional<std::uint16_t> begin = parse_clock(clocks.substr(0, 5));
    const std::optional<std::uint16_t> end = parse_clock(clocks.substr(6));
    if (!bits || !begin || !end || clocks[5] != '-' || *begin == *end) return std::nullopt;
    return WorkHours{*begin, *end, *bits};
}

std::optional<std::int32_t> parse_day(string_view text) {
    constexpr std::size_t date_size = 10;
    const Result<Time> time = parse_time(text, Zone{});
    if (text.size() != date_size || !time) return std::nullopt;
    return static_cast<std::int32_t>(time->ticks / Time::per_day);
}

/// `2026-01-01` or `2026-12-29..2027-01-03`.
std::optional<DayRange> parse_day_range(string_view text) {
    const std::size_t dots = text.find("..");
    const std::optional<std::int32_t> first = parse_day(text.substr(0, dots));
    const std::optional<std::int32_t> last =
        dots == text.npos ? first : parse_day(text.substr(dots + 2));
    if (!first || !last || *last < *first) return std::nullopt;
    return DayRange{*first, *last};
}

/// Takes the word `japan` only where there is a `japan` to set.
Read<std::vector<DayRange>> read_days(const YamlNode& calendar, string_view key, bool* japan) {
    std::vector<DayRange> out;
    for (const YamlNode& item : TRY(read_list(calendar, key))) {
        if (japan != nullptr && item.is_scalar() && item.text == "japan") {
            *japan = true;
            continue;
        }
        const std::optional<DayRange> range =
            item.is_scalar() ? parse_day_range(item.text) : std::nullopt;
        if (!range)
            return wrong(item.line, quoted(key) + " takes 2026-01-01 or 2026-12-29..2027-01-03");
        out.push_back(*range);
    }
    return out;
}

Read<std::vector<WorkHours>> read_hours(const YamlNode& calendar) {
    std::vector<WorkHours> out;
    for (const YamlNode& item : TRY(read_list(calendar, "hours"))) {
        const std::optional<WorkHours> hours =
            item.is_scalar() ? parse_hours(item.text) : std::nullopt;
        if (!hours) return wrong(item.line, "`hours` takes mon-fri 08:30-17:30");
        out.push_back(*hours);
    }
    return out;
}

}  // namespace

Read<WorkCalendar> read_calendar(const YamlNode& profile) {
    WorkCalendar out;
    const YamlNode* const calendar = profile.find("calendar");
    if (calendar == nullptr || calendar->is_null()) return out;
    TRY_VOID(check_keys(*calendar, "calendar", calendar_keys));
    out.hours = TRY(read_hours(*calendar));
    out.holidays = TRY(read_days(*calendar, "holidays", &out.japan));
    out.closed = TRY(read_days(*calendar, "closed", nullptr));
    return out;
}

}  // namespace konseki::detect
