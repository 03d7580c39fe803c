#include "konseki/report/findings.h"
#include "konseki/report/summary.h"

namespace konseki::report {

void append_rule_line(render::JsonBuffer& out, const findings::RuleInfo& rule,
                      const findings::RuleOutcome& outcome,
                      std::span<const findings::HostInfo> hosts) {
    render::JsonWriter writer(out);
    writer.open_object();
    append_rule_member(writer, rule);
    writer.text("state", findings::name_of(outcome.state));
    if (outcome.host_count > 0) {
        writer.open_array("hosts");
        for (const std::uint32_t host : outcome.hosts) writer.text(hosts[host].name);
        writer.close_array();
        writer.number("host_count", outcome.host_count);
    }
    if (outcome.since) writer.time("since", *outcome.since);
    if (!outcome.missing.empty()) {
        writer.open_array("missing");
        for (const std::string& field : outcome.missing) writer.text(field);
        writer.close_array();
    }
    writer.text("file", rule.file);
    writer.number("line", std::uint64_t{rule.line});
    writer.close_object();
    writer.end_line();
}

void append_problem_line(render::JsonBuffer& out, const findings::RuleProblem& problem) {
    render::JsonWriter writer(out);
    writer.open_object();
    writer.open_object("rule");
    if (!problem.id.empty()) writer.text("id", problem.id);
    if (!problem.title.empty()) writer.text("title", problem.title);
    writer.text("origin", problem.origin);
    writer.close_object();
    if (problem.is_unusable()) {
        writer.text("state", findings::name_of(findings::RuleState::refused));
        writer.text("reason", problem.reason);
    } else {
        writer.text("warning", problem.reason);
    }
    writer.text("file", problem.file);
    if (problem.line > 0) writer.number("line", std::uint64_t{problem.line});
    writer.close_object();
    writer.end_line();
}

void append_rule_lines(render::JsonBuffer& out, const findings::Examination& examination) {
    for (std::size_t i = 0; i < examination.rules.size(); ++i)
        append_rule_line(out, examination.rules[i], examination.outcomes[i], examination.hosts);
    for (const findings::RuleProblem& problem : examination.problems)
        append_problem_line(out, problem);
}

RuleCounts count_rules(const findings::Examination& examination) {
    RuleCounts counts;
    counts.usable = examination.rules.size();
    for (const findings::RuleProblem& problem : examination.problems) switch (problem.kind) {
            case findings::RuleProblem::Kind::refused: ++counts.refused; break;
            case findings::RuleProblem::Kind::other_log: ++counts.other_logs; break;
            case findings::RuleProblem::Kind::warning: ++counts.warnings; break;
        }
    return counts;
}

}  // namespace konseki::report
