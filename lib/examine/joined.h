#pragma once

#include <cstdint>
#include <memory>

#include "finding_stream.h"
#include "konseki/base/result.h"
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
/// Runs all rows through the correlations. Gives the number of groups closed early at the memory cap.
Result<std::uint64_t> join(const detect::Rules& rules, RowSorter& rows, JoinTarget target);

}  // namespace konseki::examine
