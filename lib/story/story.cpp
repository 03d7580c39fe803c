#include "konseki/story/story.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "konseki/base/text.h"
#include "konseki/findings/attack.h"
#include "levels.h"
#include "sights.h"

namespace konseki::story {
namespace {

using findings::Level;

/// Where rules of our own come from.
constexpr std::string_view own_origin = "konseki";
/// Tactics in the order of the ATT&CK matrix (v18).
constexpr std::array<std::string_view, 14> tactics = {"reconnaissance",  "resource-development",
                                                      "initial-access",  "execution",
                                                      "persistence",     "privilege-escalation",
                                                      "defense-evasion", "credential-access",
                                                      "discovery",       "lateral-movement",
                                                      "collection",      "command-and-control",
                                                      "exfiltration",    "impact"};

bool may_make_signs(const findings::RuleInfo& rule, const VerdictRules& rules) {
    if (rule.own && rule.origin == own_origin) return true;
    return rules.trusted.contains(rule.id);
}

/// `logs` are ordered by host and channel.
void add_logs(const std::vector<findings::LogCount>& logs, std::vector<HostView>& views) {
    for (const findings::LogCount& log : logs) {
        HostView& view = views[log.host];
        if (view.logs.empty() || view.logs.back().channel != log.channel)
            view.logs.push_back({log.channel, 0, {}});
        const auto add = [&log](LogView& to) {
            to.records += log.records;
            to.span.add(log.span);
        };
        add(view.logs.back());
        if (const std::optional<Sight> sight = sight_of(log))
            add(view.sights[static_cast<std::size_t>(*sight)]);
    }
}

/// Where no rule could fire, nothing was looked for.
bool looked_for_anything(const findings::Examination& examination) {
    return std::ranges::any_of(examination.outcomes, [](const findings::RuleOutcome& outcome) {
        return outcome.state == findings::RuleState::possible;
    });
}

/// Whether a log begins after the question. How far it reaches shows also where records were left out by time.
bool begins_late(const findings::Examination& examination, std::uint32_t host, const LogView& log,
                 const VerdictRules& rules) {
    if (!rules.asked_since) return false;
    std::optional<Time> first = log.span.first;
    const auto of_host =
        std::ranges::equal_range(examination.reaches, host, {}, &findings::LogReach::host);
    for (const findings::LogReach& reach : of_host)
        if (fold(reach.channel) == fold(log.channel)) first = reach.span.first;
    return first && *first > *rules.asked_since;
}

void judge_host(HostView& view, const findings::Examination& examination,
                const VerdictRules& verdict_rules, bool looked) {
    for (const std::string& wanted : verdict_rules.minimum) {
        const auto log = std::ranges::find_if(
            view.logs, [&](const LogView& one) { return fold(one.channel) == fold(wanted); });
        if (log == view.logs.end())
            view.missing.push_back(wanted);
        else if (begins_late(examination, view.host, *log, verdict_rules))
            view.late.push_back(wanted);
    }
    view.verdict = judge(view.reasons, examination.rules, verdict_rules,
                         looked && view.missing.empty() && view.late.empty());
}

/// The whole from its hosts. "Cannot tell" only where nothing can be told of any.
void sum_up(Story& story) {
    for (const HostView& view : story.hosts) {
        if (view.verdict == Verdict::nothing_seen && story.verdict == Verdict::cannot_tell)
            story.verdict = Verdict::nothing_seen;
        if (view.verdict < Verdict::look) continue;
        story.verdict = std::max(story.verdict, view.verdict);
        for (const Reason& reason : view.reasons)
            if (reason.level >= Level::high) story.signs_span.add(reason.span);
    }
    std::ranges::stable_sort(
        story.hosts, [](const HostView& a, const HostView& b) { return a.verdict > b.verdict; });
}

/// Whether nothing can be told for no other reason than that logs begin after the question.
bool is_late_only(const std::vector<HostView>& hosts) {
    const auto is_missing = [](const HostView& view) { return !view.missing.empty(); };
    const auto is_late = [](const HostView& view) { return !view.late.empty(); };
    return std::ranges::any_of(hosts, is_late) && std::ranges::none_of(hosts, is_missing);
}

std::vector<Coverage> coverage_of(const findings::Examination& examination,
                                  const std::vector<bool>& fired) {
    std::vector<Coverage> all;
    for (const std::string_view tactic : tactics) all.push_back({.tactic = std::string(tactic)});
    for (std::size_t rule = 0; rule < examination.rules.size(); ++rule) {
        for (const std::string& tag : findings::attack_tactics(examination.rules[rule].tags)) {
            const auto found = std::ranges::find(
                all, findings::tactic_in(findings::AttackVersion::v18, tag), &Coverage::tactic);
            if (found == all.end()) continue;
            switch (examination.outcomes[rule].state) {
                case findings::RuleState::possible: ++found->possible; break;
                case findings::RuleState::blind: ++found->blind; break;
                default: ++found->idle; break;
            }
            found->fired += fired[rule] ? 1 : 0;
        }
    }
    return all;
}

}  // namespace

StoryBuilder::StoryBuilder(const findings::Examination& examination, const VerdictRules& rules)
    : examination_(examination), rules_(rules) {}

/// The entry of its host and rule, made from the finding where it is the first; null past the cap.
StoryBuilder::Entry* StoryBuilder::entry_of(Entries& entries, const findings::Finding& finding) {
    const std::pair key{finding.host, finding.rule};
    const auto found = entries.find(key);
    if (found != entries.end()) return &found->second;
    const std::size_t size = entries_.size() + aside_[0].size() + aside_[1].size();
    if (size >= max_reasons) return nullptr;
    Entry& entry = entries[key];
    Reason& reason = entry.reason;
    reason.host = finding.host;
    reason.rule = finding.rule;
    reason.label = finding.label;
    if (!finding.events.empty()) {
        reason.item = finding.events.front().item;
        reason.record = finding.events.front().record;
    }
    if (size < max_examples) {
        reason.says_ja = finding.match.says_ja;
        reason.says_en = finding.match.says_en;
        reason.account = finding.record.account;
        if (size < max_windows_texts) reason.windows = finding.windows;
        reason.label_reason = finding.label_reason;
    }
    return &entry;
}

void StoryBuilder::add(const findings::Finding& finding) {
    if (finding.label != findings::Label::none) return put_aside(finding);
    Entry* const entry = entry_of(entries_, finding);
    if (entry == nullptr) return leave_out(finding);
    ++entry->reason.count;
    entry->reason.fresh += finding.is_new ? 1 : 0;
    entry->reason.span.add(finding.time);
    entry->unchecked += finding.is_unchecked ? 1 : 0;
}

/// Past the cap it is counted only: it makes no verdict.
void StoryBuilder::put_aside(const findings::Finding& finding) {
    const bool is_own = finding.label == findings::Label::own_collection;
    ++(is_own ? set_aside_.own_collection : set_aside_.sanctioned);
    Entry* const entry = entry_of(aside_[is_own ? 0 : 1], finding);
    if (entry == nullptr) return;
    ++entry->reason.count;
    entry->reason.fresh += finding.is_new ? 1 : 0;
    entry->reason.span.add(finding.time);
    entry->unchecked += finding.is_unchecked ? 1 : 0;
}

void StoryBuilder::leave_out(const findings::Finding& finding) {
    ++left_out_;
    if (findings::sort_level(examination_.rules[finding.rule].level) < Level::medium) return;
    if (flooded_.size() <= finding.host) flooded_.resize(finding.host + std::size_t{1});
    flooded_[finding.host] = true;
}

std::vector<Reason> StoryBuilder::reasons_of(const Entries& entries, std::uint32_t host) const {
    std::vector<Reason> reasons;
    for (auto at = entries.lower_bound({host, 0}); at != entries.end() && at->first.first == host;
         ++at) {
        const findings::RuleInfo& rule = examination_.rules[at->first.second];
        Reason& reason = reasons.emplace_back(at->second.reason);
        reason.level =
            counted_level(findings::sort_level(rule.level), at->second.unchecked == reason.count);
        reason.may_make_signs = may_make_signs(rule, rules_);
    }
    return reasons;
}

HostView StoryBuilder::view_of(std::uint32_t host) const {
    HostView view;
    view.host = host;
    view.reasons = reasons_of(entries_, host);
    for (const Entries& entries : aside_)
        for (Reason& reason : reasons_of(entries, host))
            view.set_aside.push_back(std::move(reason));
    for (std::vector<Reason>* const reasons : {&view.reasons, &view.set_aside})
        std::ranges::stable_sort(*reasons, [](const Reason& a, const Reason& b) {
            return std::tuple(b.level, b.may_make_signs, a.span.first, a.rule) <
                   std::tuple(a.level, a.may_make_signs, b.span.first, b.rule);
        });
    return view;
}

Story StoryBuilder::finish() const {
    Story story;
    for (std::uint32_t host = 0; host < examination_.hosts.size(); ++host) {
        story.hosts.push_back(view_of(host));
        story.span.add(examination_.hosts[host].span);
    }
    add_logs(examination_.logs, story.hosts);
    story.looked = looked_for_anything(examination_);
    for (HostView& view : story.hosts) {
        judge_host(view, examination_, rules_, story.looked);
        if (view.host < flooded_.size() && flooded_[view.host])
            view.verdict = std::max(view.verdict, Verdict::look);
    }
    sum_up(story);
    std::vector<bool> fired(examination_.rules.size());
    for (const auto& [key, entry] : entries_) fired[key.second] = true;
    for (const Entries& entries : aside_)
        for (const auto& [key, entry] : entries) fired[key.second] = true;
    story.coverage = coverage_of(examination_, fired);
    story.reasons_left_out = left_out_;
    story.set_aside = set_aside_;
    story.asked_since = rules_.asked_since;
    story.is_late_only = story.looked && is_late_only(story.hosts);
    return story;
}

}  // namespace konseki::story
