#include <charconv>

#include "konseki/base/bytes.h"
#include "konseki/report/findings.h"
#include "level.h"

namespace konseki::report {
namespace {

using findings::Examination;
using findings::FieldKind;
using findings::Finding;
using render::JsonBuffer;
using render::JsonWriter;

template <class Texts>
void append_texts(JsonWriter& writer, render::JsonKey key, const Texts& texts) {
    if (texts.empty()) return;
    writer.open_array(key);
    for (const std::string& text : texts) writer.text(text);
    writer.close_array();
}

void append_optional(JsonWriter& writer, render::JsonKey key, const std::string& text) {
    if (!text.empty()) writer.text(key, text);
}

/// Integers go out bare as far as JSON readers keep them exact; JsonWriter decides that.
void append_integer(JsonWriter& writer, const std::string& text) {
    const char* const end = text.data() + text.size();
    std::int64_t negative = 0;
    std::uint64_t positive = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, positive);
        error == std::errc{} && at == end)
        return writer.number(positive);
    if (const auto [at, error] = std::from_chars(text.data(), end, negative);
        error == std::errc{} && at == end)
        return writer.number(negative);
    writer.text(text);
}

void append_value(JsonWriter& writer, const findings::FieldValue& value) {
    switch (value.kind) {
        case FieldKind::text: writer.text(value.text); break;
        case FieldKind::integer: append_integer(writer, value.text); break;
        case FieldKind::boolean: writer.boolean(value.text == "true"); break;
        case FieldKind::null: writer.null(); break;
    }
}

void append_fields(JsonWriter& writer, const Finding& finding) {
    writer.open_object("fields");
    for (const findings::ShownField& field : finding.fields) {
        writer.any_key(field.name);
        if (!field.is_list && field.values.size() == 1) {
            append_value(writer, field.values.front());
            continue;
        }
        writer.open_array();
        for (const findings::FieldValue& value : field.values) append_value(writer, value);
        writer.close_array();
    }
    writer.close_object();
}

/// Paths of files with the same bytes as an item.
void append_copies(JsonWriter& writer, const Examination& examination, std::uint32_t item) {
    const std::vector<std::uint32_t>& copies = examination.reading.items[item].copies;
    if (copies.empty()) return;
    writer.open_array("also");
    for (const std::uint32_t copy : copies) writer.text(examination.reading.items[copy].path);
    writer.close_array();
}

void append_events(JsonWriter& writer, const Examination& examination, const Finding& finding) {
    writer.open_array("events");
    for (const findings::EventRef& event : finding.events) {
        const findings::ItemInfo& item = examination.reading.items[event.item];
        writer.open_object();
        writer.time("time", event.time);
        writer.text("host", examination.hosts[event.host].name);
        writer.text("path", item.path);
        append_copies(writer, examination, event.item);
        if (item.sha256) writer.text("sha256", to_hex(*item.sha256));
        writer.number("record", event.record);
        writer.number("offset", event.offset);
        writer.boolean("recovered", event.recovered);
        writer.close_object();
    }
    writer.close_array();
}

void append_why(JsonWriter& writer, const Finding& finding) {
    writer.open_array("matched");
    for (const findings::MatchedValue& matched : finding.matched) {
        writer.open_object();
        writer.text("field", matched.field);
        writer.text("value", matched.value);
        writer.text("pattern", matched.pattern);
        writer.close_object();
    }
    writer.close_array();
    writer.open_array("unchecked");
    for (const findings::UncheckedFilter& filter : finding.unchecked) {
        writer.open_object();
        writer.text("selection", filter.selection);
        writer.open_array("fields");
        for (const std::string& field : filter.fields) writer.text(field);
        writer.close_array();
        writer.close_object();
    }
    writer.close_array();
}

void append_traces(JsonWriter& writer, const Finding& finding) {
    writer.open_array("traces");
    for (const findings::FindingTrace& trace : finding.traces) {
        writer.open_object();
        writer.text("type", trace.type);
        writer.text("value", trace.value);
        writer.close_object();
    }
    writer.close_array();
}

}  // namespace

void append_schema_line(JsonBuffer& out, std::string_view name) {
    JsonWriter writer(out);
    writer.open_object();
    writer.text("schema", "konseki/" + std::string(name) + "/1");
    writer.close_object();
    writer.end_line();
}

void append_rule_member(JsonWriter& writer, const findings::RuleInfo& rule) {
    writer.open_object("rule");
    writer.text("id", rule.id);
    writer.text("title", rule.title);
    if (rule.level)
        writer.text("level", findings::name_of(*rule.level));
    else
        writer.key("level"), writer.null();
    writer.text("kind", findings::name_of(rule.kind));
    writer.text("origin", rule.origin);
    append_optional(writer, "author", rule.author);
    append_optional(writer, "license", rule.license);
    append_texts(writer, "references", rule.references);
    writer.close_object();
}

FindingLines::FindingLines(const Examination& examination)
    : examination_(examination), rule_members_(examination.rules.size()) {}

const std::string& FindingLines::rule_member(std::uint32_t rule) {
    std::string& member = rule_members_[rule];
    if (member.empty()) {
        JsonBuffer buffer;
        JsonWriter writer(buffer);
        append_rule_member(writer, examination_.rules[rule]);
        member = buffer.text();
    }
    return member;
}

void FindingLines::append(JsonBuffer& out, const Finding& finding) {
    const findings::RuleInfo& rule = examination_.rules[finding.rule];
    JsonWriter writer(out);
    writer.open_object();
    writer.text("id", finding.id);
    writer.raw(rule_member(finding.rule));
    writer.time("time", finding.time);
    writer.text("host", examination_.hosts[finding.host].name);
    append_optional(writer, "account", finding.account);
    append_events(writer, examination_, finding);
    writer.number("count", finding.count);
    writer.open_array("attack");
    for (const std::string& technique : rule.attack) writer.text(technique);
    writer.close_array();
    append_fields(writer, finding);
    append_why(writer, finding);
    append_traces(writer, finding);
    writer.close_object();
    writer.end_line();
}

}  // namespace konseki::report
