#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/detect/rules.h"
#include "sigma/fault.h"

namespace konseki::detect::sigma {

/// Values that one value with placeholders may become: bounds what a product of lists can ask for.
constexpr std::size_t max_expanded_values = 100'000;

/// Puts the person's values for each `%name%` (sigma-rules-specification.md, "Placeholders"); `\%`
/// is a percent sign. Values go in as they would be written in the rule, wildcards and escapes
/// included. Fails where no values are given.
Parsed<std::vector<std::string>> expand_placeholders(std::string_view written, std::uint32_t line,
                                                     const Placeholders& placeholders);

}  // namespace konseki::detect::sigma
