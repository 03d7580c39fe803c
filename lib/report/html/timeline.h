#pragma once

#include "page.h"

namespace konseki::report {

/// The picture of what could be seen and what happened: a row for each host over time, drawn for wide and for
/// narrow screens, with its legend. Nothing where no record has a sound time.
void write_timeline(Page& page);

}  // namespace konseki::report
