#pragma once

#include <cstdint>
#include <string>

namespace konseki::render {

/// `1,234,567`: digits in groups of three, in both languages.
std::string to_grouped(std::uint64_t value);
/// `61.2 MB`: decimal units, three digits or fewer before the point; below 1,000 `999 B`.
std::string to_size(std::uint64_t bytes);

}  // namespace konseki::render
