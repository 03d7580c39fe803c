#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/story/moves.h"

namespace konseki::story {

/// Why a host is to be collected next.
enum class NextWhy : std::uint8_t {
    went_there,  ///< from a host with signs, with credentials given by hand, by remote desktop or a share
    came_from_there,  ///< a logon on a host with signs
    seen_elsewhere,   ///< an account of a finding moved there, or came from there, at another host
};
std::string_view name_of(NextWhy why);

/// How a movement is tied to what was found.
enum class Tie : std::uint8_t {
    account,  ///< by an account that findings name
    time,     ///< by going on around the findings of a host with signs
};
std::string_view name_of(Tie tie);

/// One reason, with the movement that it rests on.
struct NextReason {
    NextWhy why = NextWhy::went_there;
    Tie tie = Tie::account;
    Places::Id other = 0;  ///< the other end of the movement
    findings::MovementKind kind = findings::MovementKind::network;
    std::string account;
    findings::Span span;
    std::uint64_t count = 0;
};

/// A host, or an address, that is not in the evidence and should be.
struct NextHost {
    Places::Id place = 0;
    std::vector<NextReason> reasons;  ///< most telling first
    findings::Span span;              ///< of all of them
};

/// Hosts to collect next, most telling first.
struct NextHosts {
    /// Reasons that are kept for a host.
    static constexpr std::size_t max_reasons = 20;

    std::vector<NextHost> hosts;
};
NextHosts find_next_hosts(const Places& places, const MoveTable& moves, const Alarm& alarm);

}  // namespace konseki::story
