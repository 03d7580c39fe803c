#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/detect/rules.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/options.h"
#include "konseki/findings/examination.h"
#include "konseki/findings/printer.h"
#include "konseki/findings/work_days.h"

namespace konseki::examine {

/// What a run looks for. Values that the caller owns and that outlive the Examination.
struct Knowledge {
    const detect::Rules* rules = nullptr;
    bool traces = true;  ///< also gather what can be compared between cases
    /// Makes who prints what findings show, one per thread. Not asked where there are no rules.
    std::function<std::unique_ptr<findings::FindingPrinter>()> make_printer = {};
    findings::WorkDays days = {};  ///< when the organisation works
};

/// Reads the items, matches them against the rules, and gives everything found. The result does not
/// depend on the number of threads. Damage, unreadable files and cancelling are part of the result; it
/// fails only where the spill folder does (`io`, for example a full disk).
Result<findings::Examination> examine(const std::vector<evidence::Item>& items,
                                      const Knowledge& knowledge, const Options& options);

}  // namespace konseki::examine
