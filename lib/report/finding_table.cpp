#include "konseki/render/csv.h"
#include "konseki/report/findings.h"
#include "level.h"

namespace konseki::report {
namespace {

using findings::Examination;
using findings::Finding;

/// `T1059.001, T1027`.
std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) {
        if (!out.empty()) out += ", ";
        out += text;
    }
    return out;
}

const findings::FieldValue* value_of(const Finding& finding, std::string_view name) {
    for (const findings::ShownField& field : finding.fields)
        if (field.name == name && !field.values.empty()) return &field.values.front();
    return nullptr;
}

void append_value_member(render::JsonWriter& writer, render::JsonKey key, const Finding& finding,
                         std::string_view field) {
    const findings::FieldValue* const value = value_of(finding, field);
    if (value != nullptr) writer.text(key, value->text);
}

/// `Rule title on HOST: field=value, …`: what an analyst reads in the list of a timeline.
std::string make_message(const Examination& examination, const Finding& finding) {
    std::string text = examination.rules[finding.rule].title + " on " +
                       examination.hosts[finding.host].name;
    const char* separator = ": ";
    for (const findings::MatchedValue& matched : finding.matched) {
        text += separator + matched.field + '=' + matched.value;
        separator = ", ";
    }
    return text;
}

/// `2019-04-17T01:02:03.123456+00:00`, as Timesketch's importer wants it.
std::string to_timesketch(Time time) {
    std::string text = to_iso(time);
    text.resize(text.size() - 2);
    return text + "+00:00";
}

}  // namespace

void append_timeline_line(render::JsonBuffer& out, const Examination& examination,
                          const Finding& finding) {
    const findings::RuleInfo& rule = examination.rules[finding.rule];
    render::JsonWriter writer(out);
    writer.open_object();
    writer.text("message", make_message(examination, finding));
    writer.text("datetime", to_timesketch(finding.time));
    writer.key("timestamp");
    writer.number(finding.time.unix_microseconds());
    writer.text("timestamp_desc",
                rule.kind == findings::RuleKind::correlation ? "Last Correlated Event" : "Event Logged");
    writer.text("level", shown_level(rule));
    writer.text("rule_id", rule.id);
    writer.text("rule_title", rule.title);
    if (!rule.author.empty()) writer.text("rule_author", rule.author);
    writer.text("computer_name", examination.hosts[finding.host].name);
    if (!finding.account.empty()) writer.text("account", finding.account);
    append_value_member(writer, "channel", finding, "Channel");
    append_value_member(writer, "provider", finding, "Provider_Name");
    append_value_member(writer, "event_identifier", finding, "EventID");
    if (!finding.events.empty()) {
        writer.text("source_path", examination.reading.items[finding.events.front().item].path);
        writer.number("record_number", finding.events.front().record);
    }
    writer.number("event_count", finding.count);
    writer.open_array("tag");
    for (const std::string& technique : rule.attack) writer.text(technique);
    writer.close_array();
    writer.text("finding_id", finding.id);
    writer.close_object();
    writer.end_line();
}

void append_finding_csv_head(std::string& out) {
    out += render::csv_byte_order_mark;
    render::CsvWriter csv(out);
    for (const std::string_view name : {"time_utc", "time_local", "level", "host", "account", "title",
                                        "rule_id", "rule_author", "count", "path", "record", "attack"})
        csv.cell(name);
    csv.end_row();
}

void append_finding_csv_row(std::string& out, const Examination& examination,
                            const Finding& finding, const Zone& zone) {
    const findings::RuleInfo& rule = examination.rules[finding.rule];
    render::CsvWriter csv(out);
    csv.cell(to_iso(finding.time));
    csv.cell(to_local(finding.time, zone));
    csv.cell(shown_level(rule));
    csv.cell(examination.hosts[finding.host].name);
    csv.cell(finding.account);
    csv.cell(rule.title);
    csv.cell(rule.id);
    csv.cell(rule.author);
    csv.number(static_cast<std::int64_t>(finding.count));
    if (finding.events.empty()) {
        csv.empty();
        csv.empty();
    } else {
        csv.cell(examination.reading.items[finding.events.front().item].path);
        csv.cell(std::to_string(finding.events.front().record));
    }
    csv.cell(joined(rule.attack));
    csv.end_row();
}

}  // namespace konseki::report
