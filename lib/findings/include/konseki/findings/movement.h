#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "konseki/findings/span.h"

namespace konseki::findings {

/// How somebody came, or tried to come, from one host to another. The event ids are those of Security where
/// nothing else is said.
enum class MovementKind : std::uint8_t {
    network,         ///< 4624 of logon type 3: a share, a service, a remote command
    remote_desktop,  ///< 4624 of logon type 10, 4778, LocalSessionManager 21 and 25
    other_logon,     ///< 4624 of types 4, 5, 8 and 9 with an address of another host
    failed,          ///< 4625
    other_account,   ///< 4648: a process here used the password of somebody else for another host
    ticket,          ///< 4769: the domain controller gave a ticket for a service of a host
    first_ticket,    ///< 4768: somebody logged on to the domain from this address
    ntlm,            ///< 4776: the domain controller checked a password for a workstation
    desktop_client,  ///< RDPClient 1024: from here to another host by remote desktop
    share_client,    ///< SmbClient/Connectivity and SmbClient/Security: from here to a server
};
inline constexpr std::size_t movement_kind_count = 10;
/// `network`, `remote_desktop`, …
std::string_view name_of(MovementKind kind);

/// Whose account it was.
enum class AccountKind : std::uint8_t {
    person,   ///< of a person or a service: anything else
    machine,  ///< of a computer: its name ends with `$`
    system,   ///< of Windows itself: SYSTEM, ANONYMOUS LOGON, window managers
};

/// All events of one kind that tell the same: who, from where, to where. Ordered by (host, kind, from,
/// address, to, account).
struct Movement {
    MovementKind kind = MovementKind::network;
    std::uint32_t host = 0;  ///< index into Examination::hosts: who recorded it
    std::string from;     ///< name of the host that it came from, as written; empty where not told
    std::string address;  ///< IP address that it came from, in normal form; empty where not told
    std::string to;  ///< name or address of the host that it went to; empty: the recording host
    std::string account;  ///< `DOMAIN\name` or `name`, as first written; empty where not told
    AccountKind account_kind = AccountKind::person;
    std::uint64_t count = 0;
    Span span;
    // The earliest of them, by (item, offset).
    std::uint32_t item = 0;  ///< index into Reading::items
    std::uint64_t offset = 0;
    std::uint64_t record = 0;  ///< number of the record
    /// Of logons of persons here (4624), at least so many with administrator rights (4672 of the same logon).
    std::uint64_t elevated = 0;
    /// From such a logon by remote desktop to its end (4634, 4647), in ticks; 0 where no end was seen.
    std::int64_t longest_session = 0;

    /// Whether `to` is the recording host: somebody came here. Otherwise the host, or a domain controller,
    /// tells of somebody going elsewhere.
    bool is_arrival() const { return to.empty(); }
};

}  // namespace konseki::findings
