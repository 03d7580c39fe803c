// What could be seen: hosts by what shows an intruder's steps, and hosts by log.
#include <algorithm>

#include "konseki/render/numbers.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "recording.h"
#include "table.h"
#include "timeline.h"
#include "unknown.h"

namespace konseki::report {
namespace {

using story::HostView;
using story::Sight;

void write_sight_row(Page& page, const HostView& view) {
    const auto row = page.html.in("tr");
    {
        const auto name = page.html.in("th", {{"scope", "row"}});
        write_verdict_mark(page, view.verdict);
        page.html.found(page.host_name(view.host));
        page.html.element("small", page.say(verdict_key(view.verdict)));
    }
    for (std::size_t i = 0; i < view.sights.size(); ++i) {
        const std::string_view label = page.say(sight_key(static_cast<Sight>(i)));
        const story::LogView& sight = view.sights[i];
        if (sight.records == 0)
            write_hatched(page, label);
        else
            write_cell(page, label,
                       sight.span.first ? page.day(*sight.span.first) : page.say("html.seen"));
    }
}

void write_sights(Page& page) {
    const std::vector<HostView>& hosts = page.data.story.hosts;
    const std::size_t shown = std::min(hosts.size(), page.data.options.limits.hosts);
    {
        const auto scroll = page.html.in("div", {{"class", "k-scroll"}});
        const auto table = page.html.in("table", {{"class", "k-stack k-sights"}});
        page.html.element("caption", page.say("html.visible.sights", {{"zone", page.zone_name()}}));
        {
            const auto head = page.html.in("thead");
            const auto row = page.html.in("tr");
            page.html.element("th", {{"scope", "col"}}, page.say("html.column.host"));
            for (std::size_t i = 0; i < story::sight_count; ++i)
                page.html.element("th", {{"scope", "col"}},
                                  page.say(sight_key(static_cast<Sight>(i))));
        }
        const auto body = page.html.in("tbody");
        for (std::size_t i = 0; i < shown; ++i) write_sight_row(page, hosts[i]);
    }
    page.left_out(hosts.size(), shown, "summary.json");
}

/// How to see next time what was not seen.
void write_remedies(Page& page) {
    const auto without = hosts_without_sight(page.data.story);
    if (std::ranges::all_of(without, [](const auto& hosts) { return hosts.empty(); })) return;
    page.html.element("h3", page.say("html.visible.remedies"));
    const auto list = page.html.in("dl", {{"class", "k-pairs"}});
    for (std::size_t i = 0; i < without.size(); ++i) {
        if (without[i].empty()) continue;
        const Sight sight = static_cast<Sight>(i);
        page.html.element("dt", page.say(sight_key(sight)));
        const auto text = page.html.in("dd");
        page.html.text(page.say(sight_remedy_key(sight)));
        const auto hosts = page.html.in("small");
        page.sentence("html.visible.absent_on",
                      {{"hosts", page.host_names(without[i], page.data.options.limits.names)}});
    }
}

void write_log_row(Page& page, const HostView& view, std::size_t at) {
    const story::LogView& log = view.logs[at];
    const auto row = page.html.in("tr", {{"class", at == 0 ? "k-group" : ""}});
    if (at == 0) {
        const auto name = page.html.in(
            "th", {{"scope", "rowgroup"}, {"rowspan", std::to_string(view.logs.size())}});
        page.html.found(page.host_name(view.host));
    }
    write_cell(page, page.say("html.column.log"), log.channel);
    const std::string none(page.say("html.no_time"));
    write_cell(page, page.say("html.column.first"),
               log.span.first ? page.minute(*log.span.first) : none);
    write_cell(page, page.say("html.column.last"),
               log.span.last ? page.minute(*log.span.last) : none);
    write_number(page, page.say("html.column.records"), log.records);
    const auto band = page.html.in("td", {{"class", "k-band-cell"}});
    write_band(page, {.whole = page.data.story.span, .seen = log.span});
}

void write_logs(Page& page) {
    std::size_t all = 0, shown = 0;
    for (const HostView& view : page.data.story.hosts) all += view.logs.size();
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        page.html.element("caption", page.say("html.visible.logs", {{"zone", page.zone_name()}}));
        write_table_head(page, {{page.say("html.column.host")},
                                {page.say("html.column.log")},
                                {page.say("html.column.first")},
                                {page.say("html.column.last")},
                                {page.say("html.column.records"), true},
                                {page.say("html.column.period")}});
        for (const HostView& view : page.data.story.hosts) {
            // One host with thousands of logs must not hide those of the others.
            if (shown + view.logs.size() > page.data.options.limits.logs) continue;
            const auto body = page.html.in("tbody");
            for (std::size_t i = 0; i < view.logs.size(); ++i) write_log_row(page, view, i);
            shown += view.logs.size();
        }
    }
    page.left_out(all, shown, "summary.json");
    const findings::Examination& examination = page.data.examination;
    const auto past_cap = [&](std::string_view key, std::uint64_t records) {
        if (records > 0) page.paragraph("k-note", key, {{"records", render::to_grouped(records)}});
    };
    past_cap("report.other_hosts", examination.other_hosts_records);
    past_cap("report.logs_not_counted", examination.logs_not_counted);
    past_cap("report.reaches_left_out", examination.reaches_left_out);
}

}  // namespace

void write_visibility(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part"}, {"id", page.anchor("visible")}});
    write_section_head(page, "html.head.visible", "html.lead.visible");
    if (page.data.story.hosts.empty()) return page.paragraph("", "html.visible.nothing");
    write_timeline(page);
    write_vanishing(page);
    write_sights(page);
    write_remedies(page);
    write_recording(page);
    write_logs(page);
    write_unused(page);
    write_gaps(page);
}

}  // namespace konseki::report
