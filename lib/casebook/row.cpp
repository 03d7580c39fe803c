#include "konseki/casebook/row.h"

#include <algorithm>

#include <fmt/format.h>

#include "konseki/base/result.h"

namespace konseki::casebook {
namespace {

std::optional<std::int32_t> number_in(std::string_view digits) {
    std::int32_t out = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + (c - '0');
    }
    return out;
}

std::size_t place_of(const Row& row, std::string_view field) {
    const std::optional<std::size_t> at = info_of(row.entity).find(field);
    require(at && *at < row.values.size(), "a row has the field that is asked for");
    return *at;
}

}  // namespace

std::string to_text(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const std::optional<std::int32_t> year = number_in(text.substr(0, 4));
    const std::optional<std::int32_t> month = number_in(text.substr(5, 2));
    const std::optional<std::int32_t> day = number_in(text.substr(8, 2));
    if (!year || !month || !day || *year < 1601) return std::nullopt;
    Calendar calendar;
    calendar.year = *year;
    calendar.month = static_cast<std::uint32_t>(*month);
    calendar.day = static_cast<std::uint32_t>(*day);
    if (!from_calendar(calendar)) return std::nullopt;
    return Date{*year, static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day)};
}

std::optional<std::size_t> EntityInfo::find(std::string_view field) const {
    const auto found = std::ranges::find(fields, field, &FieldInfo::name);
    if (found == fields.end()) return std::nullopt;
    return static_cast<std::size_t>(found - fields.begin());
}

const Value& value_of(const Row& row, std::string_view field) {
    return row.values[place_of(row, field)];
}

Value& value_of(Row& row, std::string_view field) { return row.values[place_of(row, field)]; }

std::optional<Ulid> id_of(const Row& row, std::string_view field) {
    const std::string* const text = std::get_if<std::string>(&value_of(row, field).plain);
    return text ? parse_ulid(*text) : std::nullopt;
}

}  // namespace konseki::casebook
