#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/findings/examination.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// The line that a JSON-lines file of ours begins with: `{"schema":"konseki/<name>/1"}`.
void append_schema_line(render::JsonBuffer& out, std::string_view name);

/// Writes the lines of findings.jsonl (design "Finding line"). Members that a finding has no value for are
/// left out; a rule without a level has `null`. What is said of a rule is made once.
class FindingLines {
  public:
    /// The examination must outlive it.
    explicit FindingLines(const findings::Examination& examination);
    void append(render::JsonBuffer& out, const findings::Finding& finding);

  private:
    const std::string& rule_member(std::uint32_t rule);

    const findings::Examination& examination_;
    std::vector<std::string> rule_members_;
};

/// `"rule":{…}`: what every output says about a rule.
void append_rule_member(render::JsonWriter& writer, const findings::RuleInfo& rule);

/// One line of timeline.jsonl, the form that Timesketch imports: message, datetime, timestamp
/// (microseconds since 1970 UTC), timestamp_desc, and what else helps. That file has no schema line,
/// which Timesketch would refuse (docs: "Import, JSONL").
void append_timeline_line(render::JsonBuffer& out, const findings::Examination& examination,
                          const findings::Finding& finding);

/// Byte order mark and column names of findings.csv.
void append_finding_csv_head(std::string& out);
/// One row of findings.csv. Formula-safe.
void append_finding_csv_row(std::string& out, const findings::Examination& examination,
                            const findings::Finding& finding, const Zone& zone);

}  // namespace konseki::report
