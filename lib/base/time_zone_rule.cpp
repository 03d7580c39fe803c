#include "time_zone_rule.h"

#include <algorithm>

namespace konseki {
namespace {

constexpr std::int32_t last_year = 2200;
/// Rules came with version 2; no evidence is older.
constexpr std::int32_t first_year = 1970;

/// Reads a rule from the left; the first mismatch makes it bad for good.
class RuleScanner {
  public:
    explicit RuleScanner(std::string_view text) : text_(text) {}

    bool accept(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!accept(c)) good_ = false;
    }
    std::uint32_t number(std::uint32_t least, std::uint32_t most) {
        std::uint32_t value = 0;
        std::size_t digits = 0;
        for (; digits < 3 && digits < text_.size() && is_digit(text_[digits]); ++digits)
            value = value * 10 + static_cast<std::uint32_t>(text_[digits] - '0');
        text_.remove_prefix(digits);
        if (digits == 0 || value < least || value > most) good_ = false;
        return value;
    }
    /// `CEST` or `<+03>`: three characters or more.
    void abbreviation() {
        const bool is_quoted = accept('<');
        std::size_t size = 0;
        while (size < text_.size() && (is_quoted ? text_[size] != '>' : is_letter(text_[size])))
            ++size;
        text_.remove_prefix(size);
        if (is_quoted) expect('>');
        if (size < 3) good_ = false;
    }
    /// `[+-]h[:mm[:ss]]` in seconds.
    std::int32_t clock(std::uint32_t most_hours) {
        const bool is_negative = accept('-');
        if (!is_negative) (void)accept('+');
        std::uint32_t seconds = number(0, most_hours) * 3600;
        if (accept(':')) {
            seconds += number(0, 59) * 60;
            if (accept(':')) seconds += number(0, 59);
        }
        return is_negative ? -static_cast<std::int32_t>(seconds)
                           : static_cast<std::int32_t>(seconds);
    }
    bool at(char c) const { return !text_.empty() && text_.front() == c; }
    bool at_end() const { return text_.empty(); }
    bool good() const { return good_; }

  private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

    std::string_view text_;
    bool good_ = true;
};

YearlyChange read_change(RuleScanner& in) {
    YearlyChange change;
    in.expect(',');
    if (in.accept('M')) {
        change.month = in.number(1, 12);
        in.expect('.');
        change.week = in.number(1, 5);
        in.expect('.');
        change.day = in.number(0, 6);
    } else if (in.accept('J')) {
        change.kind = YearlyChange::Kind::day_no_leap;
        change.day = in.number(1, 365);
    } else {
        change.kind = YearlyChange::Kind::day;
        change.day = in.number(0, 365);
    }
    constexpr std::uint32_t most_hours = 167;  // RFC 8536, 3.3.1
    if (in.accept('/')) change.seconds = in.clock(most_hours);
    return change;
}

Time first_of(std::int32_t year, std::uint32_t month) {
    const Result<Time> time = from_calendar({.year = year, .month = month, .day = 1});
    return time.value_or(Time{});
}

/// 0 is Sunday; 1601-01-01 was a Monday.
std::uint32_t weekday_of(Time midnight) {
    return static_cast<std::uint32_t>((midnight.ticks / Time::per_day + 1) % 7);
}

/// The change of one year, in the time of its clocks.
Time local_change(const YearlyChange& change, std::int32_t year) {
    Time day = first_of(year, change.kind == YearlyChange::Kind::weekday ? change.month : 1);
    std::int64_t days = change.day;
    if (change.kind == YearlyChange::Kind::day_no_leap) {
        const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        constexpr std::uint32_t first_of_march = 60;
        days = change.day - 1 + (is_leap && change.day >= first_of_march ? 1 : 0);
    }
    if (change.kind == YearlyChange::Kind::weekday) {
        days = (change.day + 7 - weekday_of(day)) % 7 + (change.week - 1) * 7;
        const Time next =
            change.month == 12 ? first_of(year + 1, 1) : first_of(year, change.month + 1);
        if (day.ticks + days * Time::per_day >= next.ticks) days -= 7;
    }
    return Time{day.ticks + days * Time::per_day + change.seconds * Time::per_second};
}

}  // namespace

std::optional<ZoneRule> parse_zone_rule(std::string_view text) {
    constexpr std::uint32_t most_hours = 24;
    RuleScanner in(text);
    ZoneRule rule;
    in.abbreviation();
    rule.standard_seconds = -in.clock(most_hours);
    if (!in.at_end()) {
        rule.has_daylight = true;
        in.abbreviation();
        rule.daylight_seconds = in.at(',') ? rule.standard_seconds + 3600 : -in.clock(most_hours);
        rule.start = read_change(in);
        rule.end = read_change(in);
    }
    if (!in.good() || !in.at_end()) return std::nullopt;
    return rule;
}

void append_yearly_changes(const ZoneRule& rule, std::vector<OffsetChange>& changes) {
    if (!rule.has_daylight) return;
    std::vector<OffsetChange> yearly;
    for (std::int32_t year = first_year; year <= last_year; ++year) {
        const Time start = local_change(rule.start, year), end = local_change(rule.end, year);
        yearly.push_back(
            {Time{start.ticks - rule.standard_seconds * Time::per_second}, rule.daylight_seconds});
        yearly.push_back(
            {Time{end.ticks - rule.daylight_seconds * Time::per_second}, rule.standard_seconds});
    }
    std::ranges::stable_sort(yearly, {}, &OffsetChange::from);
    const Time last = changes.empty() ? Time{} : changes.back().from;
    for (const OffsetChange& change : yearly)
        if (change.from > last) changes.push_back(change);
}

}  // namespace konseki
