#pragma once

#include "found_plan.h"
#include "page.h"

namespace konseki::report {

/// What the script needs to filter and sort the list of findings: hidden until it runs.
void write_filter(Page& page, const FoundPlan& plan);

}  // namespace konseki::report
