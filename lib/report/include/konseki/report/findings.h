#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "konseki/base/time.h"
#include "konseki/findings/examination.h"
#include "konseki/render/catalogue.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// The line that a JSON-lines file of ours begins with: `{"schema":"konseki/<name>/1"}`.
void append_schema_line(render::JsonBuffer& out, std::string_view name);

/// `"rule":{…}`: what every output says about a rule.
void append_rule_member(render::JsonWriter& writer, const findings::RuleInfo& rule);

/// Byte order mark and column names of findings.csv.
void append_finding_csv_head(std::string& out);

/// Writes the three lists of findings. What is said of a rule, a host or a file is made once.
class FindingLines {
  public:
    /// The examination must outlive it; `zone` is that of the table's local time, `language` that of what the
    /// table says.
    FindingLines(const findings::Examination& examination, Zone zone, render::Language language);
    ~FindingLines();

    /// A line of findings.jsonl (design "Finding line"). Members that a finding has no value for are left
    /// out; a rule without a level has `null`.
    void append_json(render::JsonBuffer& out, const findings::Finding& finding);
    /// A line of timeline.jsonl, the form that Timesketch imports: message, datetime, timestamp
    /// (microseconds since 1970 UTC), timestamp_desc, and what else helps. That file has no schema line,
    /// which Timesketch would refuse (docs: "Import, JSONL").
    void append_timeline(render::JsonBuffer& out, const findings::Finding& finding);
    /// A row of findings.csv. Formula-safe.
    void append_row(std::string& out, const findings::Finding& finding);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::report
