#pragma once

#include <memory>
#include <vector>

#include "engine/flat.h"
#include "engine/runtime.h"
#include "join/plan.h"
#include "konseki/detect/rules.h"
#include "sigma/ast.h"

namespace konseki::detect {

/// What stands behind Rules. `info`, `flat.rules` and `order` have the same length and numbering.
struct Rules::Body {
    std::vector<findings::RuleInfo> info;
    std::vector<findings::RuleProblem> problems;
    std::vector<sigma::RuleBook::Entry> order;
    std::vector<sigma::Correlation> correlations;  ///< `rules` in them are such numbers too
    Flat flat;
    /// Regexes and lists in matchable form, made on first use; thread-safe.
    std::unique_ptr<Runtime> runtime;
    join::LazyPlan joins;  ///< correlations as a plan, made on first use; thread-safe
};

/// Takes over what the front end read and its flat form.
std::unique_ptr<Rules::Body> make_body(sigma::RuleBook&& book, Flat&& flat);

}  // namespace konseki::detect
