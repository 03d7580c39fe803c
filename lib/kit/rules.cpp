#include "konseki/kit/commands.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "konseki/base/text.h"
#include "konseki/detect/lint.h"
#include "konseki/kit/arguments.h"
#include "konseki/render/numbers.h"
#include "konseki/render/reword.h"
#include "konseki/report/findings.h"
#include "konseki/report/summary.h"
#include "konseki/report/terminal.h"
#include "rule_store.h"
#include "talk.h"

namespace konseki::kit {
namespace {

using findings::RuleProblem;

/// Problems named when a set is installed; `rules lint` names all.
constexpr std::size_t max_said = 5;
/// Of one KiB. Reading and matching a record takes about 2 us in all; ordinary expressions take less.
constexpr std::uint64_t slow_regex_ns = 20'000;

std::vector<RuleProblem> all_problems(const LoadedRules& loaded) {
    std::vector<RuleProblem> problems = loaded.unreadable;
    problems.insert(problems.end(), loaded.rules.problems().begin(), loaded.rules.problems().end());
    return problems;
}

bool is_refused(const RuleProblem& problem) { return problem.kind == RuleProblem::Kind::refused; }
bool is_for_other_log(const RuleProblem& problem) {
    return problem.kind == RuleProblem::Kind::other_log;
}

/// `file:12: reason (title)`.
std::string problem_line(const Talk& talk, const RuleProblem& problem) {
    std::string place = for_terminal(problem.file.empty() ? problem.origin : problem.file);
    if (problem.line > 0) place += ':' + std::to_string(problem.line);
    return talk.say(is_refused(problem)     ? "kit.rule_refused"
                    : problem.is_unusable() ? "kit.rule_other_log"
                                            : "kit.rule_warning",
                    {{"place", place},
                     {"reason",
                      for_terminal(render::reword(talk.language(), "reason.", problem.reason))}}) +
           '\n';
}

}  // namespace

CommandResult rules_add(const RulesAddOptions& options, Environment& environment) {
    const Talk talk(environment);
    const std::string name =
        options.name.empty() ? RuleStore::name_for(options.source) : options.name;
    if (!RuleStore::is_name(name))
        return talk.fail_with(ExitStatus::usage, "kit.bad_set_name", {{"name", name}});
    detect::Placeholders placeholders;
    if (options.placeholders) {
        Result<detect::Placeholders> read = read_placeholders(*options.placeholders);
        if (!read) return talk.fail_with(read.error());
        placeholders = std::move(*read);
    }
    const RuleStore store(environment.data_dir, environment.cache_dir);
    const Result<LoadedRules> loaded = store.install(options.source, name, std::move(placeholders));
    if (!loaded) return talk.fail_with(loaded.error());
    const std::vector<RuleProblem> problems = all_problems(*loaded);
    const auto usable = std::ranges::count(loaded->rules.info(), name, &findings::RuleInfo::origin);
    const auto refused =
        static_cast<std::size_t>(std::count_if(problems.begin(), problems.end(), is_refused));
    const auto other =
        static_cast<std::size_t>(std::count_if(problems.begin(), problems.end(), is_for_other_log));
    environment.out(
        talk.say("kit.set_added", {{"name", name},
                                   {"usable", render::to_grouped(static_cast<std::size_t>(usable))},
                                   {"refused", render::to_grouped(refused)},
                                   {"other", render::to_grouped(other)}}) +
        '\n');
    std::size_t said = 0;
    for (const RuleProblem& problem : problems)
        if (is_refused(problem) && said++ < max_said)
            environment.out("  " + problem_line(talk, problem));
    if (refused > max_said)
        environment.out(
            "  " +
            talk.say("kit.more_problems", {{"count", render::to_grouped(refused - max_said)}}) +
            '\n');
    return {};
}

CommandResult rules_remove(const RulesRemoveOptions& options, Environment& environment) {
    const Talk talk(environment);
    const RuleStore store(environment.data_dir, environment.cache_dir);
    const Result<void> removed = store.remove(options.name);
    if (removed) {
        environment.out(talk.say("kit.set_removed", {{"name", options.name}}) + '\n');
        return {};
    }
    if (removed.error().kind == ErrorKind::not_found)
        return talk.fail_with(ExitStatus::failed, "kit.no_such_set", {{"name", options.name}});
    return talk.fail_with(removed.error());
}

namespace {

/// Everything about each rule as JSON lines.
void list_as_json(const LoadedRules& loaded, const std::vector<RuleProblem>& problems,
                  bool refused_only, Environment& environment) {
    render::JsonBuffer out;
    report::append_schema_line(out, "rule");
    if (!refused_only)
        for (const findings::RuleInfo& rule : loaded.rules.info())
            report::append_rule_line(out, rule, {.state = findings::RuleState::possible}, {});
    for (const RuleProblem& problem : problems)
        if (!refused_only || problem.is_unusable()) report::append_problem_line(out, problem);
    environment.out(out.text());
}

/// `DRL-1.1 2,867, MIT 3`: rules by licence, the most first; empty where no rule has one.
std::string licence_counts(const std::vector<findings::RuleInfo>& rules) {
    std::map<std::string, std::size_t> by_name;
    for (const findings::RuleInfo& rule : rules)
        if (!rule.license.empty()) ++by_name[rule.license];
    std::vector<std::pair<std::string, std::size_t>> counts(by_name.begin(), by_name.end());
    std::ranges::stable_sort(counts, std::greater<>(),
                             &std::pair<std::string, std::size_t>::second);
    std::string text;
    for (const auto& [name, count] : counts)
        text += (text.empty() ? "" : ", ") + for_terminal(name) + ' ' + render::to_grouped(count);
    return text;
}

void list_as_text(const LoadedRules& loaded, const std::vector<RuleProblem>& problems,
                  bool refused_only, Environment& environment, const Talk& talk) {
    std::string text =
        report::rule_sets_line(report::rule_sets(loaded.rules.info(), problems), talk.language()) +
        '\n';
    if (const std::string licences = licence_counts(loaded.rules.info()); !licences.empty())
        text += talk.say("kit.licences", {{"licences", licences}}) + '\n';
    text += '\n';
    if (!refused_only) {
        render::TerminalTable table({{talk.say("kit.column.state"), render::Align::left, 0},
                                     {talk.say("kit.column.level"), render::Align::left, 0},
                                     {talk.say("kit.column.log_source"), render::Align::left, 12},
                                     {talk.say("kit.column.title"), render::Align::left, 24}});
        for (const findings::RuleInfo& rule : loaded.rules.info())
            table.add_row({{talk.say("kit.state.usable"), render::Tone::good},
                           {std::string(findings::name_of(findings::sort_level(rule.level))),
                            render::Tone::plain},
                           {rule.logsource, render::Tone::faint},
                           {rule.title, render::Tone::plain}});
        if (!table.empty()) text += table.to_text(talk.out_style()) + '\n';
    }
    for (const RuleProblem& problem : problems)
        if (is_refused(problem) || (refused_only && problem.is_unusable()))
            text += problem_line(talk, problem);
    environment.out(text);
}

}  // namespace

CommandResult rules_list(const RulesListOptions& options, Environment& environment) {
    const Talk talk(environment);
    const RuleStore store(environment.data_dir, environment.cache_dir);
    const Result<LoadedRules> loaded = store.load(options.rules);
    if (!loaded) return talk.fail_with(loaded.error());
    if (loaded->is_empty() && loaded->unreadable.empty()) talk.warn("kit.no_rules", {});
    const std::vector<RuleProblem> problems = all_problems(*loaded);
    if (options.format == ListFormat::jsonl)
        list_as_json(*loaded, problems, options.refused_only, environment);
    else
        list_as_text(*loaded, problems, options.refused_only, environment, talk);
    const bool is_short =
        options.rules.strict && std::any_of(problems.begin(), problems.end(), is_refused);
    return {is_short ? ExitStatus::incomplete : ExitStatus::done};
}

namespace {

/// The name that was probably meant: the same in another case, else one that differs in a letter or two
/// (`TargetParentProcessId` is no slip for TargetProcessId).
std::string near_field(const detect::UnknownField& found) {
    constexpr std::size_t max_length_apart = 2;
    std::vector<std::string_view> candidates;
    for (const std::string& name : found.known) {
        if (fold(name) == fold(found.field)) return name;
        const std::size_t longer = std::max(name.size(), found.field.size());
        if (longer - std::min(name.size(), found.field.size()) <= max_length_apart)
            candidates.push_back(name);
    }
    return std::string(nearest(found.field, candidates));
}

/// Joins the warnings about fields to the problems.
void append_unknown_fields(const GatheredRules& gathered, const Talk& talk,
                           std::vector<RuleProblem>& problems) {
    for (const detect::UnknownField& found :
         detect::unknown_fields(gathered.files, gathered.log_sources)) {
        const std::string near = near_field(found);
        problems.push_back({RuleProblem::Kind::warning, found.rule.origin, found.rule.file,
                            found.rule.line, found.rule.id, found.rule.title,
                            talk.say(near.empty() ? "kit.unknown_field" : "kit.unknown_field_near",
                                     {{"field", found.field}, {"near", near}})});
    }
}

/// Joins the warnings about regular expressions that take long on ordinary text.
void append_slow_regexes(const detect::Rules& rules, const Talk& talk,
                         std::vector<RuleProblem>& problems) {
    for (const detect::RegexCost& cost : detect::time_regexes(rules)) {
        if (cost.ns_per_kib < slow_regex_ns) continue;
        const findings::RuleInfo& rule = rules.info().at(cost.rule);
        problems.push_back(
            {RuleProblem::Kind::warning, rule.origin, rule.file, rule.line, rule.id, rule.title,
             talk.say("kit.slow_regex", {{"pattern", cost.pattern},
                                         {"time", std::to_string(cost.ns_per_kib / 1000)}})});
    }
}

void sort_by_place(std::vector<RuleProblem>& problems) {
    std::stable_sort(
        problems.begin(), problems.end(), [](const RuleProblem& a, const RuleProblem& b) {
            return std::tie(a.origin, a.file, a.line) < std::tie(b.origin, b.file, b.line);
        });
}

}  // namespace

CommandResult rules_lint(const RulesLintOptions& options, Environment& environment) {
    const Talk talk(environment);
    RuleChoice choice = options.rules;
    if (!choice.paths.empty()) choice.use_installed = choice.use_built_in = false;
    const RuleStore store(environment.data_dir, environment.cache_dir);
    const Result<GatheredRules> gathered = store.gather(choice);
    if (!gathered) return talk.fail_with(gathered.error());
    const LoadedRules loaded = store.compile(*gathered, choice.use_cache);
    std::vector<RuleProblem> problems = all_problems(loaded);
    append_unknown_fields(*gathered, talk, problems);
    append_slow_regexes(loaded.rules, talk, problems);
    sort_by_place(problems);
    std::string text;
    for (const RuleProblem& problem : problems)
        if (!is_for_other_log(problem)) text += problem_line(talk, problem);
    const auto other =
        static_cast<std::size_t>(std::count_if(problems.begin(), problems.end(), is_for_other_log));
    const auto refused =
        static_cast<std::size_t>(std::count_if(problems.begin(), problems.end(), is_refused));
    text += talk.say("kit.linted",
                     {{"usable", render::to_grouped(loaded.rules.info().size())},
                      {"refused", render::to_grouped(refused)},
                      {"other", render::to_grouped(other)},
                      {"warnings", render::to_grouped(problems.size() - refused - other)}}) +
            '\n';
    environment.out(text);
    return {refused > 0 ? ExitStatus::incomplete : ExitStatus::done};
}

}  // namespace konseki::kit
