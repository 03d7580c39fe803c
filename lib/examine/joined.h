#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "finding_stream.h"
#include "konseki/base/result.h"
#include "konseki/detect/join.h"
#include "konseki/detect/rules.h"
#include "konseki/findings/printer.h"
#include "row_sorter.h"
#include "spill.h"

namespace konseki::examine {

/// The sorter of findings, in the order of the store.
std::unique_ptr<RowSorter> make_hit_sorter(const FindingStore& store);

/// Where the findings of correlations go, and who prints their groups.
struct JoinTarget {
    SpillFile& entries;
    RowSorter& hits;
    findings::FindingPrinter& printer;
};
/// Runs all rows through the correlations. Gives what the memory caps took from them.
Result<std::vector<detect::JoinLoss>> join(const detect::Rules& rules, RowSorter& rows,
                                           JoinTarget target);

}  // namespace konseki::examine
