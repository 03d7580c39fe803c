#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/kit/commands.h"
#include "talk.h"

namespace konseki::kit {

struct TrialCounts {
    std::uint64_t passed = 0, failed = 0;
};

/// Runs the trials beside the rules in these folders (`E001.test.yml` beside `E001.yml`) and tells each that
/// goes otherwise with file and line. A trial file that cannot be used counts as failed.
Result<TrialCounts> run_rule_trials(const std::vector<std::filesystem::path>& folders,
                                    std::string_view log_sources, Environment& environment,
                                    const Talk& talk);

}  // namespace konseki::kit
