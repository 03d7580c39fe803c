#pragma once

#include <span>
#include <string>

#include "konseki/findings/examination.h"
#include "konseki/render/json.h"
#include "konseki/report/tally.h"
#include "konseki/story/story.h"
#include "konseki/story/told.h"

namespace konseki::report {

/// rules.jsonl without its schema line: each rule with its state, then what was refused, then warnings.
void append_rule_lines(render::JsonBuffer& out, const findings::Examination& examination);
/// One line for a rule and its state; `missing` fields where it is blind, the hosts with records that it looks at.
void append_rule_line(render::JsonBuffer& out, const findings::RuleInfo& rule,
                      const findings::RuleOutcome& outcome,
                      std::span<const findings::HostInfo> hosts);
/// One line for a rule or file with a problem: state `refused`, or the member `warning`.
void append_problem_line(render::JsonBuffer& out, const findings::RuleProblem& problem);

/// summary.json: one object on one line.
std::string make_summary_json(const findings::Examination& examination, const Tally& tally,
                              const story::Story& story, const story::Told& told);

/// navigator.json: a layer of the ATT&CK Navigator (version 18) with what was seen, what could have been seen,
/// and what rules were blind for.
std::string make_navigator_json(const findings::Examination& examination, const Tally& tally);

/// Usable rules, and problems by kind.
struct RuleCounts {
    std::uint64_t usable = 0, refused = 0, other_logs = 0, warnings = 0;
};
RuleCounts count_rules(const findings::Examination& examination);

}  // namespace konseki::report
