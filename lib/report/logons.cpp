#include "konseki/report/logons.h"

#include <limits>

#include "konseki/render/csv.h"
#include "summary_story.h"

namespace konseki::report {
namespace {

void append_row(render::CsvWriter& row, const findings::Examination& examination,
                const story::Told& told, const story::Move& move) {
    row.cell(told.places.at(move.from).name);
    row.cell(move.address);
    row.cell(told.places.at(move.to).name);
    row.cell(move.account);
    row.cell(findings::name_of(move.kind));
    row.cell(move.span.first ? to_iso(*move.span.first) : "");
    row.cell(move.span.last ? to_iso(*move.span.last) : "");
    row.number(static_cast<std::int64_t>(move.count));
    std::string hosts, reasons;
    for (const std::uint32_t host : move.recorded_by) {
        if (!hosts.empty()) hosts += ';';
        hosts += examination.hosts[host].name;
    }
    for (const story::Unusual reason : move.unusual) {
        if (!reasons.empty()) reasons += ';';
        reasons += story::name_of(reason);
    }
    row.cell(hosts);
    row.cell(reasons);
    row.end_row();
}

}  // namespace

std::string make_logons_csv(const findings::Examination& examination, const story::Told& told) {
    std::string out(render::csv_byte_order_mark);
    render::CsvWriter row(out);
    for (const std::string_view column : {"from", "from_address", "to", "account", "how", "first",
                                          "last", "count", "recorded_by", "unusual"})
        row.cell(column);
    row.end_row();
    for (const story::Move& move : told.moves.moves) append_row(row, examination, told, move);
    return out;
}

std::string make_logons_json(const findings::Examination& examination, const story::Told& told) {
    render::JsonBuffer out;
    render::JsonWriter writer(out);
    writer.open_object();
    writer.text("schema", "konseki/logons/1");
    append_movements(writer, examination, told, std::numeric_limits<std::size_t>::max());
    writer.close_object();
    writer.end_line();
    return std::string(out.text());
}

}  // namespace konseki::report
