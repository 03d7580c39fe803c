#pragma once

#include <cstddef>
#include <string_view>

#include "engine/flat.h"

namespace konseki::detect {

/// Where `needle` first stands in `text` from `from` on; npos where it does not. An empty one stands
/// everywhere.
std::size_t find_text(std::string_view text, std::string_view needle, std::size_t from);

/// True where the whole text matches the pattern of a test. `text` is folded unless the test is cased.
bool match_pattern(const Flat& flat, const FlatTest& test, std::string_view text);

}  // namespace konseki::detect
