#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "konseki/scenario/evidence_folder.h"

namespace konseki::scenario {

/// A made story: the event logs of a few computers over some days, laid out as they are collected
/// (`HOST/Security.evtx`).
struct Story {
    std::string_view name, says;
};
/// All stories that write_story knows.
std::span<const Story> stories();
/// Writes a story. False where there is no story of that name; what could not be written says the folder.
bool write_story(std::string_view name, EvidenceFolder& folder);

/// An office of any size without an intruder.
struct OfficeSize {
    unsigned hosts =
        3;  ///< 1 to 500 (0.4 MB of memory each); one is a domain controller, one in ten a server
    unsigned days = 10;   ///< from 2019-09-02, a Monday
    unsigned busy = 100;  ///< percent of an ordinary day's events, 1 to 100,000
    std::uint64_t seed = 6;
    /// What looks like an intruder and is none happens there too, each kind once.
    bool false_alarms = true;
    /// And what only the organisation's profile can tell apart (tests/stories/s6-40/profile.yml); 40 hosts or more.
    bool allowed_work = false;
};
/// Writes it. Returns the number of records.
std::uint64_t write_office(const OfficeSize& size, EvidenceFolder& folder);

}  // namespace konseki::scenario
