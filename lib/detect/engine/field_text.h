#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "konseki/detect/match.h"

namespace konseki::detect {

/// Text of a field of a hit's record as the hit's rule sees it (field maps, names without blanks, real
/// paths); the first value where there are several. Nothing where it is absent or has no value. Knows
/// the fields that rules and correlations name.
std::optional<std::string> field_text(const Engine& engine, const records::Batch& batch,
                                      const Hit& hit, std::string_view field);

}  // namespace konseki::detect
