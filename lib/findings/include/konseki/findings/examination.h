#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "konseki/base/hash.h"
#include "konseki/base/time.h"
#include "konseki/findings/damage.h"
#include "konseki/findings/finding.h"
#include "konseki/findings/log_reach.h"
#include "konseki/findings/movement.h"
#include "konseki/findings/rule.h"
#include "konseki/findings/span.h"
#include "konseki/traces/collect.h"

namespace konseki::findings {

/// What became of an item.
enum class ItemState : std::uint8_t {
    examined,
    not_examined,   ///< no evidence that we know how to read
    same_as_other,  ///< the same bytes as another item, which was examined
    unreadable,     ///< could not be opened, or every part of it failed
};

/// A file of the input, or a file inside one.
struct ItemInfo {
    std::string path;  ///< relative to the input, with `/`
    std::uint64_t bytes = 0;
    ItemState state = ItemState::not_examined;
    std::string reason;  ///< why not examined or unreadable; empty otherwise
    std::optional<Sha256> sha256;
    std::uint32_t same_as = 0;          ///< for same_as_other: index of the examined one
    std::vector<std::uint32_t> copies;  ///< for the examined one: indexes of the others
    std::uint64_t records = 0;
    std::uint64_t recovered = 0;  ///< of these, carved from slack or unallocated space
};

/// A host, by the Computer of its records. Hosts are ordered by folded name.
struct HostInfo {
    std::string name;    ///< as first written (by path and offset); `(none)` where empty
    std::string folded;  ///< what makes it one host
    Span span;
    std::uint64_t records = 0;
    std::uint64_t processes = 0;      ///< process starts (Security 4688)
    std::uint64_t command_lines = 0;  ///< of these, with a command line
};

/// Records of one kind on one host. Ordered by (host, channel, provider, event id).
struct LogCount {
    std::uint32_t host = 0;  ///< index into Examination::hosts
    std::string channel, provider;
    std::uint64_t event_id = 0;
    std::uint64_t records = 0;
    Span span;
    bool is_looked_at = false;  ///< some rule looks at such records
};

/// What a run learned about one rule.
struct RuleOutcome {
    RuleState state = RuleState::idle;
    std::vector<std::string> missing = {};  ///< fields, sorted, where blind
    /// Hosts with records that it looks at (indexes into Examination::hosts, the first max_hosts) and all of them.
    std::vector<std::uint32_t> hosts = {};
    std::uint64_t host_count = 0;
    std::optional<Time> since = std::nullopt;  ///< the earliest of these records
    /// Of a correlation: groups closed early at the memory cap, and whether no more of what was before could be kept.
    std::uint64_t groups_closed = 0;
    bool is_forgetful = false;

    static constexpr std::size_t max_hosts = 20;
};

/// Sums over the whole run.
struct Totals {
    std::uint64_t files = 0;  ///< examined or unreadable, without copies
    std::uint64_t copies = 0;
    std::uint64_t not_examined = 0;
    std::uint64_t unreadable = 0;
    std::uint64_t bytes = 0;  ///< of examined files
    std::uint64_t records = 0;
    std::uint64_t recovered = 0;
};

/// What reading the evidence gave, whatever was looked for.
struct Reading {
    std::vector<ItemInfo> items;  ///< in the order of their paths
    DamageList damage;
    Totals totals;
    bool partial = false;  ///< cancelled before the end
};

/// The whole result of a run. Findings are streamed, the rest is in memory.
struct Examination {
    Reading reading;
    std::vector<HostInfo> hosts;
    std::vector<LogCount> logs;
    std::uint64_t logs_not_counted = 0;     ///< records past the cap on kinds of records
    std::uint64_t other_hosts_records = 0;  ///< records of hosts past the cap, told as one host
    std::vector<LogReach> reaches;          ///< ordered by (host, channel)
    std::uint64_t reaches_left_out = 0;     ///< records of logs past the cap on these
    std::vector<Movement> movements;        ///< ordered as Movement says
    std::uint64_t movements_left_out = 0;   ///< events past the cap on movements
    std::vector<RuleInfo> rules;
    std::vector<RuleOutcome> outcomes;  ///< one per rule
    std::vector<RuleProblem> problems;
    std::unique_ptr<FindingSource> findings;   ///< also holds what `traces` reads from
    std::optional<traces::TraceLines> traces;  ///< absent where they were not asked for
};

}  // namespace konseki::findings
