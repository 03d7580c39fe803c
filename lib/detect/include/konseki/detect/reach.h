#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/detect/rules.h"
#include "konseki/findings/examination.h"

namespace konseki::detect {

/// Where there were records that a rule looks at.
struct RuleReach {
    std::vector<std::uint32_t> hosts;  ///< as in LogCount, sorted
    std::optional<Time> since;         ///< the earliest of these records
};

/// Which of the listed rules must fire before a correlation can.
enum class Needs : std::uint8_t { any, each, first };

/// The rules that a correlation lists; of any other rule none.
struct ListedRules {
    std::vector<std::uint32_t> rules;  ///< as in Rules::info()
    Needs needs = Needs::any;
};

/// What of the evidence the rules look at.
struct EvidenceReach {
    std::vector<RuleReach> rules;    ///< one per rule; of a correlation that of the rules it lists
    std::vector<ListedRules> lists;  ///< one per rule
    std::vector<bool> is_looked_at;  ///< one per LogCount: some rule looks at such records
};
EvidenceReach reach_of(const Rules& rules, const std::vector<findings::LogCount>& logs);

}  // namespace konseki::detect
