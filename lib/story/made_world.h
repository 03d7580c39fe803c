#pragma once

#include <string>
#include <utility>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/story/told.h"

namespace konseki::story {

/// An examination made by hand, for tests. Times are days and hours after 2026-09-01 00:00 UTC.
class World {
  public:
    static Time at(double days, double hours = 0) {
        constexpr std::int64_t begin = 1'788'220'800;
        const double seconds = days * 86'400 + hours * 3'600;
        return Time::from_unix_seconds(begin + static_cast<std::int64_t>(seconds));
    }

    /// A host with Security and System from day 0 to day 30.
    std::uint32_t host(const std::string& name) {
        const auto index = static_cast<std::uint32_t>(examination.hosts.size());
        findings::HostInfo& info = examination.hosts.emplace_back();
        info.name = name;
        info.folded = name;
        info.span = {at(0), at(30)};
        for (const char* channel : {"Security", "System"}) {
            findings::LogReach& reach = examination.reaches.emplace_back();
            reach.host = index;
            reach.channel = channel;
            reach.records = 1'000;
            reach.lowest = 1;
            reach.highest = 1'000;
            reach.span = {at(0), at(30)};
            findings::LogCount& log = examination.logs.emplace_back();
            log.host = index;
            log.channel = channel;
            log.event_id = 4624;
            log.records = 500;
            log.span = {at(0), at(30)};
        }
        return index;
    }

    /// A rule of our own.
    std::uint32_t rule(std::string short_id, findings::Level level, std::string tactic) {
        findings::RuleInfo& info = examination.rules.emplace_back();
        info.id = "rule-" + short_id;
        info.title = "Title of " + short_id;
        info.level = level;
        info.origin = "konseki";
        info.tags = {"attack." + std::move(tactic)};
        info.own.emplace();
        info.own->id = std::move(short_id);
        examination.outcomes.push_back({findings::RuleState::possible, {}});
        return static_cast<std::uint32_t>(examination.rules.size() - 1);
    }

    void find(std::uint32_t on, std::uint32_t by, Time when, std::string account = {}) {
        found.push_back({on, by, when, std::move(account)});
    }

    findings::Movement& move(std::uint32_t recorded_by, findings::MovementKind kind,
                             std::string account, Time when) {
        findings::Movement& movement = examination.movements.emplace_back();
        movement.host = recorded_by;
        movement.kind = kind;
        movement.account = std::move(account);
        movement.count = 1;
        movement.span = {when, when};
        return movement;
    }
    findings::Movement& arrival(std::uint32_t recorded_by, findings::MovementKind kind,
                                std::string account, std::string address, Time when) {
        findings::Movement& movement = move(recorded_by, kind, std::move(account), when);
        movement.address = std::move(address);
        return movement;
    }
    /// A machine account that comes from an address tells whose it is.
    void machine(std::uint32_t recorded_by, const std::string& name, std::string address) {
        arrival(recorded_by, findings::MovementKind::network, "CORP\\" + name + "$",
                std::move(address), at(1))
            .account_kind = findings::AccountKind::machine;
    }

    Story story() const { return build().first; }
    Told tell() const {
        const auto& [story, steps] = build();
        return tell_more(
            examination, story, steps,
            {.zone = parse_zone("+09:00").value(),
             .premises = {
                 .hosts = described, .networks = networks, .accounts = accounts, .days = days}});
    }
    std::pair<Story, StepBuilder> build() const {
        static const VerdictRules rules;
        StoryBuilder builder(examination, rules);
        StepBuilder steps(examination);
        for (const Found& one : found) {
            findings::Finding finding;
            finding.host = one.host;
            finding.rule = one.rule;
            finding.time = one.time;
            finding.count = 1;
            finding.record.account = one.account;
            finding.record.fields = one.fields;
            if (one.fields.empty()) finding.record.log = R"("channel":"Security","provider":"x")";
            builder.add(finding);
            steps.add(finding);
        }
        return {builder.finish(), std::move(steps)};
    }

    struct Found {
        std::uint32_t host = 0, rule = 0;
        Time time;
        std::string account;
        std::string fields = {};  ///< JSON: of a correlation, which stands in no log, its group
    };
    findings::Examination examination;
    std::vector<Found> found;
    std::vector<findings::ProfileHost> described;
    std::vector<findings::Network> networks;
    std::vector<findings::ProfileAccount> accounts;
    findings::WorkDays days;
};

}  // namespace konseki::story
