#include "kinds.h"

namespace konseki::scenario::evtx {

Kind security_auditing(std::uint16_t id, std::uint16_t task, std::uint8_t version, bool success) {
    return {.provider = "Microsoft-Windows-Security-Auditing",
            .provider_guid = "{54849625-5478-4994-a5ba-3e3b0328c30d}",
            .channel = "Security",
            .event_id = id,
            .task = task,
            .version = version,
            .level = 0,
            .keywords = success ? 0x8020000000000000u : 0x8010000000000000u};
}

Kind sysmon(std::uint16_t id, std::uint8_t version) {
    return {.provider = "Microsoft-Windows-Sysmon",
            .provider_guid = "{5770385f-c22a-43e0-bf4c-06f5698ffbd9}",
            .channel = "Microsoft-Windows-Sysmon/Operational",
            .event_id = id,
            .task = id,
            .version = version};
}

Kind service_manager(std::uint16_t id) {
    return {.provider = "Service Control Manager",
            .provider_guid = "{555908d1-a6d7-4695-8e1e-26931d2012f4}",
            .channel = "System",
            .event_id = id,
            .qualifiers = 16'384,
            .keywords = 0x8080000000000000,
            .has_qualifiers = true};
}

Kind script_block_logged(std::uint8_t level) {
    return {.provider = "Microsoft-Windows-PowerShell",
            .provider_guid = "{a0c1853b-5c40-4b15-8766-3cf1c58f985a}",
            .channel = "Microsoft-Windows-PowerShell/Operational",
            .event_id = 4104,
            .task = 2,
            .version = 1,
            .level = level,
            .opcode = 15,
            .keywords = 0};
}

Kind log_cleared(std::uint16_t id) {
    const bool security = id == 1102;
    return {.provider = "Microsoft-Windows-Eventlog",
            .provider_guid = "{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}",
            .channel = security ? "Security" : "System",
            .event_id = id,
            .task = 104,
            .keywords = security ? 0x4020000000000000u : 0x8000000000000000u};
}

}  // namespace konseki::scenario::evtx
