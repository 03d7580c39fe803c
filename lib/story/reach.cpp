#include "konseki/story/reach.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "konseki/base/text.h"

namespace konseki::story {
namespace {

using findings::Level;
using findings::LogReach;

constexpr std::int64_t soon = 14 * Time::per_day;
/// The smallest log of Windows (1 MB) holds more before it overwrites: fewer were exported in part.
constexpr std::uint64_t least_records = 500;
/// A log that is written in 19 of 20 hours is silent for three hours by chance about once a year.
constexpr std::int64_t least_silence = 3 * Time::per_hour;

struct AuditEvents {
    std::uint64_t first = 0, last = 0;  ///< event ids of Security
    Audit part{};
};

// Microsoft, "Advanced security audit policy settings": events that each subcategory makes. An event that
// several make (4656, 4658, 4660, 4663, 4670) tells of none of them and is not here.
constexpr std::array<AuditEvents, 50> audit_events{{
    {4608, 4609, Audit::security_state_change},
    {4610, 4611, Audit::security_system_extension},
    {4612, 4612, Audit::system_integrity},
    {4614, 4614, Audit::security_system_extension},
    {4615, 4615, Audit::system_integrity},
    {4616, 4616, Audit::security_state_change},
    {4618, 4618, Audit::system_integrity},
    {4622, 4622, Audit::security_system_extension},
    {4624, 4625, Audit::logon},
    {4634, 4634, Audit::logoff},
    {4647, 4647, Audit::logoff},
    {4648, 4648, Audit::logon},
    {4649, 4649, Audit::other_logon_events},
    {4657, 4657, Audit::registry},
    {4662, 4662, Audit::directory_access},
    {4672, 4672, Audit::special_logon},
    {4673, 4674, Audit::sensitive_privilege},
    {4688, 4688, Audit::process_creation},
    {4696, 4696, Audit::process_creation},
    {4697, 4697, Audit::security_system_extension},
    {4698, 4702, Audit::other_object_access},
    {4703, 4705, Audit::authorization_policy_change},
    {4706, 4707, Audit::authentication_policy_change},
    {4713, 4713, Audit::authentication_policy_change},
    {4715, 4715, Audit::audit_policy_change},
    {4716, 4718, Audit::authentication_policy_change},
    {4719, 4719, Audit::audit_policy_change},
    {4720, 4726, Audit::user_accounts},
    {4727, 4737, Audit::security_groups},
    {4738, 4738, Audit::user_accounts},
    {4739, 4739, Audit::authentication_policy_change},
    {4740, 4740, Audit::user_accounts},
    {4741, 4743, Audit::computer_accounts},
    {4754, 4758, Audit::security_groups},
    {4764, 4764, Audit::security_groups},
    {4765, 4767, Audit::user_accounts},
    {4768, 4768, Audit::kerberos_authentication},
    {4769, 4770, Audit::kerberos_tickets},
    {4771, 4772, Audit::kerberos_authentication},
    {4774, 4777, Audit::credential_validation},
    {4778, 4779, Audit::other_logon_events},
    {4798, 4799, Audit::user_accounts},
    {4864, 4899, Audit::certification_services},
    {4902, 4912, Audit::audit_policy_change},
    {4944, 4958, Audit::firewall_rule_change},
    {5136, 5141, Audit::directory_changes},
    {5140, 5144, Audit::file_share},
    {5145, 5145, Audit::detailed_file_share},
    {5156, 5158, Audit::filtering_connection},
    {6416, 6416, Audit::plug_and_play},
}};

CommandLines command_lines_of(const findings::HostInfo& host) {
    if (host.processes == 0) return CommandLines::no_processes;
    if (host.command_lines == 0) return CommandLines::never;
    return host.command_lines < host.processes ? CommandLines::partly : CommandLines::always;
}

void add_log(HostSight& sight, const findings::LogCount& log) {
    const std::string channel = fold(log.channel);
    if (channel == "microsoft-windows-sysmon/operational") sight.sysmon = true;
    if (channel == "microsoft-windows-powershell/operational" && log.event_id == 4104)
        sight.script_blocks = true;
    if (channel != "security") return;
    for (const AuditEvents& events : audit_events)
        if (log.event_id >= events.first && log.event_id <= events.last)
            sight.audit[static_cast<std::size_t>(events.part)] += log.records;
}

/// The first step of level high and above in each log of hosts with `signs` or `look`; where a host has none,
/// of medium and above. By host and folded channel.
std::map<std::pair<std::uint32_t, std::string>, Time> first_traces(const Story& story,
                                                                   const std::vector<Step>& steps) {
    std::map<std::uint32_t, Level> least;
    for (const HostView& view : story.hosts)
        if (view.verdict >= Verdict::look) least[view.host] = Level::medium;
    for (const Step& step : steps)
        if (const auto found = least.find(step.host); found != least.end())
            found->second = std::max(found->second, std::min(step.level, Level::high));
    std::map<std::pair<std::uint32_t, std::string>, Time> out;
    for (const Step& step : steps) {
        const auto found = least.find(step.host);
        if (found == least.end() || step.level < found->second || !step.span.first) continue;
        out.emplace(std::pair(step.host, fold(step.channel)), *step.span.first);
    }
    return out;
}

/// A log that begins with its own clearing (Security 1102, System 104) has lost its beginning at once, and
/// begins to lose more only when it is full again.
bool begins_with_clearing(const findings::Examination& examination, const LogReach& reach) {
    return std::ranges::any_of(examination.logs, [&](const findings::LogCount& log) {
        if (log.host != reach.host || log.span.first != reach.span.first) return false;
        const std::string channel = fold(log.channel);
        return channel == fold(reach.channel) && ((channel == "security" && log.event_id == 1102) ||
                                                  (channel == "system" && log.event_id == 104));
    });
}

bool overwrites(const findings::Examination& examination, const LogReach& reach) {
    return reach.span.first && reach.has_lost_beginning() && reach.records >= least_records &&
           !begins_with_clearing(examination, reach);
}

}  // namespace

bool is_odd(const LogReach& reach, const findings::LogGap& silence) {
    return reach.is_busy() && silence.between.first &&
           silence.between.last->ticks - silence.between.first->ticks >= least_silence;
}

std::string_view name_of(CommandLines state) {
    constexpr std::array<std::string_view, 4> names = {"no_processes", "never", "partly", "always"};
    return names[static_cast<std::size_t>(state)];
}

std::vector<HostSight> find_sight(const findings::Examination& examination) {
    std::vector<HostSight> out(examination.hosts.size());
    for (std::uint32_t host = 0; host < out.size(); ++host) {
        out[host].host = host;
        out[host].command_lines = command_lines_of(examination.hosts[host]);
    }
    for (const findings::LogCount& log : examination.logs) add_log(out[log.host], log);
    for (std::size_t i = 0; i < examination.reaches.size(); ++i)
        out[examination.reaches[i].host].reaches.push_back(i);
    return out;
}

bool Vanishing::is_soon() const { return gone_at.ticks - last.ticks <= soon; }

std::vector<Vanishing> find_vanishing(const findings::Examination& examination, const Story& story,
                                      const std::vector<Step>& steps) {
    const auto traces = first_traces(story, steps);
    std::vector<Vanishing> out;
    for (const LogReach& reach : examination.reaches) {
        const auto trace = traces.find({reach.host, fold(reach.channel)});
        if (trace == traces.end() || !overwrites(examination, reach)) continue;
        if (trace->second < *reach.span.first) continue;
        // What the log holds reaches back from the day on which it was collected, not from its last record.
        const Time last = examination.hosts[reach.host].span.last.value_or(*reach.span.last);
        const std::int64_t length = last.ticks - reach.span.first->ticks;
        const Time gone_at{trace->second.ticks + length};
        out.push_back({reach.host, reach.channel, trace->second, gone_at, last});
    }
    std::ranges::stable_sort(out, [](const Vanishing& a, const Vanishing& b) {
        return std::tie(a.gone_at, a.host) < std::tie(b.gone_at, b.host);
    });
    return out;
}

std::vector<UnusedChannel> find_unused(const findings::Examination& examination) {
    struct Seen {
        UnusedChannel channel;
        std::optional<std::uint32_t> last_host;
        bool is_looked_at = false;
    };
    std::map<std::string, Seen> seen;  ///< by folded name
    for (const findings::LogCount& log : examination.logs) {
        Seen& one = seen[fold(log.channel)];
        if (one.channel.records == 0) one.channel.channel = log.channel;
        one.channel.records += log.records;
        one.is_looked_at = one.is_looked_at || log.is_looked_at;
        // Logs are ordered by host.
        if (one.last_host != log.host) ++one.channel.hosts;
        one.last_host = log.host;
    }
    std::vector<UnusedChannel> unused;
    for (auto& [name, one] : seen)
        if (!one.is_looked_at) unused.push_back(std::move(one.channel));
    std::ranges::stable_sort(unused, [](const UnusedChannel& a, const UnusedChannel& b) {
        return a.records > b.records;
    });
    return unused;
}

}  // namespace konseki::story
