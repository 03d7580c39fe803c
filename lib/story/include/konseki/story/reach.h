#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/story/steps.h"
#include "konseki/story/story.h"

namespace konseki::story {

/// Whether process starts came with their command lines.
enum class CommandLines : std::uint8_t {
    no_processes,  ///< no process start was recorded (Security 4688)
    never,
    partly,
    always,
};
std::string_view name_of(CommandLines state);

/// Parts of Windows' audit policy, by the names of its subcategories.
enum class Audit : std::uint8_t {
    credential_validation,
    kerberos_authentication,
    kerberos_tickets,
    computer_accounts,
    security_groups,
    user_accounts,
    process_creation,
    directory_access,
    directory_changes,
    logoff,
    logon,
    other_logon_events,
    special_logon,
    file_share,
    detailed_file_share,
    registry,
    other_object_access,
    filtering_connection,
    certification_services,
    audit_policy_change,
    authentication_policy_change,
    authorization_policy_change,
    firewall_rule_change,
    sensitive_privilege,
    security_state_change,
    security_system_extension,
    system_integrity,
    plug_and_play,
};
inline constexpr std::size_t audit_count = 28;
/// `credential_validation`, …
std::string_view name_of(Audit part);

/// What a host's records let us see.
struct HostSight {
    std::uint32_t host = 0;  ///< index into Examination::hosts
    CommandLines command_lines = CommandLines::no_processes;
    bool script_blocks = false;                      ///< PowerShell 4104
    bool sysmon = false;                             ///< any event of Sysmon
    std::array<std::uint64_t, audit_count> audit{};  ///< records by part of the audit policy
    std::vector<std::size_t> reaches;                ///< indexes into Examination::reaches
};
/// Of all hosts, in their order.
std::vector<HostSight> find_sight(const findings::Examination& examination);

/// A channel with records, none of which any rule looks at.
struct UnusedChannel {
    std::string channel;
    std::uint64_t records = 0;
    std::uint64_t hosts = 0;
};
/// The largest first, then by name.
std::vector<UnusedChannel> find_unused(const findings::Examination& examination);

/// Whether a silence of a log is worth a word: three hours, in a log that is hardly ever silent.
bool is_odd(const findings::LogReach& reach, const findings::LogGap& silence);

/// A log that loses its oldest records, and will lose what was found.
struct Vanishing {
    std::uint32_t host = 0;
    std::string channel;
    Time trace;            ///< the first finding of level high and above in this log
    Time gone_at;          ///< about when its records will be overwritten, at the speed so far
    Time last;             ///< the last record of the host: about when it was collected
    bool is_soon() const;  ///< within two weeks after the last record
};
/// Of hosts with `signs` or `look`: logs that hold findings, the soonest first.
std::vector<Vanishing> find_vanishing(const findings::Examination& examination, const Story& story,
                                      const std::vector<Step>& steps);

}  // namespace konseki::story
