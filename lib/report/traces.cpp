#include "konseki/report/traces.h"

#include "konseki/findings/rule.h"
#include "konseki/render/csv.h"

namespace konseki::report {
namespace {

/// Levels are counted from 1, so that 0 says that no finding touches the trace.
std::string_view level_name(std::uint8_t level) {
    return findings::name_of(static_cast<findings::Level>(level - 1));
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) {
        if (!out.empty()) out += ' ';
        out += text;
    }
    return out;
}

}  // namespace

void append_trace_line(render::JsonBuffer& out, const findings::Reading& reading,
                       const traces::TraceLine& trace) {
    render::JsonWriter writer(out);
    writer.open_object();
    writer.text("type", traces::name_of(trace.type));
    writer.text("value", trace.value);
    writer.open_array("written");
    for (const std::string& written : trace.written) writer.text(written);
    writer.close_array();
    if (trace.first != Time{}) writer.time("first", trace.first);
    if (trace.last != Time{}) writer.time("last", trace.last);
    writer.number("count", trace.count);
    writer.open_array("hosts");
    for (const std::string& host : trace.hosts) writer.text(host);
    writer.close_array();
    writer.open_array("lines");
    for (const traces::Place& place : trace.lines)
        writer.text(reading.items[static_cast<std::uint32_t>(place.item)].path + ':' +
                    std::to_string(place.offset));
    writer.close_array();
    if (!trace.domain.empty()) writer.text("domain", trace.domain);
    if (trace.level > 0) writer.text("level", level_name(trace.level));
    writer.boolean("victim", trace.victim);
    writer.close_object();
    writer.end_line();
}

void append_trace_csv_head(std::string& out) {
    out += render::csv_byte_order_mark;
    render::CsvWriter csv(out);
    for (const std::string_view name : {"type", "value", "written", "first", "last", "count",
                                        "hosts", "domain", "level", "victim"})
        csv.cell(name);
    csv.end_row();
}

void append_trace_csv_row(std::string& out, const traces::TraceLine& trace) {
    render::CsvWriter csv(out);
    csv.cell(traces::name_of(trace.type));
    csv.cell(trace.value);
    csv.cell(trace.written.empty() ? std::string_view() : trace.written.front());
    csv.cell(trace.first == Time{} ? std::string() : to_iso(trace.first));
    csv.cell(trace.last == Time{} ? std::string() : to_iso(trace.last));
    csv.number(static_cast<std::int64_t>(trace.count));
    csv.cell(joined(trace.hosts));
    csv.cell(trace.domain);
    csv.cell(trace.level > 0 ? level_name(trace.level) : std::string_view());
    csv.cell(trace.victim ? "true" : "false");
    csv.end_row();
}

}  // namespace konseki::report
