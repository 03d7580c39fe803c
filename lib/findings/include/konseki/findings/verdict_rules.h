#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "konseki/base/time.h"

namespace konseki::findings {

/// From when on findings make a verdict. Data, so that a team can have its own.
struct VerdictRules {
    std::uint32_t critical_for_signs = 1;
    /// Findings of level high with this many different tactics.
    std::uint32_t high_tactics_for_signs = 2;
    std::uint32_t high_for_look = 1;
    std::uint32_t medium_tactics_for_look = 3;
    /// Logs without which nothing can be told of a host.
    std::vector<std::string> minimum = {"Security", "System"};
    /// Rules of others (by id) that proved silent on ordinary logs: they may make `signs`.
    std::set<std::string, std::less<>> trusted = {};
    /// Since when the question is asked: where a log of `minimum` begins later, nothing can be told.
    std::optional<Time> asked_since = {};
};

}  // namespace konseki::findings
