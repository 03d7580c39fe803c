#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/detect/rules.h"

namespace konseki::detect {

/// A regular expression of a rule with what it costs: `rules lint` shows the slow ones.
struct RegexCost {
    std::uint32_t rule = 0;  ///< index into Rules::info()
    std::string pattern;
    std::uint64_t ns_per_kib = 0;
    /// No text of four bytes must be there for it to match: it is run on every value of its field.
    bool runs_on_every_value = false;
};
/// Times every regular expression of the rules on a fixed text of ordinary values and on one that is all
/// alike, the slower of both. Bounded: a few milliseconds for each. Ordered by rule, then as in the rule.
std::vector<RegexCost> time_regexes(const Rules& rules);

/// A rule that looks at every event of its log source, since nothing rare in it can be looked for first.
std::vector<std::uint32_t> rules_without_gate(const Rules& rules);

/// A field that a rule asks for and that no event of its log source has: mostly a slip of the pen.
struct UnknownField {
    findings::RuleInfo rule;  ///< `line` is that of the field
    std::string field;
    std::vector<std::string> known;  ///< names that the log source has, sorted
};
/// In the order of the files, each field of a rule once, at most 100 of one rule; rules that are refused
/// are looked at as far as they can be read. Says nothing of log sources for which the table lists no names.
std::vector<UnknownField> unknown_fields(const std::vector<RuleFile>& files,
                                         std::string_view log_sources);

}  // namespace konseki::detect
