#include "konseki/story/steps.h"

#include <algorithm>
#include <array>

#include "finding_fields.h"
#include "konseki/base/text.h"
#include "levels.h"

namespace konseki::story {
namespace {

using findings::Level;

/// Looked at before the first and after the last finding of a host.
constexpr std::int64_t around = Time::per_day;
/// A log that begins less than this before the first trace may have lost what came before.
constexpr std::int64_t well_before = 7 * Time::per_day;
/// What was seen so shortly before the end of the records may still go on.
constexpr std::int64_t recently = 3 * Time::per_day;

/// Accounts of Windows itself, folded: they tell nothing of a person.
constexpr std::array<std::string_view, 6> system_accounts = {
    "system", "local service", "network service", "anonymous logon", "iusr", "-"};

/// `corp` of `CORP\name` and of `name@corp.example.jp`.
std::string domain_of(std::string_view account) {
    std::string_view domain;
    if (const std::size_t at = account.find('\\'); at != account.npos)
        domain = account.substr(0, at);
    else if (const std::size_t behind = account.find('@'); behind != account.npos)
        domain = account.substr(behind + 1);
    return fold(domain.substr(0, domain.find('.')));
}

/// The name in `"channel":"Security",…`. No channel of Windows has characters that JSON escapes.
std::string_view channel_of(std::string_view log) {
    constexpr std::string_view before = "\"channel\":\"";
    const std::size_t at = log.find(before);
    if (at == log.npos) return {};
    log.remove_prefix(at + before.size());
    return log.substr(0, log.find('"'));
}

/// Fields that name an account, whom it was done to first; with that of its domain.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> account_fields = {
    {{"TargetUserName", "TargetDomainName"},
     {"SubjectUserName", "SubjectDomainName"},
     {"User", ""}}};

/// A correlation, which stands in no log, names its account only among the fields that its events have in common.
std::string account_of(const findings::Finding& finding) {
    if (!finding.record.log.empty() || !finding.record.account.empty())
        return std::string(finding.record.account);
    const FindingFields fields(finding);
    for (const auto& [name_field, domain_field] : account_fields) {
        const std::string_view name = fields.first(name_field);
        if (name.empty()) continue;
        const std::string_view domain = fields.first(domain_field);
        return domain.empty() ? std::string(name) : std::string(domain) + "\\" + std::string(name);
    }
    return {};
}

bool is_alarmed(const HostView& view) { return view.verdict >= Verdict::look; }

std::vector<bool> hosts_with(const findings::Examination& examination, const Story& story,
                             Verdict least) {
    std::vector<bool> out(examination.hosts.size());
    for (const HostView& view : story.hosts) out[view.host] = view.verdict >= least;
    return out;
}

/// Since when the log of logons lets us see; where there is none, any log.
std::optional<Time> visible_since(const findings::Examination& examination, std::uint32_t host) {
    for (const findings::LogReach& reach : examination.reaches)
        if (reach.host == host && fold(reach.channel) == "security") return reach.span.first;
    return examination.hosts[host].span.first;
}

}  // namespace

std::string bare_account(std::string_view account) {
    if (const std::size_t at = account.find('\\'); at != account.npos)
        account.remove_prefix(at + 1);
    return fold(account.substr(0, account.find('@')));
}

void AccountSet::add(std::string_view account) {
    const std::string name = bare_account(account);
    if (name.empty() || name.ends_with('$') || name.starts_with("s-1-")) return;
    if (std::ranges::find(system_accounts, name) != system_accounts.end()) return;
    domains_[name].insert(domain_of(account));
}

bool AccountSet::contains(std::string_view account) const {
    const auto found = domains_.find(bare_account(account));
    if (found == domains_.end()) return false;
    const std::string domain = domain_of(account);
    return domain.empty() || found->second.contains(domain) || found->second.contains("");
}

