#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/findings/finding.h"
#include "konseki/findings/verdict_rules.h"

namespace konseki::story {

/// What a check comes to, per host and as a whole.
enum class Verdict : std::uint8_t {
    nothing_seen,  ///< nothing within what was visible
    cannot_tell,   ///< a source that cannot be done without is missing
    look,          ///< somebody has to look
    signs,         ///< signs of intrusion
};
/// `signs`, `look`, `nothing_seen`, `cannot_tell`.
std::string_view name_of(Verdict verdict);

using findings::VerdictRules;

/// What one rule found on one host: the same rule counts once there.
struct Reason {
    std::uint32_t host = 0;  ///< index into Examination::hosts
    std::uint32_t rule = 0;  ///< index into Examination::rules
    std::uint64_t count = 0;
    std::uint64_t fresh = 0;  ///< of these, not in the earlier report
    findings::Span span;
    /// As it counts: one lower than the rule's where every finding is unchecked.
    findings::Level level = findings::Level::medium;
    bool may_make_signs = false;  ///< of our own, or trusted
    // The first finding, as an example.
    std::string says_ja, says_en;  ///< empty where the rule says nothing of its own
    std::string account;
    std::vector<findings::WindowsText> windows;  ///< what Windows itself says of it
    std::uint32_t item = 0;                      ///< index into Reading::items
    std::uint64_t record = 0;                    ///< number of the record
    /// Why it is shown and not counted; the text that says so, of the first finding.
    findings::Label label = findings::Label::none;
    std::string label_reason;
};

/// Findings that are shown and not counted.
struct SetAside {
    std::uint64_t own_collection = 0, sanctioned = 0;
    std::uint64_t total() const { return own_collection + sanctioned; }
};

/// Records of one log on one host.
struct LogView {
    std::string channel;
    std::uint64_t records = 0;
    findings::Span span;
};

/// What shows an intruder's steps, and what must be switched on for it.
enum class Sight : std::uint8_t {
    logons,          ///< Security 4624
    failed_logons,   ///< Security 4625
    processes,       ///< Security 4688 or Sysmon 1
    services,        ///< System 7045
    tasks,           ///< Security 4698 or TaskScheduler 106
    powershell,      ///< PowerShell 4104
    remote_desktop,  ///< TerminalServices LocalSessionManager 21
    antivirus,       ///< any event of Defender
};
inline constexpr std::size_t sight_count = 8;
std::string_view name_of(Sight sight);

/// What is told of one host.
struct HostView {
    std::uint32_t host = 0;  ///< index into Examination::hosts
    Verdict verdict = Verdict::nothing_seen;
    std::vector<Reason> reasons;              ///< most severe first
    std::vector<Reason> set_aside;            ///< shown and not counted, most severe first
    std::vector<std::string> missing;         ///< of VerdictRules::minimum
    std::vector<std::string> late;            ///< of these, logs that begin after asked_since
    std::vector<LogView> logs;                ///< by channel
    std::array<LogView, sight_count> sights;  ///< records 0 where there are none
};

/// How many rules of a tactic could fire on this evidence.
struct Coverage {
    std::string tactic;  ///< of ATT&CK v18: `credential-access`
    std::size_t possible = 0, blind = 0, idle = 0;
    std::size_t fired = 0;  ///< rules with a finding
};

/// What is told of a whole check.
struct Story {
    Verdict verdict = Verdict::cannot_tell;
    bool looked = false;             ///< any rule could fire; else nothing was looked for
    std::vector<HostView> hosts;     ///< most severe first, then by name
    std::vector<Coverage> coverage;  ///< in the order of the matrix
    findings::Span span;             ///< of all records
    findings::Span
        signs_span;  ///< of findings of level high and above on hosts with `signs` or `look`
    /// Findings past max_reasons. They are no reasons, but their host needs a look at least where one is of
    /// level medium or above: a flood must not hide what comes behind it.
    std::uint64_t reasons_left_out = 0;
    SetAside set_aside;
    std::optional<Time> asked_since;  ///< of VerdictRules
    /// Hosts lack no log; where nothing can be told, it is since logs begin after asked_since.
    bool is_late_only = false;
};

/// Gathers a story while findings go by.
class StoryBuilder {
  public:
    /// Pairs of host and rule that are kept: evidence can name any number of hosts.
    static constexpr std::size_t max_reasons = 200'000;
    /// Of these, how many keep the sentence of an example.
    static constexpr std::size_t max_examples = 20'000;
    /// Of these, with the texts of Windows: at most 16 KB each.
    static constexpr std::size_t max_windows_texts = 2'000;

    /// Keeps references to both.
    StoryBuilder(const findings::Examination& examination, const VerdictRules& rules);
    void add(const findings::Finding& finding);
    Story finish() const;

  private:
    struct Entry {
        Reason reason;
        std::uint64_t unchecked = 0;
    };
    using Entries = std::map<std::pair<std::uint32_t, std::uint32_t>, Entry>;  ///< by host and rule

    Entry* entry_of(Entries& entries, const findings::Finding& finding);
    void put_aside(const findings::Finding& finding);
    void leave_out(const findings::Finding& finding);
    std::vector<Reason> reasons_of(const Entries& entries, std::uint32_t host) const;
    HostView view_of(std::uint32_t host) const;

    const findings::Examination& examination_;
    const VerdictRules& rules_;
    Entries entries_;
    std::array<Entries, 2> aside_;  ///< own collection, sanctioned
    SetAside set_aside_;
    std::uint64_t left_out_ = 0;
    std::vector<bool>
        flooded_;  ///< hosts with a finding of level medium or above that was left out
};

/// The verdict that reasons make, each counted once; `has_minimum` false makes `cannot_tell` of nothing.
Verdict judge(const std::vector<Reason>& reasons, const std::vector<findings::RuleInfo>& rules,
              const VerdictRules& verdict_rules, bool has_minimum);

}  // namespace konseki::story
