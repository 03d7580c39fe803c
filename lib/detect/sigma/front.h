#pragma once

#include <vector>

#include "konseki/detect/rules.h"
#include "sigma/ast.h"
#include "sigma/log_sources.h"

namespace konseki::detect::sigma {

/// Reads all documents of all files: rules, correlations, filters. Never fails as a whole.
RuleBook read_rules(const std::vector<RuleFile>& files, const Placeholders& placeholders,
                    const LogSources& log_sources);

}  // namespace konseki::detect::sigma
