#include "summary_story.h"

#include <algorithm>

namespace konseki::report {
namespace {

using findings::Examination;
using findings::LogReach;
using render::JsonWriter;
using story::Told;

void append_gaps(JsonWriter& writer, render::JsonKey key, const std::vector<findings::LogGap>& gaps,
                 bool with_missing) {
    writer.open_array(key);
    for (const findings::LogGap& gap : gaps) {
        writer.open_object();
        if (gap.between.first) writer.time("from", *gap.between.first);
        if (gap.between.last) writer.time("to", *gap.between.last);
        if (with_missing) writer.number("missing", gap.missing);
        writer.close_object();
    }
    writer.close_array();
}

void append_reach(JsonWriter& writer, const Examination& examination, const LogReach& reach) {
    writer.open_object();
    writer.text("host", examination.hosts[reach.host].name);
    writer.text("source", reach.channel);
    append_span(writer, reach.span);
    writer.number("records", reach.records);
    writer.boolean("lost_beginning", reach.has_lost_beginning());
    writer.number("missing", reach.missing);
    if (reach.is_torn) writer.boolean("torn", true);
    writer.number("jumps", reach.jumps);
    append_gaps(writer, "gaps", reach.gaps, true);
    std::vector<findings::LogGap> odd;
    for (const findings::LogGap& silence : reach.silences)
        if (story::is_odd(reach, silence)) odd.push_back(silence);
    append_gaps(writer, "silences", odd, false);
    writer.close_object();
}

void append_sight(JsonWriter& writer, const Examination& examination,
                  const story::HostSight& sight) {
    writer.open_object();
    writer.text("host", examination.hosts[sight.host].name);
    writer.text("command_lines", story::name_of(sight.command_lines));
    writer.boolean("script_blocks", sight.script_blocks);
    writer.boolean("sysmon", sight.sysmon);
    writer.open_array("audit");
    for (std::size_t i = 0; i < sight.audit.size(); ++i)
        if (sight.audit[i] > 0) writer.text(story::name_of(static_cast<story::Audit>(i)));
    writer.close_array();
    writer.close_object();
}

void append_movement(JsonWriter& writer, const Examination& examination, const Told& told,
                     const story::Move& move) {
    writer.open_object();
    writer.text("from", told.places.at(move.from).name);
    if (!move.address.empty()) writer.text("from_address", move.address);
    if (told.places.at(move.from).is_vpn) writer.boolean("from_vpn", true);
    if (!move.calls_itself.empty()) writer.text("from_calls_itself", move.calls_itself);
    writer.text("to", told.places.at(move.to).name);
    if (!move.account.empty()) writer.text("account", move.account);
    writer.text("how", findings::name_of(move.kind));
    append_span(writer, move.span);
    writer.number("count", move.count);
    if (move.elevated > 0) writer.number("elevated", move.elevated);
    if (move.longest_session > 0)
        writer.number("longest_session_seconds",
                      static_cast<std::uint64_t>(move.longest_session / Time::per_second));
    writer.open_array("recorded_by");
    for (const std::uint32_t host : move.recorded_by) writer.text(examination.hosts[host].name);
    writer.close_array();
    writer.boolean("both_sides", move.both_sides);
    writer.open_array("unusual");
    for (const story::Unusual reason : move.unusual) writer.text(story::name_of(reason));
    writer.close_array();
    writer.close_object();
}

void append_next_reason(JsonWriter& writer, const Told& told, const story::NextReason& reason) {
    writer.open_object();
    writer.text("why", story::name_of(reason.why));
    writer.text("tie", story::name_of(reason.tie));
    writer.text("other", told.places.at(reason.other).name);
    writer.text("how", findings::name_of(reason.kind));
    if (!reason.account.empty()) writer.text("account", reason.account);
    append_span(writer, reason.span);
    writer.number("count", reason.count);
    writer.close_object();
}

void append_next(JsonWriter& writer, const Told& told) {
    const std::size_t shown = std::min(told.next.hosts.size(), most_next_hosts);
    writer.open_array("next_hosts");
    for (std::size_t i = 0; i < shown; ++i) {
        const story::NextHost& host = told.next.hosts[i];
        writer.open_object();
        writer.text("name", told.places.at(host.place).name);
        if (told.places.at(host.place).is_vpn) writer.boolean("vpn", true);
        append_span(writer, host.span);
        writer.open_array("reasons");
        for (const story::NextReason& reason : host.reasons)
            append_next_reason(writer, told, reason);
        writer.close_array();
        writer.close_object();
    }
    writer.close_array();
    writer.number("next_hosts_left_out", std::uint64_t{told.next.hosts.size() - shown});
}

void append_steps(JsonWriter& writer, const Examination& examination, const Told& told) {
    const std::size_t shown = std::min(told.steps.size(), most_steps);
    writer.open_array("story");
    for (std::size_t i = 0; i < shown; ++i) {
        const story::Step& step = told.steps[i];
        writer.open_object();
        append_span(writer, step.span);
        writer.text("host", examination.hosts[step.host].name);
        if (!step.account.empty()) writer.text("account", step.account);
        writer.text("rule", examination.rules[step.rule].id);
        writer.text("title", examination.rules[step.rule].title);
        writer.text("level", findings::name_of(step.level));
        writer.number("count", step.count);
        if (step.work_time != findings::WorkTime::working)
            writer.text("work_time", findings::name_of(step.work_time));
        writer.close_object();
    }
    writer.close_array();
    writer.number("story_left_out", told.steps_left_out + (told.steps.size() - shown));
}

void append_since(JsonWriter& writer, const Examination& examination, const Told& told) {
    if (!told.since) return;
    const story::Since& since = *told.since;
    writer.open_object("first_sure");
    if (since.sure.first) writer.time("time", *since.sure.first);
    writer.text("host", examination.hosts[since.host].name);
    if (since.earliest_possible) writer.time("earliest_possible", *since.earliest_possible);
    if (since.visible_since) writer.time("visible_since", *since.visible_since);
    writer.close_object();
    writer.open_object("dwell");
    append_span(writer, since.sure);
    const std::int64_t ticks = since.sure.last->ticks - since.sure.first->ticks;
    writer.number("at_least_seconds", static_cast<std::uint64_t>(ticks / Time::per_second));
    writer.boolean("may_be_longer", since.may_be_longer);
    writer.boolean("is_recent", since.is_recent);
    writer.close_object();
}

void append_entry(JsonWriter& writer, const Examination& examination,
                  const story::EntryHypothesis& one) {
    writer.open_object();
    writer.text("entry", story::name_of(one.entry));
    writer.text("state", story::name_of(one.state));
    writer.open_array("found");
    for (const story::EntryFinding& found : one.found) {
        writer.open_object();
        writer.text("host", examination.hosts[found.host].name);
        writer.text("rule", examination.rules[found.rule].id);
        writer.text("level", findings::name_of(found.level));
        writer.number("count", found.count);
        append_span(writer, found.span);
        writer.close_object();
    }
    writer.close_array();
    writer.number("movements", std::uint64_t{one.moves.size()});
    writer.number("silent_rules", std::uint64_t{one.silent_rules});
    writer.open_array("not_checked");
    for (const story::Unchecked kind : one.not_checked) writer.text(story::name_of(kind));
    writer.close_array();
    writer.close_object();
}

void append_vanishing(JsonWriter& writer, const Examination& examination, const Told& told) {
    writer.open_array("on_one_host");
    for (const story::Rare& one : told.rare) {
        writer.open_object();
        writer.text("type", traces::name_of(one.type));
        writer.text("value", one.value);
        writer.text("host", one.host);
        append_span(writer, one.span);
        writer.number("count", one.count);
        if (one.level > 0)
            writer.text("level", findings::name_of(static_cast<findings::Level>(one.level - 1)));
        writer.close_object();
    }
    writer.close_array();
    writer.number("on_one_host_count", told.rare_count);
    writer.open_array("channels_without_rules");
    for (const story::UnusedChannel& one : told.unused) {
        writer.open_object();
        writer.text("channel", one.channel);
        writer.number("records", one.records);
        writer.number("hosts", one.hosts);
        writer.close_object();
    }
    writer.close_array();
    writer.open_array("before_gone");
    for (const story::Vanishing& one : told.vanishing) {
        writer.open_object();
        writer.text("host", examination.hosts[one.host].name);
        writer.text("source", one.channel);
        writer.time("trace", one.trace);
        writer.time("gone_about", one.gone_at);
        writer.close_object();
    }
    writer.close_array();
}

}  // namespace

void append_span(JsonWriter& writer, const findings::Span& span) {
    if (span.first) writer.time("first", *span.first);
    if (span.last) writer.time("last", *span.last);
}

void append_movements(JsonWriter& writer, const Examination& examination, const Told& told,
                      std::size_t most) {
    const std::size_t shown = std::min(told.moves.moves.size(), most);
    writer.open_array("movements");
    for (std::size_t i = 0; i < shown; ++i)
        append_movement(writer, examination, told, told.moves.moves[i]);
    writer.close_array();
    writer.number("movements_left_out", std::uint64_t{told.moves.moves.size() - shown});
    writer.number("movements_ordinary", told.moves.ordinary_left_out);
    writer.number("movements_not_gathered", examination.movements_left_out);
}

void append_told(JsonWriter& writer, const Examination& examination, const Told& told) {
    writer.open_array("visibility");
    for (const LogReach& reach : examination.reaches) append_reach(writer, examination, reach);
    writer.close_array();
    writer.open_array("recording");
    for (const story::HostSight& sight : told.sight) append_sight(writer, examination, sight);
    writer.close_array();
    append_since(writer, examination, told);
    append_next(writer, told);
    append_vanishing(writer, examination, told);
    writer.open_array("entry");
    for (const story::EntryHypothesis& one : told.entries) append_entry(writer, examination, one);
    writer.close_array();
    append_steps(writer, examination, told);
    append_movements(writer, examination, told, most_movements);
}

}  // namespace konseki::report
