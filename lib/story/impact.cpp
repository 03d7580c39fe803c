#include "konseki/story/impact.h"

#include <algorithm>
#include <array>
#include <vector>

#include "konseki/base/text.h"

namespace konseki::story {
namespace {

/// Rules of our own that tell of the password data of the whole domain, by the number in their short id.
constexpr std::array<std::string_view, 2> domain_rules = {"E069", "E071"};

/// Only domain controllers record tickets (Security 4768, 4769).
std::vector<bool> domain_controllers(const findings::Examination& examination) {
    std::vector<bool> out(examination.hosts.size());
    for (const findings::LogCount& log : examination.logs)
        if ((log.event_id == 4768 || log.event_id == 4769) && fold(log.channel) == "security")
            out[log.host] = true;
    return out;
}

bool tells_of_domain(const findings::Examination& examination, const Reason& reason) {
    const findings::RuleInfo& rule = examination.rules[reason.rule];
    return reason.may_make_signs && reason.level >= findings::Level::high && rule.own &&
           std::ranges::any_of(domain_rules, [&](std::string_view number) {
               return rule.own->id.starts_with(number);
           });
}

}  // namespace

std::optional<Impact> find_impact(const findings::Examination& examination, const Story& story,
                                  const std::optional<Since>& since) {
    if (story.verdict != Verdict::signs) return std::nullopt;
    const std::vector<bool> controllers = domain_controllers(examination);
    Impact impact;
    std::size_t hosts = 0;
    for (const HostView& view : story.hosts) {
        if (view.verdict != Verdict::signs) continue;
        ++hosts;
        const bool has_domain =
            controllers[view.host] || std::ranges::any_of(view.reasons, [&](const Reason& reason) {
                return tells_of_domain(examination, reason);
            });
        if (has_domain) impact.reached = Reached::domain;
    }
    if (impact.reached != Reached::domain && hosts > 1) impact.reached = Reached::several_hosts;
    if (since && since->is_recent) impact.urgency = Urgency::in_progress;
    impact.confidence = Confidence::medium;
    return impact;
}

}  // namespace konseki::story
