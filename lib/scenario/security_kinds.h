#pragma once

#include "host.h"
#include "kinds.h"

// What the parts of security_log.h share.

namespace konseki::scenario {

/// A kind of event of Microsoft-Windows-Security-Auditing.
evtx::Kind audit(std::uint16_t id, std::uint16_t task, std::uint8_t version, bool success = true);
/// Security events are written by lsass and name no user.
const Sender& lsass();
/// `<role>UserSid`, `…UserName`, `…DomainName`, `…LogonId`.
evtx::NamedValues account_fields(const std::string& role, const Account& account,
                                 std::uint64_t logon_id);
/// The fields of `first`, then those of `more`.
evtx::NamedValues followed_by(evtx::NamedValues first, evtx::NamedValues more);
/// Who did it, then `more`.
evtx::NamedValues by_subject(const Account& subject, std::uint64_t logon_id,
                             evtx::NamedValues more);
/// What 4720, 4738 and 4742 say of an account: a dash where nothing changed, the flags where `control` is not empty.
evtx::NamedValues account_properties(std::uint32_t old_uac, std::uint32_t new_uac,
                                     const std::string& control);
/// `TargetUserName`, `TargetDomainName`, `TargetSid`: an account or group to which something was done.
evtx::NamedValues target_fields(const std::string& name, const std::string& domain,
                                const std::string& sid);

}  // namespace konseki::scenario
