#pragma once

#include <string>

#include "konseki/findings/examination.h"
#include "konseki/render/json.h"
#include "konseki/traces/collect.h"

namespace konseki::report {

/// One line of traces.jsonl (design "Trace types"). `lines` are `<path>:<offset>`; `level` is left out
/// where no finding touches the trace.
void append_trace_line(render::JsonBuffer& out, const findings::Reading& reading,
                       const traces::TraceLine& trace);

/// Byte order mark and column names of traces.csv.
void append_trace_csv_head(std::string& out);
/// One row of traces.csv. Formula-safe.
void append_trace_csv_row(std::string& out, const traces::TraceLine& trace);

}  // namespace konseki::report
