#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/findings/finding.h"
#include "konseki/findings/work_days.h"
#include "konseki/story/story.h"

namespace konseki::story {

/// Accounts as records write them: with a domain, with a realm, or alone.
class AccountSet {
  public:
    /// Leaves out accounts of Windows itself and of computers, and SIDs: half of all records name them.
    void add(std::string_view account);
    /// Also where one of both names no domain.
    bool contains(std::string_view account) const;

  private:
    /// First labels of the domains by folded name; empty for one without.
    std::map<std::string, std::set<std::string>, std::less<>> domains_;
};
/// The folded name without domain and realm.
std::string bare_account(std::string_view account);

/// What was seen at one time on one host: findings of one rule and account that follow each other closely.
struct Step {
    std::uint32_t host = 0;                           ///< index into Examination::hosts
    std::uint32_t rule = 0;                           ///< index into Examination::rules
    findings::Level level = findings::Level::medium;  ///< as it counts for the verdict
    findings::Span span;
    std::uint64_t count = 0;
    std::string channel;           ///< of the first; empty where the finding names none
    std::string account;           ///< empty where the record names none
    std::string says_ja, says_en;  ///< of the first; empty where the rule says nothing of its own
    std::uint32_t item = 0;        ///< of the first: index into Reading::items
    std::uint64_t record = 0;      ///< of the first: its number
    /// Of the first, by the organisation's calendar; filled by tell_more().
    findings::WorkTime work_time = findings::WorkTime::working;
};

/// Joins findings of level medium and above into steps while they go by, in the order of their times. What is
/// labelled is no step.
class StepBuilder {
  public:
    /// Steps that are kept; evidence can hold any number of findings.
    static constexpr std::size_t max_steps = 20'000;
    /// Findings that follow each other within an hour are one step.
    static constexpr std::int64_t joined_within = Time::per_hour;

    /// Keeps a reference.
    explicit StepBuilder(const findings::Examination& examination) : examination_(examination) {}
    void add(const findings::Finding& finding);

    const std::vector<Step>& steps() const { return steps_; }
    /// Findings past max_steps.
    std::uint64_t left_out() const { return left_out_; }

  private:
    using Key = std::tuple<std::uint32_t, std::uint32_t, bool, std::string>;

    const findings::Examination& examination_;
    std::vector<Step> steps_;
    std::map<Key, std::size_t> open_;  ///< the last step by host, rule, unchecked and account
    std::uint64_t left_out_ = 0;
};

/// Where to look at movements more closely.
struct Alarm {
    /// By host: from a day before the first to a day after the last finding of level medium and above, on
    /// hosts with `signs` or `look`; empty elsewhere.
    std::vector<findings::Span> spans;
    AccountSet accounts;  ///< of the findings of level medium and above on these hosts

    bool has(std::optional<std::uint32_t> host, const findings::Span& span) const;
    static bool overlap(const findings::Span& a, const findings::Span& b);
    static bool holds(const findings::Span& outer, const findings::Span& inner);

    /// A logon or ticket that went on before or after all that was found: what the account does every day, and
    /// whose password an intruder may use too. Going elsewhere on purpose is never a habit.
    bool is_habit(findings::MovementKind kind, const findings::Span& span) const;

    findings::Span whole;  ///< from the first to the last of `spans`
};
Alarm find_alarm(const findings::Examination& examination, const Story& story,
                 const std::vector<Step>& steps);

/// Since when, as far as findings tell.
struct Since {
    /// First and last finding of level high and above on hosts with the verdict of the whole; where there
    /// is none, of level medium and above.
    findings::Span sure;
    std::uint32_t host = 0;  ///< of the first
    /// A finding of level medium and above before that, on a host with `signs` or `look`.
    std::optional<Time> earliest_possible;
    /// Since when the log of logons of that host lets us see (any log where there is none); a time before it
    /// cannot be told. It may begin after the first trace, which then stands in another log.
    std::optional<Time> visible_since;
    /// They let us see less than a week before the first trace: it may have begun before.
    bool may_be_longer = false;
    /// The last trace lies within three days of the end of the records.
    bool is_recent = false;
};
/// Empty where no host has `signs` or `look`.
std::optional<Since> find_since(const findings::Examination& examination, const Story& story,
                                const std::vector<Step>& steps);

}  // namespace konseki::story
