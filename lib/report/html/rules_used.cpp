// Rules that were used, and those that could not be.
#include <algorithm>
#include <array>
#include <vector>

#include "konseki/render/numbers.h"
#include "konseki/render/reword.h"
#include "konseki/report/summary.h"
#include "konseki/report/terminal.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "table.h"

namespace konseki::report {
namespace {

void write_sets(Page& page) {
    const std::vector<RuleSet> sets =
        rule_sets(page.data.examination.rules, page.data.examination.problems);
    if (sets.empty()) return page.paragraph("", "report.rules.none");
    const auto table = page.html.in("table", {{"class", "k-stack"}});
    write_table_head(page, {{page.say("html.rules.set")},
                            {page.say("html.rules.usable"), true},
                            {page.say("html.rules.refused"), true},
                            {page.say("html.rules.other_logs"), true}});
    const auto body = page.html.in("tbody");
    for (const RuleSet& set : sets) {
        const auto row = page.html.in("tr");
        write_cell(page, page.say("html.rules.set"), set.name);
        write_number(page, page.say("html.rules.usable"), set.usable);
        write_number(page, page.say("html.rules.refused"), set.refused);
        write_number(page, page.say("html.rules.other_logs"), set.other_logs);
    }
}

/// How many of the usable rules could fire at all.
void write_states(Page& page) {
    std::array<std::size_t, 4> counts{};
    for (const findings::RuleOutcome& outcome : page.data.examination.outcomes)
        ++counts[static_cast<std::size_t>(outcome.state)];
    page.paragraph("", "html.rules.states",
                   {{"possible", render::to_grouped(counts[0])},
                    {"blind", render::to_grouped(counts[1])},
                    {"idle", render::to_grouped(counts[2])},
                    {"file", "rules.jsonl"}});
}

void write_refused(Page& page) {
    std::vector<const findings::RuleProblem*> refused;
    for (const findings::RuleProblem& problem : page.data.examination.problems)
        if (problem.kind == findings::RuleProblem::Kind::refused) refused.push_back(&problem);
    if (refused.empty()) return;
    const std::size_t shown = std::min(refused.size(), page.data.options.limits.places);
    const auto details = page.html.in("details", {{"class", "k-more"}});
    page.html.element("summary", page.say("html.rules.refused_list",
                                          {{"count", render::to_grouped(refused.size())}}));
    const auto list = page.html.in("ul", {{"class", "k-mono"}});
    for (std::size_t i = 0; i < shown; ++i) {
        const auto item = page.html.in("li");
        page.sentence("report.refused.line",
                      {{"file", refused[i]->file},
                       {"line", std::to_string(refused[i]->line)},
                       {"reason", render::reword(page.language, "reason.", refused[i]->reason)}});
    }
    page.left_out(refused.size(), shown, "rules.jsonl");
}

/// Correlations from which the memory caps took something: what they would have told may be missing.
void write_losses(Page& page) {
    const findings::Examination& examination = page.data.examination;
    std::vector<std::size_t> rules;
    for (std::size_t rule = 0; rule < examination.outcomes.size(); ++rule) {
        const findings::RuleOutcome& outcome = examination.outcomes[rule];
        if (outcome.groups_closed > 0 || outcome.is_forgetful) rules.push_back(rule);
    }
    if (rules.empty()) return;
    page.paragraph("", "html.rules.losses", {{"count", render::to_grouped(rules.size())}});
    const std::size_t shown = std::min(rules.size(), page.data.options.limits.places);
    const auto list = page.html.in("ul");
    for (std::size_t i = 0; i < shown; ++i) {
        const findings::RuleInfo& rule = examination.rules[rules[i]];
        const findings::RuleOutcome& outcome = examination.outcomes[rules[i]];
        const auto item = page.html.in("li");
        const std::string title(title_in(rule, page.language));
        if (outcome.groups_closed > 0)
            page.sentence("html.rules.groups_closed",
                          {{"title", title},
                           {"id", rule.id},
                           {"groups", render::to_grouped(outcome.groups_closed)}});
        if (outcome.is_forgetful)
            page.sentence("html.rules.forgetful", {{"title", title}, {"id", rule.id}});
    }
    page.left_out(rules.size(), shown, "summary.json");
}

}  // namespace

void write_rules_used(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part k-part-flow"}, {"id", page.anchor("rules")}});
    write_section_head(page, "html.head.rules", "html.lead.rules");
    write_sets(page);
    if (!page.data.examination.rules.empty()) write_states(page);
    write_losses(page);
    write_refused(page);
}

}  // namespace konseki::report
