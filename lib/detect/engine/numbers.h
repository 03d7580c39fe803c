#pragma once

#include <optional>
#include <string_view>

#include "engine/flat.h"
#include "konseki/records/value.h"

namespace konseki::detect {

/// Decimal with sign or fraction, or 0x hex; nothing else is a number. Exact for 64-bit integers.
std::optional<long double> parse_number(std::string_view text);
/// A number of a rule against a value's text: as numbers where both are plain decimal, else as text
/// (`0x17` is not 23: sigma.md 3).
bool equals_number(const FlatTest& test, std::string_view written, std::string_view text);
/// lt, lte, gt, gte of a number, or of a part of a time (UTC; week is the ISO week).
bool compares(const FlatTest& test, const records::Value& value, std::string_view text);

}  // namespace konseki::detect
