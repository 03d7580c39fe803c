#pragma once

#include <optional>
#include <string>

#include "sigma/ast.h"

namespace konseki::detect::sigma {

/// Memory that one compiled regular expression may take; RE2's default. Bounds `(a{1000}){1000}`.
constexpr std::int64_t max_regex_bytes = 8 << 20;

/// The expression of a regex test with its flags, for RE2: UTF-8, case-sensitive, `$` at the end of
/// the text, `.` without newline, unless the flags say otherwise.
std::string regex_text(const Test& test);

/// Why a regex test cannot be used: RE2 has no look-around and no back-references, and a size
/// limit.
std::optional<std::string> why_not_regex(const Test& test);

}  // namespace konseki::detect::sigma
