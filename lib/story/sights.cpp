#include "sights.h"

#include <array>
#include <string_view>

#include "konseki/base/text.h"

namespace konseki::story {
namespace {

struct SightRule {
    std::string_view channel;    ///< folded
    std::uint64_t event_id = 0;  ///< 0: any
    Sight sight{};
};

// Channels and event ids as Windows writes them (Microsoft: "Advanced security audit policy settings";
// Sysinternals: "Sysmon", events; the providers' manifests).
constexpr std::array<SightRule, 10> sight_rules{{
    {"security", 4624, Sight::logons},
    {"security", 4625, Sight::failed_logons},
    {"security", 4688, Sight::processes},
    {"microsoft-windows-sysmon/operational", 1, Sight::processes},
    {"system", 7045, Sight::services},
    {"security", 4698, Sight::tasks},
    {"microsoft-windows-taskscheduler/operational", 106, Sight::tasks},
    {"microsoft-windows-powershell/operational", 4104, Sight::powershell},
    {"microsoft-windows-terminalservices-localsessionmanager/operational", 21,
     Sight::remote_desktop},
    {"microsoft-windows-windows defender/operational", 0, Sight::antivirus},
}};

}  // namespace

std::string_view name_of(Sight sight) {
    constexpr std::array<std::string_view, sight_count> names = {
        "logons", "failed_logons", "processes",      "services",
        "tasks",  "powershell",    "remote_desktop", "antivirus"};
    return names[static_cast<std::size_t>(sight)];
}

std::optional<Sight> sight_of(const findings::LogCount& log) {
    const std::string channel = fold(log.channel);
    for (const SightRule& rule : sight_rules)
        if (rule.channel == channel && (rule.event_id == 0 || rule.event_id == log.event_id))
            return rule.sight;
    return std::nullopt;
}

}  // namespace konseki::story
