#include "engine/numbers.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "konseki/base/text.h"
#include "konseki/base/time.h"

namespace konseki::detect {
namespace {

bool is_plain_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// ISO 8601 week: the week that holds the year's first Thursday is number 1.
unsigned iso_week(const Calendar& day) {
    using namespace std::chrono;
    const sys_days date = year{day.year} / month{day.month} / std::chrono::day{day.day};
    const sys_days thursday = date + days{4 - static_cast<int>(weekday{date}.iso_encoding())};
    const sys_days first = year_month_day{thursday}.year() / January / 1;
    return static_cast<unsigned>((thursday - first).count() / 7) + 1;
}

long double part_of(sigma::TimePart part, const Calendar& time) {
    switch (part) {
        case sigma::TimePart::minute: return time.minute;
        case sigma::TimePart::hour: return time.hour;
        case sigma::TimePart::day: return time.day;
        case sigma::TimePart::week: return iso_week(time);
        case sigma::TimePart::month: return time.month;
        default: return time.year;
    }
}

std::optional<long double> subject(const FlatTest& test, const records::Value& value,
                                   std::string_view text) {
    const auto part = static_cast<sigma::TimePart>(test.time_part);
    if (part == sigma::TimePart::none) return parse_number(text);
    Time time = records::as_time(value);
    if (time == Time{}) {
        const Result<Time> parsed = parse_time(text, Zone{});
        if (!parsed) return std::nullopt;
        time = *parsed;
    }
    return part_of(part, to_calendar(time));
}

}  // namespace

std::optional<long double> parse_number(std::string_view text) {
    const char* const end = text.data() + text.size();
    if (text.starts_with("0x") || text.starts_with("0X")) {
        std::uint64_t hex = 0;
        const auto got = std::from_chars(text.data() + 2, end, hex, 16);
        if (got.ec != std::errc{} || got.ptr != end) return std::nullopt;
        return static_cast<long double>(hex);
    }
    if (is_plain_decimal(text) && text.size() <= 20) {
        long double sum = 0;
        const bool minus = text.front() == '-';
        for (const char c : text.substr(minus ? 1 : 0)) sum = sum * 10 + (c - '0');
        return minus ? -sum : sum;
    }
    double value = 0;
    const auto got = std::from_chars(text.data(), end, value);
    if (got.ec != std::errc{} || got.ptr != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

bool equals_number(const FlatTest& test, std::string_view written, std::string_view text) {
    if (test.has_integer == 0 || !is_plain_decimal(text)) return fold(text) == fold(written);
    std::int64_t value = 0;
    const auto got = std::from_chars(text.data(), text.data() + text.size(), value);
    return got.ec == std::errc{} && value == test.integer;
}

bool compares(const FlatTest& test, const records::Value& value, std::string_view text) {
    const std::optional<long double> left = subject(test, value, text);
    if (!left) return false;
    const long double right = test.has_integer != 0 ? static_cast<long double>(test.integer)
                                                    : static_cast<long double>(test.number);
    if (test.kind == static_cast<std::uint8_t>(sigma::Test::Kind::time_equal))
        return *left == right;
    switch (static_cast<sigma::Compare>(test.compare)) {
        case sigma::Compare::less: return *left < right;
        case sigma::Compare::less_equal: return *left <= right;
        case sigma::Compare::greater: return *left > right;
        default: return *left >= right;
    }
}

}  // namespace konseki::detect
