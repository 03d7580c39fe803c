#pragma once

#include <vector>

#include "konseki/evidence/walk.h"
#include "konseki/examine/options.h"
#include "konseki/findings/examination.h"

namespace konseki::examine {

/// Finds files with the same bytes: of each set the first by path stays, the others become
/// `same_as_other`. Only files of the same size whose first bytes are the same are read (a log's first
/// chunk header holds a checksum of its records), so hardly any file is read for this that is no copy.
/// Sets sha256 of what it read.
void find_twins(const std::vector<evidence::Item>& items, const Options& options,
                findings::Reading& reading);

}  // namespace konseki::examine
