#include "konseki/casebook/check.h"

#include <algorithm>
#include <optional>
#include <string>

#include "konseki/base/text.h"

namespace konseki::casebook {
namespace {

/// The longest list of codes: no enumeration has more.
constexpr std::size_t max_codes = 64;

bool is_plain_text(std::string_view text) {
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7F;
    };
    return is_valid_utf8(text) && std::ranges::none_of(text, is_control);
}

std::optional<FieldFault> fault_of_text(const FieldInfo& field, const std::string& text) {
    if (!field.mark.is_long) return fault_of_line(text);
    if (text.size() > max_text_bytes) return FieldFault::too_long;
    if (!is_plain_text(text)) return FieldFault::not_text;
    return std::nullopt;
}

bool has_code(const FieldInfo& field, const std::string& code) {
    return std::ranges::find(field.codes, code) != field.codes.end();
}

std::optional<FieldFault> fault_of_codes(const FieldInfo& field,
                                         const std::vector<std::string>& list) {
    if (list.size() > max_codes) return FieldFault::too_long;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!has_code(field, list[i])) return FieldFault::no_such_code;
        if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) !=
            list.begin() + static_cast<std::ptrdiff_t>(i))
            return FieldFault::repeated;
    }
    return std::nullopt;
}

std::optional<FieldFault> fault_of_string(const FieldInfo& field, const std::string& text) {
    switch (field.type) {
        case FieldType::text: return fault_of_text(field, text);
        case FieldType::date:
            if (!parse_date(text)) return FieldFault::wrong_type;
            return std::nullopt;
        case FieldType::id:
            if (!parse_ulid(text)) return FieldFault::wrong_type;
            return std::nullopt;
        case FieldType::code:
            if (!has_code(field, text)) return FieldFault::no_such_code;
            return std::nullopt;
        default: return FieldFault::wrong_type;
    }
}

std::optional<FieldFault> fault_of(const FieldInfo& field, const Value& value) {
    const bool has_value = !value.is_empty();
    if (field.is_answer ? has_value != (value.answer == AnswerState::value)
                        : value.answer != AnswerState::not_asked)
        return FieldFault::wrong_type;
    if (!has_value) return field.mark.required ? std::optional(FieldFault::missing) : std::nullopt;
    if (const auto* text = std::get_if<std::string>(&value.plain))
        return fault_of_string(field, *text);
    if (const auto* list = std::get_if<std::vector<std::string>>(&value.plain))
        return field.type == FieldType::codes ? fault_of_codes(field, *list)
                                              : FieldFault::wrong_type;
    const FieldType wanted =
        std::holds_alternative<bool>(value.plain) ? FieldType::boolean : FieldType::instant;
    if (field.type != wanted) return FieldFault::wrong_type;
    return std::nullopt;
}

}  // namespace

std::optional<FieldFault> fault_of_line(std::string_view text) {
    if (text.size() > max_line_bytes) return FieldFault::too_long;
    if (!is_plain_text(text)) return FieldFault::not_text;
    return std::nullopt;
}

std::vector<FieldProblem> check_row(const Row& row) {
    const EntityInfo& info = info_of(row.entity);
    require(row.values.size() == info.fields.size(), "a row has a value for each field");
    std::vector<FieldProblem> problems;
    for (std::size_t i = 0; i < row.values.size(); ++i)
        if (const auto fault = fault_of(info.fields[i], row.values[i]))
            problems.push_back({info.fields[i].name, *fault});
    return problems;
}

std::vector<FieldProblem> check_write(const Row& before, const Row& after) {
    const EntityInfo& info = info_of(after.entity);
    require(before.entity == after.entity, "a write changes a row of the same kind");
    const bool is_new = before.header.version == 0;
    std::vector<FieldProblem> problems;
    for (std::size_t i = 0; i < after.values.size(); ++i) {
        const FieldInfo& field = info.fields[i];
        if (before.values[i] == after.values[i]) continue;
        if (field.mark.by_desk)
            problems.push_back({field.name, FieldFault::not_yours});
        else if (field.mark.is_fixed && !is_new)
            problems.push_back({field.name, FieldFault::fixed});
    }
    return problems;
}

}  // namespace konseki::casebook
