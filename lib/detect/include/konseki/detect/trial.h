#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/detect/rules.h"

namespace konseki::detect {

// The records beside a rule on which it must fire, and on which it must not: a YAML file
//
//   fires:
//     - {log: System, provider: Service Control Manager, id: 7045, host: PC07, time: …, fields: {ServiceName: x}}
//     - [{…}, {…}]        several records, for a correlation
//   silent:
//     - {…}
//
// For rules with `check: {calendar: outside}` the file has a `calendar:` as a profile has one, and may have a `zone:`
// (else Asia/Tokyo).
//
// A record is a record line, shortened to what matters; a number is a number of the log, all else text, and a
// list a repeated field.

/// A trial that went otherwise than the file says.
struct FailedTrial {
    std::uint32_t line = 0;  ///< of the trial in its file
    bool must_fire = false;
};
struct TrialResult {
    std::size_t trials = 0;
    std::vector<FailedTrial> failed;
};

/// Runs all trials of a file with the rules of `rule` alone. Fails with bad_value (line and what is wrong)
/// where the file is no such file or holds no trial, or where a rule of `rule` cannot be used.
Result<TrialResult> run_trials(const RuleFile& rule, const RuleFile& trials,
                               const CompileOptions& options);

}  // namespace konseki::detect
