#pragma once

#include "page.h"

namespace konseki::report {

/// A finding down to its record: where it stands in the evidence, and all its fields with the matched text marked.
void write_record(Page& page, const ShownRecord& record);

/// Only the values that matched, marked, in one line; nothing where none are known.
void write_matched(Page& page, const ShownRecord& record);

}  // namespace konseki::report
