#include "konseki/report/logons.h"

#include <limits>

#include "html/arrows.h"
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
    row.number(static_cast<std::int64_t>(move.elevated));
    if (move.longest_session > 0)
        row.number(move.longest_session / Time::per_second);
    else
        row.cell("");
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

/// The part of the style sheet of report.html that the picture uses. A file of its own has no variables.
constexpr std::string_view picture_style =
    "svg{background:#fff}text{font:700 14px sans-serif;fill:#1a1a1a}.k-tick{font-size:12px}"
    ".k-way{fill:none;stroke:#1a1a1a;stroke-width:1.5}.k-usual{stroke:#767676;stroke-width:1}"
    ".k-one-side{stroke-dasharray:5 3}.k-ink{fill:#1a1a1a}.k-faint-tip{fill:#767676}";

}  // namespace

std::string make_logons_csv(const findings::Examination& examination, const story::Told& told) {
    std::string out(render::csv_byte_order_mark);
    render::CsvWriter row(out);
    for (const std::string_view column :
         {"from", "from_address", "to", "account", "how", "first", "last", "count", "elevated",
          "longest_session_seconds", "recorded_by", "unusual"})
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

std::string make_logons_svg(const story::Told& told, render::Language language) {
    const std::vector<Way> ways = ways_of(told);
    const SvgWriter::Size size = size_of_ways(ways, Width::wide);
    const std::string width = std::to_string(size.width), height = std::to_string(size.height);
    std::string out = R"(<?xml version="1.0" encoding="UTF-8"?>)"
                      "\n";
    HtmlWriter html(out);
    const auto say = [&](std::string_view key) { return render::say(language, key); };
    {
        const auto whole = html.in(
            "svg", {{"xmlns", "http://www.w3.org/2000/svg"}, {"width", width}, {"height", height}});
        html.element("title", say("html.moves.label"));
        html.markup("<style>");
        html.markup(picture_style);
        html.markup("</style>");
        draw_ways(html, told, ways, Width::wide,
                  {say("html.moves.label"), say("html.moves.sources"), say("html.moves.targets")});
    }
    out += '\n';
    return out;
}

}  // namespace konseki::report
