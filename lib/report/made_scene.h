#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "konseki/report/html.h"
#include "konseki/report/summary.h"
#include "made_examination.h"

namespace konseki::report {

using findings::Level;
using findings::MovementKind;

inline Time at(int day, int hour = 0) {
    return Time::from_unix_seconds(1'788'220'800 + day * 86'400 + hour * 3'600);
}

/// Hosts with a log of 30 days, rules that may fire, findings and movements.
struct Scene {
    findings::Examination examination;
    std::vector<findings::Finding> found;
    HtmlOptions options;
    story::Premises premises;

    explicit Scene(const std::vector<std::string>& names) {
        options.zone = parse_zone("+09:00").value();
        for (const std::string& name : names) add_host(name);
    }

    void add_host(const std::string& name) {
        const auto index = static_cast<std::uint32_t>(examination.hosts.size());
        findings::HostInfo& host = examination.hosts.emplace_back();
        host.name = name;
        host.span = {at(0), at(30)};
        for (const char* channel : {"Security", "System"}) {
            findings::LogCount& log = examination.logs.emplace_back();
            log.host = index;
            log.channel = channel;
            log.event_id = 4624;
            log.records = 10;
            log.span = host.span;
            findings::LogReach& reach = examination.reaches.emplace_back();
            reach.host = index;
            reach.channel = channel;
            reach.records = 1'000;
            reach.lowest = 1;
            reach.span = host.span;
        }
    }

    std::uint32_t add_rule(const std::string& short_id, Level level) {
        if (examination.reading.items.empty()) examination.reading.items.emplace_back();
        findings::RuleInfo& rule = examination.rules.emplace_back();
        rule.id = short_id;
        rule.title = "Title of " + short_id;
        rule.level = level;
        rule.origin = "konseki";
        rule.tags = {"attack.persistence"};
        rule.own.emplace();
        rule.own->id = short_id;
        examination.outcomes.push_back({findings::RuleState::possible, {}});
        return static_cast<std::uint32_t>(examination.rules.size() - 1);
    }

    void find(std::uint32_t host, std::uint32_t rule, Time when, std::string_view account) {
        findings::Finding finding;
        finding.host = host;
        finding.rule = rule;
        finding.time = when;
        finding.record.account = account;
        finding.record.log = R"("channel":"Security")";
        found.push_back(finding);
    }

    findings::Movement& move(std::uint32_t host, MovementKind kind, std::string account,
                             Time when) {
        findings::Movement& movement = examination.movements.emplace_back();
        movement.host = host;
        movement.kind = kind;
        movement.account = std::move(account);
        movement.count = 1;
        movement.span = {when, when};
        return movement;
    }

    struct All {
        story::Story story;
        story::Told told;
        Tally tally;
    };
    All tell() const {
        static const story::VerdictRules rules;
        story::StoryBuilder builder(examination, rules);
        story::StepBuilder steps(examination);
        Tally tally(examination.rules.size());
        for (const findings::Finding& one : found) {
            builder.add(one);
            steps.add(one);
            tally.add(one);
        }
        story::Story story = builder.finish();
        story::Told told = story::tell_more(examination, story, steps,
                                            {.zone = options.zone, .premises = premises});
        return {std::move(story), std::move(told), std::move(tally)};
    }
    std::string page() const {
        const All all = tell();
        Shown shown(examination);
        for (const findings::Finding& one : found) shown.add(one);
        return without_breaks(
            make_report_html(examination, all.tally, all.story, all.told, shown, options));
    }
    std::string summary() const {
        const All all = tell();
        return make_summary_json(examination, all.tally, all.story, all.told);
    }
};

}  // namespace konseki::report
