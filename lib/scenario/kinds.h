#pragma once

#include <cstdint>
#include <string>

#include "konseki/scenario/windows_events.h"

// What System says of the events of providers that several writers speak for.

namespace konseki::scenario::evtx {

/// Microsoft-Windows-Security-Auditing, in the log Security.
Kind security_auditing(std::uint16_t id, std::uint16_t task, std::uint8_t version, bool success);
/// Microsoft-Windows-Sysmon.
Kind sysmon(std::uint16_t id, std::uint8_t version);
/// Service Control Manager, in the log System.
Kind service_manager(std::uint16_t id);
/// PowerShell 4104 at this level: 3 where PowerShell itself found the script suspicious, else 5.
Kind script_block_logged(std::uint8_t level);
/// Microsoft-Windows-Eventlog 1102 in Security, 104 in System: a log was cleared.
Kind log_cleared(std::uint16_t id);
/// The namespace of what Microsoft-Windows-Eventlog writes.
inline constexpr const char* event_log_space =
    "http://manifests.microsoft.com/win/2004/08/windows/eventlog";

}  // namespace konseki::scenario::evtx
