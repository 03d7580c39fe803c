#include "konseki/report/findings.h"
#include "level.h"

namespace konseki::report {
namespace {

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

}  // namespace konseki::report
