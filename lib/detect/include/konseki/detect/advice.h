#pragma once

#include <map>
#include <string>
#include <string_view>

#include "konseki/base/result.h"
#include "konseki/findings/rule.h"

namespace konseki::detect {

/// Texts of advice by the ids that rules name.
using Advice = std::map<std::string, findings::Bilingual, std::less<>>;

/// Reads a YAML list of `{id, ja, en}`. Fails with bad_value (line and what is wrong) where it is none, a
/// text is missing, or an id stands twice.
Result<Advice> read_advice(std::string_view yaml);

}  // namespace konseki::detect