void StepBuilder::add(const findings::Finding& finding) {
    if (finding.label != findings::Label::none) return;
    const Level whole = findings::sort_level(examination_.rules[finding.rule].level);
    const Level level = counted_level(whole, finding.is_unchecked);
    if (level < Level::medium) return;
    const Key key{finding.host, finding.rule, finding.is_unchecked, account_of(finding)};
    const auto open = open_.find(key);
    if (open != open_.end()) {
        Step& last = steps_[open->second];
        if (last.span.last && finding.time.ticks - last.span.last->ticks <= joined_within) {
            ++last.count;
            last.span.add(finding.time);
            return;
        }
    }
    if (steps_.size() == max_steps) {
        ++left_out_;
        return;
    }
    open_.insert_or_assign(key, steps_.size());
    Step& step = steps_.emplace_back();
    step.host = finding.host;
    step.rule = finding.rule;
    step.level = level;
    step.count = 1;
    step.span.add(finding.time);
    step.channel = channel_of(finding.record.log);
    step.account = std::get<std::string>(key);
    step.says_ja = finding.match.says_ja;
    step.says_en = finding.match.says_en;
    if (finding.events.empty()) return;
    step.item = finding.events.front().item;
    step.record = finding.events.front().record;
}

bool Alarm::has(std::optional<std::uint32_t> host, const findings::Span& span) const {
    return host && *host < spans.size() && overlap(spans[*host], span);
}

bool Alarm::is_habit(findings::MovementKind kind, const findings::Span& span) const {
    using enum findings::MovementKind;
    const bool is_daily = kind == network || kind == other_logon || kind == ticket ||
                          kind == first_ticket || kind == ntlm;
    return is_daily && !holds(whole, span);
}

bool Alarm::holds(const findings::Span& outer, const findings::Span& inner) {
    return outer.first && inner.first && *outer.first <= *inner.first && *inner.last <= *outer.last;
}

bool Alarm::overlap(const findings::Span& a, const findings::Span& b) {
    return a.first && b.first && *a.first <= *b.last && *a.last >= *b.first;
}

Alarm find_alarm(const findings::Examination& examination, const Story& story,
                 const std::vector<Step>& steps) {
    Alarm alarm;
    alarm.spans.resize(examination.hosts.size());
    for (const HostView& view : story.hosts) {
        if (!is_alarmed(view)) continue;
        findings::Span span;
        for (const Reason& reason : view.reasons)
            if (reason.level >= Level::medium) span.add(reason.span);
        if (!span.first) continue;
        span.first->ticks -= around;
        span.last->ticks += around;
        alarm.spans[view.host] = span;
        alarm.whole.add(span);
    }
    for (const Step& step : steps)
        if (alarm.spans[step.host].first) alarm.accounts.add(step.account);
    return alarm;
}

std::optional<Since> find_since(const findings::Examination& examination, const Story& story,
                                const std::vector<Step>& steps) {
    // Where some hosts have signs, what others only need a look for is possible, not sure.
    const std::vector<bool> alarmed = hosts_with(examination, story, Verdict::look);
    const std::vector<bool> sure = hosts_with(examination, story, story.verdict);
    const auto first_of = [&](Level level, const std::vector<bool>& hosts) {
        return std::ranges::find_if(steps, [&](const Step& step) {
            return hosts[step.host] && step.level >= level && step.span.first;
        });
    };
    if (story.verdict < Verdict::look) return std::nullopt;
    auto first = first_of(Level::high, sure);
    const Level least = first == steps.end() ? Level::medium : Level::high;
    if (first == steps.end()) first = first_of(Level::medium, sure);
    if (first == steps.end()) return std::nullopt;
    Since since;
    since.host = first->host;
    for (const Step& step : steps)
        if (sure[step.host] && step.level >= least) since.sure.add(step.span);
    // Steps past the cap still have their reasons.
    for (const HostView& view : story.hosts)
        for (const Reason& reason : view.reasons)
            if (sure[view.host] && reason.level >= least) since.sure.add(reason.span);
    const auto possible = first_of(Level::medium, alarmed);
    if (*possible->span.first < *since.sure.first) since.earliest_possible = possible->span.first;
    since.visible_since = visible_since(examination, since.host);
    since.may_be_longer =
        !since.visible_since || since.sure.first->ticks - since.visible_since->ticks < well_before;
    since.is_recent =
        !story.span.last || story.span.last->ticks - since.sure.last->ticks <= recently;
    return since;
}

}  // namespace konseki::story
