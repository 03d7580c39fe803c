#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/story/moves.h"
#include "konseki/story/steps.h"

namespace konseki::story {

/// Ways by which an intruder comes in.
enum class Entry : std::uint8_t {
    web_server,
    credentials,  ///< VPN or remote desktop with somebody's password
    mail,
    supply_chain,
    remote_tool,
    network_device,
    removable_media,
    partner,
    insider,
    unknown,  ///< any other
};
inline constexpr std::size_t entry_count = 10;
/// `web_server`, …
std::string_view name_of(Entry entry);

/// What can be said of an entry.
enum class EntryState : std::uint8_t {
    /// Something of level high or above speaks for it, at the beginning of what was found; for credentials a
    /// logon from a public address too, by an account of a finding.
    supported,
    open,              ///< something speaks for it, weakly or late
    not_determinable,  ///< nothing of what was read speaks for it, and what would tell was not read
};
std::string_view name_of(EntryState state);

/// Evidence that could tell of an entry and is none of what this program reads.
enum class Unchecked : std::uint8_t {
    web_log,     ///< access logs and files of web servers
    proxy_log,   ///< proxy and DNS
    vpn_log,     ///< VPN and other gates for remote work
    mail,        ///< mail and its gateway
    device_log,  ///< routers, firewalls, UTM: log, configuration, version
    disk,        ///< files, registry, autostarts
    supplier,    ///< what suppliers of software and services know
    people,      ///< what people tell
};
inline constexpr std::size_t unchecked_count = 8;
std::string_view name_of(Unchecked kind);

/// What one rule found on one host that speaks for an entry.
struct EntryFinding {
    std::uint32_t host = 0, rule = 0;
    findings::Level level = findings::Level::medium;
    std::uint64_t count = 0;
    findings::Span span;
    bool may_make_signs = true;  ///< of the rule, see Reason
};

/// One hypothesis. Never a probability: only what speaks for and against it, and what was not looked at.
struct EntryHypothesis {
    /// Findings and movements that are kept of each.
    static constexpr std::size_t max_kept = 10;

    Entry entry = Entry::unknown;
    EntryState state = EntryState::not_determinable;
    std::vector<EntryFinding> found;     ///< for it, the earliest first
    std::vector<std::size_t> moves;      ///< for it: indexes into MoveTable::moves
    std::size_t silent_rules = 0;        ///< against it: rules that could have fired and did not
    std::vector<Unchecked> not_checked;  ///< never empty
};
/// One for each entry, the supported first; empty where no host has `signs` or `look`.
std::vector<EntryHypothesis> find_entries(const findings::Examination& examination,
                                          const Story& story, const std::optional<Since>& since,
                                          const MoveTable& moves, const Places& places);

}  // namespace konseki::story
