#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/findings/examination.h"
#include "konseki/story/places.h"
#include "konseki/story/steps.h"

namespace konseki::story {

/// What makes a movement worth a look, the weightiest first.
enum class Unusual : std::uint8_t {
    closed_host,        ///< from outside to a host that is said to have no way there, or back
    tunnel,             ///< remote desktop from the host's own loopback address
    guessed,            ///< many failed tries, then a success
    finding_account,    ///< an account that findings of level medium and above name
    many_hosts,         ///< one account went from one place to many hosts within an hour
    emergency_account,  ///< an account that the organisation keeps for emergencies
    service_account,    ///< an account that it calls one of a service, by remote desktop
    outside_address,    ///< came from a public address that nothing says to be of the organisation
    administrator_elsewhere,  ///< an administrator's account, from a host that it calls a client
    closed_day,            ///< on a day on which, as the organisation says, nobody uses a computer
    finding_host,          ///< from or to a host with `signs` or `look`, around its findings
    between_workstations,  ///< neither host is used as a server by others
    elevated,    ///< administrator rights on a host new to an account that has none elsewhere
    first_seen,  ///< the two were never in touch before, in a log that reaches back a week
    off_hours,   ///< only outside of the organisation's hours of work, or on holidays
    night,       ///< only between 22:00 and 05:00, where no hours of work are known
};
inline constexpr std::size_t unusual_count = 16;
/// `closed_host`, …
std::string_view name_of(Unusual reason);

/// Who went from where to where, and how: all records of one kind that tell the same.
struct Move {
    Places::Id from = 0, to = 0;
    findings::MovementKind kind = findings::MovementKind::network;
    findings::AccountKind account_kind = findings::AccountKind::person;
    std::string account;  ///< as first written
    std::string address;  ///< that it came from, where one is told
    /// What the caller said that its host is called, where only its address is known: anybody can write it.
    std::string calls_itself;
    std::uint64_t count = 0;
    std::uint64_t elevated = 0;        ///< see findings::Movement
    std::int64_t longest_session = 0;  ///< ticks, see findings::Movement
    findings::Span span;
    std::vector<std::uint32_t> recorded_by;  ///< indexes into Examination::hosts, ascending
    std::vector<Unusual> unusual;            ///< weightiest first
    bool from_outside = false;               ///< a record names an address that counts as outside
    bool both_sides = false;  ///< records of both hosts tell of this way at about the same time
};

/// All movements, the most unusual first.
struct MoveTable {
    std::vector<Move> moves;
    /// Rows of machine and system accounts with nothing unusual, which are not among them.
    std::uint64_t ordinary_left_out = 0;
};
/// What an organisation says of its accounts and of when it works, and what is night without that.
struct Customs {
    const std::vector<findings::ProfileAccount>& accounts;
    const findings::WorkDays& days;
    const Zone& zone;
};
MoveTable find_moves(const findings::Examination& examination, const Places& places,
                     const Alarm& alarm, const Customs& customs);

/// Whether a reason weighs more than being new, off hours, near a finding or between workstations.
bool is_telling(const Move& move);
/// Whether it was at a time at which nobody is expected to work.
bool is_off_hours(const Move& move);
/// Whether both hosts were really in touch, as against a try or a ticket that was asked for.
bool is_contact(findings::MovementKind kind);
/// Whether somebody went from one end to the other: no failed try, and no check of a password elsewhere.
bool is_way(findings::MovementKind kind);
/// Of a logon to the domain, which tells where an account was and not where it went.
bool is_only_checked(findings::MovementKind kind);

}  // namespace konseki::story
