#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "konseki/findings/attack.h"
#include "konseki/story/story.h"

namespace konseki::story {

using findings::Level;

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::nothing_seen: return "nothing_seen";
        case Verdict::cannot_tell: return "cannot_tell";
        case Verdict::look: return "look";
        case Verdict::signs: return "signs";
    }
    return "cannot_tell";
}

namespace {

/// Reasons of this kind, each record once: several rules often fire on the same one, and must not confirm each
/// other. Reasons without a record (number 0) stand for themselves.
template <class Wanted>
std::vector<const Reason*> pick(const std::vector<Reason>& reasons, Wanted&& is_wanted) {
    std::vector<const Reason*> picked;
    std::set<std::pair<std::uint32_t, std::uint64_t>> records;
    for (const Reason& reason : reasons) {
        if (!is_wanted(reason)) continue;
        if (reason.record != 0 && !records.insert({reason.item, reason.record}).second) continue;
        picked.push_back(&reason);
    }
    return picked;
}

/// Reasons that lie apart: a rule often has several tactics, so different ones must come from different rules, too.
/// A rule without a tactic is one of its own.
template <class Wanted>
std::size_t count_apart(const std::vector<Reason>& reasons,
                        const std::vector<findings::RuleInfo>& rules, Wanted&& is_wanted) {
    const std::vector<const Reason*> picked = pick(reasons, is_wanted);
    std::set<std::string> tactics;
    for (const Reason* const reason : picked) {
        const findings::RuleInfo& rule = rules[reason->rule];
        const std::vector<std::string> own = findings::attack_tactics(rule.tags);
        if (own.empty()) tactics.insert(rule.id);
        for (const std::string& tactic : own)
            tactics.emplace(findings::tactic_in(findings::AttackVersion::v18, tactic));
    }
    return std::min(picked.size(), tactics.size());
}

}  // namespace

Verdict judge(const std::vector<Reason>& reasons, const std::vector<findings::RuleInfo>& rules,
              const VerdictRules& verdict_rules, bool has_minimum) {
    const auto counts_as = [](Level level, bool for_signs) {
        return [level, for_signs](const Reason& reason) {
            return reason.level >= level && (reason.may_make_signs || !for_signs);
        };
    };
    const auto critical =
        static_cast<std::size_t>(std::ranges::count_if(reasons, counts_as(Level::critical, true)));
    if (critical >= verdict_rules.critical_for_signs ||
        count_apart(reasons, rules, counts_as(Level::high, true)) >=
            verdict_rules.high_tactics_for_signs)
        return Verdict::signs;
    const auto high =
        static_cast<std::size_t>(std::ranges::count_if(reasons, counts_as(Level::high, false)));
    if (high >= verdict_rules.high_for_look ||
        count_apart(reasons, rules, counts_as(Level::medium, false)) >=
            verdict_rules.medium_tactics_for_look)
        return Verdict::look;
    return has_minimum ? Verdict::nothing_seen : Verdict::cannot_tell;
}

}  // namespace konseki::story
