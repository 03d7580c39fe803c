#include <algorithm>
#include <utility>

#include "konseki/report/summary.h"
#include "summary_story.h"

namespace konseki::report {
namespace {

using findings::Examination;
using findings::ItemInfo;
using findings::ItemState;
using render::JsonWriter;

void append_reasons(JsonWriter& writer, const Examination& examination, render::JsonKey key,
                    const std::vector<story::Reason>& reasons) {
    writer.open_array(key);
    for (const story::Reason& reason : reasons) {
        writer.open_object();
        writer.text("rule", examination.rules[reason.rule].id);
        writer.text("title", examination.rules[reason.rule].title);
        writer.text("level", findings::name_of(reason.level));
        writer.boolean("may_make_signs", reason.may_make_signs);
        if (reason.label != findings::Label::none) {
            writer.text("label", findings::name_of(reason.label));
            writer.text("label_reason", reason.label_reason);
        }
        writer.number("count", reason.count);
        append_span(writer, reason.span);
        writer.close_object();
    }
    writer.close_array();
}

/// What shows an intruder's steps; only what is there.
void append_sights(JsonWriter& writer, const story::HostView& view) {
    writer.open_object("sights");
    for (std::size_t i = 0; i < story::sight_count; ++i) {
        if (view.sights[i].records == 0) continue;
        writer.any_key(story::name_of(static_cast<story::Sight>(i)));
        writer.open_object();
        writer.number("records", view.sights[i].records);
        append_span(writer, view.sights[i].span);
        writer.close_object();
    }
    writer.close_object();
}

void append_host(JsonWriter& writer, const Examination& examination, const story::HostView& view) {
    const findings::HostInfo& host = examination.hosts[view.host];
    writer.open_object();
    writer.text("name", host.name);
    writer.text("verdict", story::name_of(view.verdict));
    append_reasons(writer, examination, "reasons", view.reasons);
    append_reasons(writer, examination, "set_aside", view.set_aside);
    writer.open_array("missing");
    for (const std::string& log : view.missing) writer.text(log);
    writer.close_array();
    if (!view.late.empty()) {
        writer.open_array("late");
        for (const std::string& log : view.late) writer.text(log);
        writer.close_array();
    }
    append_sights(writer, view);
    append_span(writer, host.span);
    writer.number("records", host.records);
    writer.close_object();
}

void append_hosts(JsonWriter& writer, const Examination& examination, const story::Story& story) {
    writer.open_array("hosts");
    for (const story::HostView& view : story.hosts) append_host(writer, examination, view);
    writer.close_array();
}

/// Only what there is to compare, and what people said.
void append_compared(JsonWriter& writer, const Compared& compared) {
    if (compared.has_previous) {
        writer.open_object("compared");
        writer.number("new", compared.fresh);
        writer.number("kept", compared.kept);
        writer.number("gone", compared.gone);
        writer.close_object();
    }
    if (compared.useful + compared.false_alarm == 0) return;
    writer.open_object("marks");
    writer.number("useful", compared.useful);
    writer.number("false_alarm", compared.false_alarm);
    writer.close_object();
}

/// Findings that are shown and not counted.
void append_set_aside(JsonWriter& writer, const story::Story& story) {
    writer.open_object("set_aside");
    writer.number("own_collection", story.set_aside.own_collection);
    writer.number("sanctioned", story.set_aside.sanctioned);
    writer.close_object();
}

void append_coverage(JsonWriter& writer, const story::Story& story) {
    writer.open_array("coverage");
    for (const story::Coverage& tactic : story.coverage) {
        writer.open_object();
        writer.text("tactic", tactic.tactic);
        writer.number("fired", std::uint64_t{tactic.fired});
        writer.number("possible", std::uint64_t{tactic.possible});
        writer.number("blind", std::uint64_t{tactic.blind});
        writer.number("idle", std::uint64_t{tactic.idle});
        writer.close_object();
    }
    writer.close_array();
}

/// Records by host and log; logs are ordered by both, so equal ones stand together.
void append_logs(JsonWriter& writer, const Examination& examination) {
    writer.open_array("logs");
    for (std::size_t i = 0; i < examination.logs.size();) {
        const findings::LogCount& log = examination.logs[i];
        findings::Span span;
        std::uint64_t records = 0;
        for (; i < examination.logs.size() && examination.logs[i].host == log.host &&
               examination.logs[i].channel == log.channel;
             ++i) {
            span.add(examination.logs[i].span);
            records += examination.logs[i].records;
        }
        writer.open_object();
        writer.text("host", examination.hosts[log.host].name);
        writer.text("log", log.channel);
        append_span(writer, span);
        writer.number("records", records);
        writer.close_object();
    }
    writer.close_array();
}

void append_counts(JsonWriter& writer, const Examination& examination, const Tally& tally) {
    const findings::Totals& totals = examination.reading.totals;
    writer.open_object("counts");
    writer.number("files", totals.files);
    writer.number("copies", totals.copies);
    writer.number("not_examined", totals.not_examined);
    writer.number("unreadable", totals.unreadable);
    writer.number("bytes", totals.bytes);
    writer.number("records", totals.records);
    writer.number("recovered", totals.recovered);
    writer.open_object("findings");
    const auto by_level = tally.by_level(examination.rules);
    for (std::size_t i = level_count; i-- > 0;) {
        writer.any_key(findings::name_of(static_cast<findings::Level>(i)));
        writer.number(by_level[i]);
    }
    writer.close_object();
    writer.close_object();
}

/// Correlations from which the memory caps took something; only where there are any.
void append_losses(JsonWriter& writer, const Examination& examination) {
    bool is_open = false;
    for (std::size_t rule = 0; rule < examination.outcomes.size(); ++rule) {
        const findings::RuleOutcome& outcome = examination.outcomes[rule];
        if (outcome.groups_closed == 0 && !outcome.is_forgetful) continue;
        if (!std::exchange(is_open, true)) writer.open_array("cut");
        writer.open_object();
        writer.text("rule", examination.rules[rule].id);
        writer.text("title", examination.rules[rule].title);
        if (outcome.groups_closed > 0) writer.number("groups", outcome.groups_closed);
        if (outcome.is_forgetful) writer.boolean("forgetful", true);
        writer.close_object();
    }
    if (is_open) writer.close_array();
}

/// Records that are told less of, since a run tells only so much apart; only where there are any.
void append_past_caps(JsonWriter& writer, const Examination& examination) {
    const std::uint64_t hosts = examination.other_hosts_records,
                        kinds = examination.logs_not_counted,
                        reaches = examination.reaches_left_out;
    if (hosts == 0 && kinds == 0 && reaches == 0) return;
    writer.open_object("past_caps");
    if (hosts > 0) writer.number("hosts", hosts);
    if (kinds > 0) writer.number("kinds", kinds);
    if (reaches > 0) writer.number("reaches", reaches);
    writer.close_object();
}

void append_rules(JsonWriter& writer, const Examination& examination) {
    const RuleCounts counts = count_rules(examination);
    writer.open_object("rules");
    writer.number("loaded", counts.usable);
    writer.number("refused", counts.refused);
    writer.number("other_logs", counts.other_logs);
    append_losses(writer, examination);
    writer.close_object();
}

/// Files that were not read as evidence, each with why or with the file that it is a copy of.
void append_items(JsonWriter& writer, const Examination& examination, ItemState state,
                  render::JsonKey key) {
    writer.open_array(key);
    for (const ItemInfo& item : examination.reading.items) {
        if (item.state != state) continue;
        writer.open_object();
        writer.text("path", item.path);
        if (state == ItemState::same_as_other)
            writer.text("same_as", examination.reading.items[item.same_as].path);
        else
            writer.text("reason", item.reason);
        writer.close_object();
    }
    writer.close_array();
}

void append_damage(JsonWriter& writer, const Examination& examination) {
    writer.open_array("damage");
    for (const findings::DamagedPlace& place : examination.reading.damage.sorted()) {
        writer.open_object();
        writer.text("path", examination.reading.items[place.item].path);
        writer.number("offset", place.offset);
        writer.number("bytes", place.bytes);
        writer.text("reason", place.reason);
        writer.close_object();
    }
    writer.close_array();
    writer.number("damage_count", examination.reading.damage.count());
}

}  // namespace

std::string make_summary_json(const Examination& examination, const Tally& tally,
                              const story::Story& story, const story::Told& told) {
    render::JsonBuffer out;
    JsonWriter writer(out);
    writer.open_object();
    writer.text("schema", "konseki/summary/1");
    writer.text("verdict", story::name_of(story.verdict));
    if (story.asked_since) writer.time("asked_since", *story.asked_since);
    append_set_aside(writer, story);
    append_compared(writer, tally.compared());
    append_hosts(writer, examination, story);
    append_logs(writer, examination);
    append_past_caps(writer, examination);
    append_coverage(writer, story);
    writer.number("reasons_left_out", story.reasons_left_out);
    append_told(writer, examination, told);
    append_counts(writer, examination, tally);
    append_rules(writer, examination);
    append_items(writer, examination, ItemState::unreadable, "unreadable");
    append_items(writer, examination, ItemState::not_examined, "not_examined");
    append_items(writer, examination, ItemState::same_as_other, "copies");
    append_damage(writer, examination);
    writer.boolean("partial", examination.reading.partial);
    writer.close_object();
    writer.end_line();
    return std::string(out.text());
}

}  // namespace konseki::report
