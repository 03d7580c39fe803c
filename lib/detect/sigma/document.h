#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sigma/correlation.h"
#include "sigma/rule_info.h"

namespace konseki::detect::sigma {

/// A filter document (sigma-filters-specification.md).
struct Filter {
    findings::RuleInfo info;
    std::optional<LogSource> log_source;
    std::vector<std::string> rules;  ///< id, name or title
    bool all_rules = false;          ///< `rules: any`
    Node condition;
};

/// A rule document, with the correlation that a Sigma 1 aggregation in its condition means.
struct RuleDraft {
    Rule rule;
    std::optional<Correlation> aggregation;
};

/// Reads the detection, condition and logsource of a document. Info is left to the caller.
Parsed<RuleDraft> read_rule(const YamlNode& document, const Placeholders& placeholders,
                            Warnings& warnings);
/// Reads a filter document. Info is left to the caller.
Parsed<Filter> read_filter(const YamlNode& document, const Placeholders& placeholders,
                           Warnings& warnings);

/// Whether a filter's logsource lets it apply to a rule: all that it gives must be the rule's.
bool covers(const Filter& filter, const LogSource& source);

}  // namespace konseki::detect::sigma
