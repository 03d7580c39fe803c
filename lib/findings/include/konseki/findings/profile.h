#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"

namespace konseki::findings {

/// What a host is for.
enum class HostRole : std::uint8_t {
    unknown,
    domain_controller,
    server,
    administrator,  ///< the PC of an administrator, from where others are administered
    client,
    instrument,  ///< of a laboratory, a factory, a medical device
};
/// `domain_controller`, …; empty for unknown.
std::string_view name_of(HostRole role);
std::optional<HostRole> parse_host_role(std::string_view text);

/// Whose account it is, where the organisation says so.
enum class AccountRole : std::uint8_t {
    unknown,
    person,
    administrator,
    service,
    emergency,
    shared
};
inline constexpr std::size_t account_role_count = 6;
/// `person`, …; empty for unknown.
std::string_view name_of(AccountRole role);
std::optional<AccountRole> parse_account_role(std::string_view text);

/// A host that the organisation describes.
struct ProfileHost {
    std::string name;
    std::vector<std::string> aliases;  ///< other names in logs, which make one host with the name
    HostRole role = HostRole::unknown;
    bool closed = false;  ///< said to have no way to the internet
    std::uint32_t line = 0;
};

/// An account that the organisation describes.
struct ProfileAccount {
    std::string name;  ///< `DOMAIN\name`, `name` or a SID
    AccountRole kind = AccountRole::unknown;
    std::uint32_t line = 0;
};

/// A value that a field of the record must have.
struct FieldCondition {
    std::string field;      ///< empty: no condition
    bool contains = false;  ///< else equal; both without regard to case
    std::string value;
};

/// What the organisation allows, and why: findings of it are shown and not counted.
struct Sanction {
    std::string rule;     ///< short id (`E007`), UUID or title
    std::string host;     ///< empty: any
    std::string account;  ///< empty: any
    FieldCondition field;
    std::string reason;  ///< shown with the finding
    /// The first moment at which it no longer counts: the end of the day that was written.
    std::optional<Time> until;
    std::uint32_t line = 0;
};

/// A network in CIDR form. IPv4 stands mapped into IPv6 (RFC 4291, 2.5.5.2).
struct Network {
    std::array<std::uint8_t, 16> address = {};  ///< the first one
    std::uint8_t prefix_bits = 128;             ///< counted in IPv6
    std::string written;
    bool is_vpn = false;  ///< its addresses are lent to whoever comes in by VPN
};

/// Hours of a day, in minutes since midnight; `end` may be below `begin` for a night shift.
struct WorkHours {
    std::uint16_t begin = 0, end = 0;
    std::uint8_t days = 0;  ///< bit 0 is Monday
};

/// Days from `first` to `last`, both included, as numbers of days since 1601-01-01.
struct DayRange {
    std::int32_t first = 0, last = 0;
};

/// When people work there.
struct WorkCalendar {
    std::vector<WorkHours> hours = {};
    std::vector<DayRange> holidays = {};  ///< nobody works
    std::vector<DayRange> closed = {};    ///< the site is shut: no computer should be used at all
    bool japan = false;  ///< the national holidays of Japan, too: japanese_holidays()
};

/// What an organisation says about itself: --profile.
struct Profile {
    std::string organisation;
    std::vector<std::string> domains;
    std::vector<Network> networks;
    std::optional<Zone> zone;         ///< of `until`, `asked_since` and the calendar
    std::optional<Time> asked_since;  ///< since when the question is asked
    std::vector<ProfileHost> hosts;
    std::vector<ProfileAccount> accounts;
    std::vector<Sanction> sanctioned;
    WorkCalendar calendar;
};

}  // namespace konseki::findings
