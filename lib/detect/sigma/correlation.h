#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sigma/detection.h"

namespace konseki::detect::sigma {

/// A correlation whose references are not resolved yet.
struct CorrelationDraft {
    Correlation correlation;  ///< `rules`, the expression and the aliases are still empty
    std::vector<std::string> references;  ///< id, name or title, as listed
    std::uint32_t line = 0;               ///< of `rules`
    std::string expression;               ///< extended temporal condition, empty when none
    std::uint32_t condition_line = 0;
    /// alias → (rule as written, field)
    std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>> aliases;
};

/// Reads the `correlation` part of a document (sigma-correlation-rules-specification.md);
/// `generate` may stand in it or beside it. Info is left to the caller.
Parsed<CorrelationDraft> read_correlation(const YamlNode& document, Warnings& warnings);

/// Fills in what depends on the listed rules: the expression's tree and the aliases per rule.
/// `same(a, b)`: whether two references mean the same rule.
template <class Same>
void resolve_aliases(CorrelationDraft& draft, Same same) {
    for (const auto& [alias, fields] : draft.aliases) {
        std::vector<std::string> per_rule(draft.references.size());
        for (std::size_t i = 0; i < per_rule.size(); ++i)
            for (const auto& [rule, field] : fields)
                if (same(rule, draft.references[i])) per_rule[i] = field;
        draft.correlation.aliases.emplace_back(alias, std::move(per_rule));
    }
}

/// Reads the extended temporal condition over the listed rules: tests of it hold a position in
/// `rules`.
Parsed<Node> read_expression(const CorrelationDraft& draft, Warnings& warnings);

}  // namespace konseki::detect::sigma
