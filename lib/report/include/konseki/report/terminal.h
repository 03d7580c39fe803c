#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/findings/examination.h"
#include "konseki/render/catalogue.h"
#include "konseki/render/terminal.h"
#include "konseki/report/tally.h"
#include "konseki/story/story.h"
#include "konseki/story/told.h"

namespace konseki::report {

/// A set of rules of the run, for the first line.
struct RuleSet {
    std::string name;
    std::uint64_t usable = 0, refused = 0, other_logs = 0;
};
/// The sets by their names, in order; a problem counts to the set of its origin.
std::vector<RuleSet> rule_sets(const std::vector<findings::RuleInfo>& rules,
                               const std::vector<findings::RuleProblem>& problems);
/// `Rules: sigma-core 2,310 (4 refused, 880 for other logs), ours 3`, or that there are none.
std::string rule_sets_line(const std::vector<RuleSet>& sets, render::Language language);

/// How long lists are.
enum class Detail : std::uint8_t {
    brief,  ///< lists end after some lines and say how many more there are
    full,
};

/// How the summary is written.
struct SummaryStyle {
    render::Language language = render::Language::en;
    render::TerminalStyle terminal;
    Zone zone;
    Detail detail = Detail::brief;
    std::optional<findings::Level> min_level;  ///< rules below it are counted but not listed
    std::string folder;  ///< of the report, named at the end; empty: none was written
};

/// What `konseki check` prints: rule sets, verdict, evidence, hosts, findings, what to look at first, rules that
/// could not be used, what could not be read. Text from evidence is made safe.
std::string terminal_summary(const findings::Examination& examination, const Tally& tally,
                             const story::Story& story, const story::Told& told,
                             const SummaryStyle& style);

/// Its part about the verdict, without a heading: a line for the whole, one per verdict with the hosts, and
/// what was not looked at.
std::vector<std::string> verdict_lines(const findings::Examination& examination,
                                       const story::Story& story, const SummaryStyle& style);

/// Its part about what happened, behind the verdict: since when, which hosts to collect next, and a log that
/// will soon lose its first trace. Empty where nothing was found.
std::vector<std::string> told_lines(const findings::Examination& examination,
                                    const story::Told& told, const SummaryStyle& style);

}  // namespace konseki::report
