#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "konseki/casebook/row.h"

namespace konseki::casebook {

/// What is wrong with a field; its code is what the interface answers.
enum class FieldFault : std::uint8_t {
    missing,  ///< it is required
    wrong_type,
    too_long,
    not_text,  ///< no UTF-8, or control characters other than line break and tab
    no_such_code,
    repeated,   ///< twice in a list
    not_yours,  ///< set by the desk's own acts
    fixed,      ///< cannot change any more
};
inline constexpr std::array<std::string_view, 8> field_fault_codes = {
    "missing",      "wrong_type", "too_long",  "not_text",
    "no_such_code", "repeated",   "not_yours", "fixed"};
constexpr std::span<const std::string_view> codes(FieldFault) { return field_fault_codes; }

/// A field and its fault.
struct FieldProblem {
    std::string_view field;  ///< as in FieldInfo
    FieldFault fault = FieldFault::missing;
    bool operator==(const FieldProblem&) const = default;
};

/// What keeps a text from being kept as one line or a few: for what people say beside a row, as for its short fields.
std::optional<FieldFault> fault_of_line(std::string_view text);
/// Everything that keeps a row from being stored, in the order of its fields: from_row would break on some of it.
std::vector<FieldProblem> check_row(const Row& row);
/// What a plain write may not do: change what the desk sets, or, but in a new row, what is fixed. `before` is the row
/// as it stands, or for a new one as `new_row` gives it.
std::vector<FieldProblem> check_write(const Row& before, const Row& after);

}  // namespace konseki::casebook
