#pragma once

#include <string>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/detect/rules.h"

namespace konseki::kit {

/// One rule for all of `Field|modifier=value`, each read as Sigma reads it (`*` and `?` are wildcards).
/// Fails with a usage error that says what is wrong.
Result<detect::Rules> where_rule(const std::vector<std::string>& wheres);
/// A rule for records in which any value holds the text, without regard to case.
Result<detect::Rules> text_rule(std::string_view text);
/// A rule for records in which any value matches the regular expression, without regard to case.
Result<detect::Rules> regex_rule(std::string_view pattern);

}  // namespace konseki::kit
