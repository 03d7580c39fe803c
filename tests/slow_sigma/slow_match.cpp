#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "konseki/base/text.h"
#include "konseki/base/time.h"

#include <arpa/inet.h>
#include <re2/re2.h>

#include "slow_rule.h"

namespace konseki::slow_sigma {

namespace {

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Decimal with a sign, a decimal fraction, or 0x hex.
std::optional<long double> number_of(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) {
        std::uint64_t hex = 0;
        const auto [end, error] =
            std::from_chars(text.data() + 2, text.data() + text.size(), hex, 16);
        if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
        return static_cast<long double>(hex);
    }
    std::string_view digits = text;
    const bool minus = digits.starts_with('-');
    if (minus) digits.remove_prefix(1);
    if (is_digits(digits)) {
        long double sum = 0;
        for (const char c : digits) sum = sum * 10 + (c - '0');
        return minus ? -sum : sum;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return static_cast<long double>(value);
}

/// A number of a rule against a value: as numbers where both are plain decimal, else as text.
bool number_matches(const Want& want, const FlatField& value) {
    std::string_view digits = value.text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    if (!is_digits(digits)) return value.text == want.written;
    return number_of(value.text) == want.number;
}

std::optional<std::array<std::uint8_t, 16>> address_of(std::string_view written) {
    const std::string text(written.substr(0, written.find('%')));
    if (text.find('\0') != std::string::npos) return std::nullopt;
    std::array<std::uint8_t, 16> bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    bytes.fill(0);
    bytes[10] = bytes[11] = 0xff;
    if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return bytes;
    return std::nullopt;
}

bool cidr_matches(const Want& want, const FlatField& value) {
    const std::size_t slash = want.written.find('/');
    const std::string network = want.written.substr(0, slash);
    const auto base = address_of(network), address = address_of(value.text);
    if (!base || !address) return false;
    int bits = 128;
    if (slash != std::string::npos) {
        bits = std::atoi(want.written.c_str() + slash + 1);
        if (network.find(':') == std::string::npos) bits += 96;
    }
    for (int bit = 0; bit < bits; ++bit) {
        const std::size_t byte = static_cast<std::size_t>(bit) / 8;
        const int shift = 7 - bit % 8;
        if (((*base)[byte] >> shift & 1) != ((*address)[byte] >> shift & 1)) return false;
    }
    return true;
}

/// ISO 8601 week (1 to 53).
int iso_week(const Calendar& day) {
    using namespace std::chrono;
    const sys_days date = year{day.year} / month{day.month} / std::chrono::day{day.day};
    const unsigned weekday_number = weekday{date}.iso_encoding();
    const sys_days thursday = date + days{4 - static_cast<int>(weekday_number)};
    const year_month_day of_thursday{thursday};
    return static_cast<int>((thursday - sys_days{of_thursday.year() / January / 1}).count() / 7) +
           1;
}

std::optional<long double> part_of(const std::string& part, const FlatField& value) {
    const Result<Time> time = parse_time(value.text, Zone{});
    if (!time) return std::nullopt;
    const Calendar when = to_calendar(*time);
    if (part == "minute") return when.minute;
    if (part == "hour") return when.hour;
    if (part == "day") return when.day;
    if (part == "week") return iso_week(when);
    if (part == "month") return when.month;
    return when.year;
}

bool compare_matches(const Want& want, const FlatField& value) {
    const auto number = want.part.empty() ? number_of(value.text) : part_of(want.part, value);
    if (!number) return false;
    if (want.op == "lt") return *number < want.number;
    if (want.op == "lte") return *number <= want.number;
    if (want.op == "gt") return *number > want.number;
    if (want.op == "gte") return *number >= want.number;
    return *number == want.number;
}

bool ref_matches(const Want& want, const FlatField& value, const FlatField& other) {
    if (value.kind != FlatField::Kind::text || other.kind != FlatField::Kind::text) return false;
    const std::string_view a = value.folded, b = other.folded;
    if (want.ref == "contains") return a.find(b) != std::string_view::npos;
    if (want.ref == "startswith") return a.starts_with(b);
    if (want.ref == "endswith") return a.ends_with(b);
    return a == b;
}

bool value_matches(const Want& want, const FlatField& value) {
    if (want.kind == Want::Kind::null) return value.kind == FlatField::Kind::null;
    if (value.kind != FlatField::Kind::text) return false;
    switch (want.kind) {
        case Want::Kind::glob:
            if (!want.literal.empty())
                return (want.cased ? value.text : value.folded).find(want.literal) !=
                       std::string::npos;
            return glob_matches(want.glob, want.cased ? value.points : value.low_points);
        case Want::Kind::number: return number_matches(want, value);
        case Want::Kind::regex: return RE2::PartialMatch(value.text, *want.regex);
        case Want::Kind::cidr: return cidr_matches(want, value);
        case Want::Kind::compare: return compare_matches(want, value);
        default: return false;
    }
}

bool want_matches(const Want& want, const std::vector<FlatField>& values, const FlatRecord& record,
                  const FieldLookup& lookup) {
    if (want.kind == Want::Kind::exists) return values.empty() != want.must_exist;
    if (want.kind == Want::Kind::null && values.empty()) return true;
    if (want.kind == Want::Kind::field_ref) {
        const std::vector<FlatField> others = lookup.values(record, want.written);
        for (const FlatField& value : values)
            for (const FlatField& other : others)
                if (ref_matches(want, value, other)) return true;
        return false;
    }
    for (const FlatField& value : values)
        if (value_matches(want, value)) return true;
    return false;
}

bool item_matches(const Item& item, const FlatRecord& record, const FieldLookup& lookup) {
    const std::vector<FlatField> values =
        item.field.empty() ? record.fields : lookup.values(record, item.field);
    bool result = item.all;
    for (const std::vector<Want>& forms : item.wants) {
        bool one = false;
        for (const Want& want : forms) one = one || want_matches(want, values, record, lookup);
        if (item.all)
            result = result && one;
        else
            result = result || one;
    }
    return result != item.negated;
}

bool holds(const Expression& expression, const SlowRule& rule, const FlatRecord& record,
           const FieldLookup& lookup) {
    switch (expression.kind) {
        case Expression::Kind::name:
            for (const auto& [name, detection] : rule.detections)
                if (name == expression.name) return matches(detection, record, lookup);
            return false;
        case Expression::Kind::negation: return !holds(expression.parts[0], rule, record, lookup);
        case Expression::Kind::all:
            return std::all_of(
                expression.parts.begin(), expression.parts.end(),
                [&](const Expression& part) { return holds(part, rule, record, lookup); });
        case Expression::Kind::any:
            return std::any_of(
                expression.parts.begin(), expression.parts.end(),
                [&](const Expression& part) { return holds(part, rule, record, lookup); });
    }
    return false;
}

}  // namespace

bool matches(const Detection& detection, const FlatRecord& record, const FieldLookup& lookup) {
    for (const Item& item : detection.items)
        if (item_matches(item, record, lookup) == detection.any) return detection.any;
    for (const Detection& part : detection.parts)
        if (matches(part, record, lookup) == detection.any) return detection.any;
    return !detection.any;
}

bool matches(const SlowRule& rule, const FlatRecord& record, const FieldLookup& lookup) {
    return std::any_of(
        rule.conditions.begin(), rule.conditions.end(),
        [&](const Expression& condition) { return holds(condition, rule, record, lookup); });
}

}  // namespace konseki::slow_sigma
