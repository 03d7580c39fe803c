#include "entry.h"

#include <string>
#include <utility>

#include "entry_codec.h"
#include "konseki/traces/trace.h"

namespace konseki::examine {
namespace {

using findings::FieldKind;

/// A finding is filled over and over, so its texts keep their memory.
void read_field(EntryReader& reader, findings::ShownField& field) {
    reader.text(field.name);
    field.is_list = reader.u8() != 0;
    field.values.resize(reader.count());
    for (findings::FieldValue& value : field.values) {
        value.kind = static_cast<FieldKind>(reader.u8());
        reader.text(value.text);
    }
}

}  // namespace

Result<void> read_record_entry(Bytes entry, findings::Finding& finding) {
    EntryReader reader(entry);
    reader.text(finding.account);
    finding.fields.resize(reader.count());
    for (findings::ShownField& field : finding.fields) read_field(reader, field);
    finding.traces.resize(reader.count());
    for (findings::FindingTrace& trace : finding.traces) {
        trace.type = traces::name_of(static_cast<traces::TraceType>(reader.u8()));
        reader.text(trace.value);
    }
    return reader.result();
}

void append_hit_entry(std::vector<std::byte>& out, const detect::Explanation& explanation) {
    EntryWriter writer(out);
    writer.number(explanation.matched.size());
    for (const detect::Explanation::Matched& matched : explanation.matched) {
        writer.text(matched.field);
        writer.cut_text(matched.value, max_value_bytes);
        writer.cut_text(matched.pattern, max_value_bytes);
    }
    writer.number(explanation.unchecked.size());
    for (const detect::Explanation::Unchecked& unchecked : explanation.unchecked) {
        writer.text(unchecked.selection);
        writer.number(unchecked.fields.size());
        for (const std::string& field : unchecked.fields) writer.text(field);
    }
}

Result<void> read_hit_entry(Bytes entry, findings::Finding& finding) {
    EntryReader reader(entry);
    finding.matched.resize(reader.count());
    for (findings::MatchedValue& value : finding.matched) {
        reader.text(value.field);
        reader.text(value.value);
        reader.text(value.pattern);
    }
    finding.unchecked.resize(reader.count());
    for (findings::UncheckedFilter& filter : finding.unchecked) {
        reader.text(filter.selection);
        filter.fields.resize(reader.count());
        for (std::string& field : filter.fields) reader.text(field);
    }
    return reader.result();
}

}  // namespace konseki::examine
