// Traces that findings touch: what to look for on other hosts and in other logs.
#include <algorithm>
#include <array>
#include <span>

#include "konseki/traces/trace.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "table.h"

namespace konseki::report {
namespace {

/// Hosts that a row names.
constexpr std::size_t most_hosts = 3;

/// In the order of TraceType; what names the victim is not listed.
constexpr std::array<std::string_view, 19> type_keys = {
    "html.trace.domain",      "html.trace.url",        "html.trace.ipv4",
    "html.trace.ipv6",        "html.trace.email",      "html.trace.md5",
    "html.trace.sha1",        "html.trace.sha256",     "html.trace.imphash",
    "html.trace.file_name",   "html.trace.file_path",  "html.trace.registry_key",
    "html.trace.pipe",        "html.trace.service",    "html.trace.task",
    "html.trace.mutex",       "html.trace.user_agent", "html.trace.certificate",
    "html.trace.command_line"};

/// A line each: names are not broken where another follows.
void write_hosts(Page& page, const traces::TraceLine& trace) {
    const auto cell = page.html.in("td", {{"data-label", page.say("html.column.host")}});
    const std::size_t shown = std::min(trace.hosts.size(), most_hosts);
    for (const std::string& host : std::span(trace.hosts).first(shown)) {
        const auto line = page.html.in("span", {{"class", "k-each"}});
        page.html.found(host);
    }
    if (shown < trace.hosts.size())
        page.sentence("html.trace.more_hosts",
                      {{"count", std::to_string(trace.hosts.size() - shown)}});
}

void write_row(Page& page, const traces::TraceLine& trace) {
    const auto row = page.html.in("tr");
    write_cell(page, page.say("html.trace.type"),
               page.say(type_keys[static_cast<std::size_t>(trace.type)]));
    {
        const auto cell = page.html.in("td", {{"data-label", page.say("html.trace.value")}});
        const auto value = page.html.in("span", {{"class", "k-mono"}});
        page.html.found(traces::defang(trace.type, trace.value));
    }
    {
        const auto level = page.html.in("td", {{"data-label", page.say("html.who.highest")}});
        write_level(page, static_cast<findings::Level>(trace.level - 1));
    }
    write_hosts(page, trace);
    findings::Span span;
    span.add(trace.first);
    span.add(trace.last);
    write_times_cell(page, page.say("html.rare.span"), span);
    write_number(page, page.say("html.column.count"), trace.count);
}

}  // namespace

void write_traces_found(Page& page) {
    const ShownTraces& traces = page.data.shown.traces;
    const auto part = page.html.in("section", {{"class", "k-part"}, {"id", page.anchor("traces")}});
    write_section_head(page, "html.head.traces", "html.lead.traces");
    if (traces.kept().empty()) return page.paragraph("", "html.trace.none");
    const std::size_t shown = std::min(traces.kept().size(), page.data.options.limits.traces);
    {
        const auto table = page.html.in("table", {{"class", "k-stack k-traces"}});
        write_table_head(page, {{page.say("html.trace.type")},
                                {page.say("html.trace.value")},
                                {page.say("html.who.highest")},
                                {page.say("html.column.host")},
                                {page.say("html.rare.span")},
                                {page.say("html.column.count"), true}});
        const auto body = page.html.in("tbody");
        for (const traces::TraceLine& trace : std::span(traces.kept()).first(shown))
            write_row(page, trace);
    }
    page.left_out(traces.count(), shown, "traces.csv");
}

}  // namespace konseki::report
