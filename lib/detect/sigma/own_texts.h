#pragma once

#include <optional>

#include "konseki/findings/rule.h"
#include "sigma/fault.h"
#include "sigma/yaml.h"

namespace konseki::detect::sigma {

/// The `konseki:` block of a document; nothing where it has none. Refused: an unknown key, a text that
/// is missing or given in one language only, an open or empty placeholder.
Parsed<std::optional<findings::OwnTexts>> read_own_texts(const YamlNode& document);

}  // namespace konseki::detect::sigma
