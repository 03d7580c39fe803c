#include "recording.h"

#include <algorithm>
#include <functional>
#include <tuple>

#include "konseki/render/numbers.h"
#include "table.h"
#include "words.h"

namespace konseki::report {
namespace {

using findings::LogGap;
using findings::LogReach;
using render::to_grouped;

void write_yes(Page& page, std::string_view label, bool yes) {
    if (yes)
        write_cell(page, label, page.say("html.seen"));
    else
        write_hatched(page, label);
}

void write_sight(Page& page, const story::HostSight& sight) {
    const auto row = page.html.in("tr");
    {
        const auto name = page.html.in("th", {{"scope", "row"}});
        page.html.found(page.host_name(sight.host));
    }
    const std::string_view lines = page.say("html.recording.lines");
    if (sight.command_lines == story::CommandLines::no_processes)
        write_hatched(page, lines);
    else
        write_cell(page, lines, page.say(command_lines_key(sight.command_lines)));
    write_yes(page, page.say("html.recording.scripts"), sight.script_blocks);
    write_yes(page, page.say("html.recording.sysmon"), sight.sysmon);
    std::string audit;
    for (std::size_t i = 0; i < sight.audit.size(); ++i) {
        if (sight.audit[i] == 0) continue;
        if (!audit.empty()) audit += page.say("html.comma");
        audit += page.say(audit_key(static_cast<story::Audit>(i)));
    }
    if (audit.empty())
        write_hatched(page, page.say("html.recording.audit"));
    else
        page.html.element("td", {{"data-label", page.say("html.recording.audit")}}, audit);
}

/// A gap with its log, for a list over all of them.
struct Stretch {
    const LogReach* reach = nullptr;
    LogGap gap = {};
};

/// Most missing records first, then the longest silence: only the first are shown.
std::tuple<std::uint64_t, std::int64_t> size_of(const Stretch& stretch) {
    const findings::Span& span = stretch.gap.between;
    const std::int64_t length = span.first ? span.last->ticks - span.first->ticks : 0;
    return {stretch.gap.missing, length};
}

std::vector<Stretch> stretches_of(const findings::Examination& examination) {
    std::vector<Stretch> out;
    for (const LogReach& reach : examination.reaches) {
        if (reach.is_torn) out.push_back({&reach, {reach.missing, reach.span}});
        for (const LogGap& gap : reach.gaps) out.push_back({&reach, gap});
        for (const LogGap& gap : reach.silences)
            if (story::is_odd(reach, gap)) out.push_back({&reach, gap});
    }
    std::ranges::stable_sort(out, std::greater(), size_of);
    return out;
}

void write_stretch(Page& page, const Stretch& stretch) {
    const auto row = page.html.in("tr");
    write_cell(page, page.say("html.column.host"), page.host_name(stretch.reach->host));
    write_cell(page, page.say("html.column.log"), stretch.reach->channel);
    write_cell(page, page.say("html.gaps.between"), page.span(stretch.gap.between));
    const auto cell = page.html.in("td", {{"data-label", page.say("html.gaps.what")}});
    if (stretch.reach->is_torn && stretch.gap.missing == stretch.reach->missing)
        page.sentence("html.gaps.torn", {{"count", to_grouped(stretch.gap.missing)}});
    else if (stretch.gap.missing > 0)
        page.sentence("html.gaps.missing", {{"count", to_grouped(stretch.gap.missing)}});
    else
        page.html.text(page.say("html.gaps.silence"));
}

}  // namespace

void write_recording(Page& page) {
    const std::vector<story::HostView>& hosts = page.data.story.hosts;
    const std::size_t shown = std::min(hosts.size(), page.data.options.limits.hosts);
    {
        const auto table = page.html.in("table", {{"class", "k-stack k-recording"}});
        page.html.element("caption", page.say("html.recording"));
        write_table_head(page, {{page.say("html.column.host")},
                                {page.say("html.recording.lines")},
                                {page.say("html.recording.scripts")},
                                {page.say("html.recording.sysmon")},
                                {page.say("html.recording.audit")}});
        const auto body = page.html.in("tbody");
        for (std::size_t i = 0; i < shown; ++i)
            write_sight(page, page.data.told.sight[hosts[i].host]);
    }
    page.left_out(hosts.size(), shown, "summary.json");
    page.paragraph("k-note", "html.recording.note");
}

void write_unused(Page& page) {
    const std::vector<story::UnusedChannel>& all = page.data.told.unused;
    if (all.empty()) return;
    page.html.element("h3", page.say("html.unused"));
    page.paragraph("", "html.unused.lead");
    const std::size_t shown = std::min(all.size(), page.data.options.limits.places);
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        write_table_head(page, {{page.say("html.column.log")},
                                {page.say("html.column.records"), true},
                                {page.say("html.unused.hosts"), true}});
        const auto body = page.html.in("tbody");
        for (std::size_t i = 0; i < shown; ++i) {
            const auto row = page.html.in("tr");
            write_cell(page, page.say("html.column.log"), all[i].channel);
            write_number(page, page.say("html.column.records"), all[i].records);
            write_number(page, page.say("html.unused.hosts"), all[i].hosts);
        }
    }
    page.left_out(all.size(), shown, "summary.json");
}

void write_gaps(Page& page) {
    const std::vector<Stretch> all = stretches_of(page.data.examination);
    page.html.element("h3", page.say("html.gaps"));
    if (all.empty()) return page.paragraph("", "html.gaps.none");
    const std::size_t shown = std::min(all.size(), page.data.options.limits.gaps);
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        write_table_head(page, {{page.say("html.column.host")},
                                {page.say("html.column.log")},
                                {page.say("html.gaps.between")},
                                {page.say("html.gaps.what")}});
        const auto body = page.html.in("tbody");
        for (std::size_t i = 0; i < shown; ++i) write_stretch(page, all[i]);
    }
    page.left_out(all.size(), shown, "summary.json");
    page.paragraph("k-note", "html.gaps.note");
}

void write_vanishing(Page& page) {
    const std::vector<story::Vanishing>& all = page.data.told.vanishing;
    if (all.empty()) return;
    page.html.element("h3", page.say("html.gone"));
    const std::size_t shown = std::min(all.size(), page.data.options.limits.hosts);
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        write_table_head(page, {{page.say("html.column.host")},
                                {page.say("html.column.log")},
                                {page.say("html.gone.trace")},
                                {page.say("html.gone.about")}});
        const auto body = page.html.in("tbody");
        for (std::size_t i = 0; i < shown; ++i) {
            const story::Vanishing& one = all[i];
            const auto row = page.html.in("tr");
            write_cell(page, page.say("html.column.host"), page.host_name(one.host));
            write_cell(page, page.say("html.column.log"), one.channel);
            write_cell(page, page.say("html.gone.trace"), page.minute(one.trace));
            write_cell(page, page.say("html.gone.about"), page.day(one.gone_at));
        }
    }
    page.left_out(all.size(), shown, "summary.json");
    page.paragraph("k-note", "html.gone.note");
}

}  // namespace konseki::report
