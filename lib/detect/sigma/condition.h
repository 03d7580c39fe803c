#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sigma/detection.h"

namespace konseki::detect::sigma {

/// Parentheses and `not` within each other: bounds recursion; real conditions have 3.
constexpr std::size_t max_condition_depth = 64;

/// Reads a condition (sigma-rules-specification.md, "Condition") over the items, which it marks as
/// used. Precedence, loosest first: or, and, not, `x of`. Copies of items count against
/// `context.tests_left`. Fails on an unknown identifier and on a pattern that fits none: older
/// tools let such a rule fire on everything or never. The v1 part after `|` must have been cut off.
Parsed<Node> read_condition(std::string_view text, std::uint32_t line, std::vector<Item>& items,
                            TestContext& context);

/// A condition, or a list of them, which are linked by "or".
Parsed<Node> read_conditions(const YamlNode& condition, std::vector<Item>& items,
                             TestContext& context);

}  // namespace konseki::detect::sigma
