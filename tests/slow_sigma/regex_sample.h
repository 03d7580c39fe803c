#pragma once

#include <random>
#include <string>
#include <string_view>

namespace konseki::slow_sigma {

/// A text that a regular expression of the plain kind matches, most of the time: groups, alternatives,
/// classes, quantifiers and the usual escapes. What it does not know it takes as text.
std::string sample_regex(std::string_view pattern, std::mt19937_64& random);

}  // namespace konseki::slow_sigma
