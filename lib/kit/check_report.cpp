#include "check_report.h"

#include <string>

#include "konseki/report/findings.h"
#include "konseki/report/traces.h"

namespace konseki::kit {
namespace {

/// Text gathered before it goes to a file.
constexpr std::size_t flush_bytes = 256 * 1024;

/// A JSON-lines file and the buffer that its lines are made in.
struct JsonLines {
    OutFile file;
    render::JsonBuffer buffer;

    Result<void> flush_if(std::size_t least) {
        if (buffer.size() < least) return {};
        TRY_VOID(file.write(buffer.text()));
        buffer.clear();
        return {};
    }
    Result<void> finish() {
        TRY_VOID(flush_if(0));
        return file.finish();
    }
};

/// The same for CSV.
struct CsvLines {
    OutFile file;
    std::string buffer;

    Result<void> flush_if(std::size_t least) {
        if (buffer.size() < least) return {};
        TRY_VOID(file.write(buffer));
        buffer.clear();
        return {};
    }
    Result<void> finish() {
        TRY_VOID(flush_if(0));
        return file.finish();
    }
};

Result<report::Tally> write_findings(findings::Examination& examination, const ReportFolder& folder,
                                     const ReportChoice& choice) {
    JsonLines lines{TRY(folder.create_file("findings.jsonl")), {}};
    JsonLines timeline{TRY(folder.create_file("timeline.jsonl")), {}};
    CsvLines table{TRY(folder.create_file("findings.csv")), {}};
    report::append_schema_line(lines.buffer, "finding");
    report::append_finding_csv_head(table.buffer);
    report::FindingLines writer(examination, choice.zone);
    report::Tally tally(examination.rules.size());
    findings::Finding finding;
    while (TRY(examination.findings->next(finding))) {
        tally.add(finding);
        const findings::Level level =
            findings::sort_level(examination.rules[finding.rule].level);
        if (choice.min_level && level < *choice.min_level) continue;
        writer.append_json(lines.buffer, finding);
        writer.append_timeline(timeline.buffer, finding);
        writer.append_row(table.buffer, finding);
        TRY_VOID(lines.flush_if(flush_bytes));
        TRY_VOID(timeline.flush_if(flush_bytes));
        TRY_VOID(table.flush_if(flush_bytes));
    }
    TRY_VOID(lines.finish());
    TRY_VOID(timeline.finish());
    TRY_VOID(table.finish());
    return tally;
}

Result<void> write_traces(findings::Examination& examination, const ReportFolder& folder) {
    JsonLines lines{TRY(folder.create_file("traces.jsonl")), {}};
    CsvLines table{TRY(folder.create_file("traces.csv")), {}};
    report::append_schema_line(lines.buffer, "trace");
    report::append_trace_csv_head(table.buffer);
    traces::TraceLine trace;
    while (TRY(examination.traces->next(trace))) {
        report::append_trace_line(lines.buffer, examination.reading, trace);
        report::append_trace_csv_row(table.buffer, trace);
        TRY_VOID(lines.flush_if(flush_bytes));
        TRY_VOID(table.flush_if(flush_bytes));
    }
    TRY_VOID(lines.finish());
    return table.finish();
}

}  // namespace

Result<report::Tally> write_report(findings::Examination& examination, const ReportFolder& folder,
                                   const ReportChoice& choice) {
    report::Tally tally = TRY(write_findings(examination, folder, choice));
    if (examination.traces) TRY_VOID(write_traces(examination, folder));
    render::JsonBuffer rules;
    report::append_schema_line(rules, "rule");
    report::append_rule_lines(rules, examination);
    TRY_VOID(folder.write_file("rules.jsonl", rules.text()));
    TRY_VOID(folder.write_file("summary.json", report::make_summary_json(examination, tally)));
    return tally;
}

}  // namespace konseki::kit
