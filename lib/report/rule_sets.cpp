#include <map>
#include <utility>

#include "konseki/base/text.h"
#include "konseki/render/numbers.h"
#include "konseki/report/terminal.h"

namespace konseki::report {

std::vector<RuleSet> rule_sets(const std::vector<findings::RuleInfo>& rules,
                               const std::vector<findings::RuleProblem>& problems) {
    std::map<std::string, RuleSet> sets;
    for (const findings::RuleInfo& rule : rules) ++sets[rule.origin].usable;
    for (const findings::RuleProblem& problem : problems) {
        if (problem.kind == findings::RuleProblem::Kind::refused) ++sets[problem.origin].refused;
        if (problem.kind == findings::RuleProblem::Kind::other_log)
            ++sets[problem.origin].other_logs;
    }
    std::vector<RuleSet> out;
    for (auto& [name, set] : sets) {
        set.name = name;
        out.push_back(std::move(set));
    }
    return out;
}

std::string rule_sets_line(const std::vector<RuleSet>& sets, render::Language language) {
    if (sets.empty()) return render::say(language, "report.rules.none", {});
    std::string text;
    for (const RuleSet& set : sets) {
        if (!text.empty()) text += ", ";
        const std::string name = for_terminal(set.name);
        const std::string usable = render::to_grouped(set.usable);
        const std::string refused = render::to_grouped(set.refused);
        const std::string other = render::to_grouped(set.other_logs);
        if (set.refused == 0 && set.other_logs == 0)
            text += render::say(language, "report.rules.set", {{"name", name}, {"usable", usable}});
        else if (set.other_logs == 0)
            text += render::say(language, "report.rules.set_refused",
                                {{"name", name}, {"usable", usable}, {"refused", refused}});
        else if (set.refused == 0)
            text += render::say(language, "report.rules.set_other",
                                {{"name", name}, {"usable", usable}, {"other", other}});
        else
            text += render::say(
                language, "report.rules.set_refused_other",
                {{"name", name}, {"usable", usable}, {"refused", refused}, {"other", other}});
    }
    return render::say(language, "report.rules.sets", {{"sets", text}});
}

}  // namespace konseki::report
