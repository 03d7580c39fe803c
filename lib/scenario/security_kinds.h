#pragma once

#include "host.h"

// What the parts of security_log.h share.

namespace konseki::scenario {

/// A kind of event of Microsoft-Windows-Security-Auditing.
evtx::Kind audit(std::uint16_t id, std::uint16_t task, std::uint8_t version, bool success = true);
/// Security events are written by lsass and name no user.
const Sender& lsass();
/// `<role>UserSid`, `…UserName`, `…DomainName`, `…LogonId`.
void add_account(evtx::NamedValues& data, const std::string& role, const Account& account,
                 std::uint64_t logon_id);

}  // namespace konseki::scenario
