#pragma once

#include <string>
#include <string_view>

#include "konseki/base/result.h"

namespace konseki::detect {

/// The text of a table of log sources with the sources of a person's own behind it, for
/// CompileOptions::log_sources. An own source takes the place of one that has the same product, category
/// and service. Fails with a usage error `name:line: reason` where the own text makes no sense.
Result<std::string> extend_log_sources(std::string_view table, std::string_view own,
                                       std::string_view name);

}  // namespace konseki::detect
