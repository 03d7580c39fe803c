#pragma once

#include "page.h"

namespace konseki::report {

/// What each host records: command lines, script blocks, Sysmon, parts of the audit policy.
void write_recording(Page& page);
/// Stretches in which records are missing, and silences of logs that are hardly ever silent.
/// Channels of which no rule looks at any record.
void write_unused(Page& page);
void write_gaps(Page& page);
/// Logs that will lose what was found, with the date.
void write_vanishing(Page& page);

}  // namespace konseki::report
