#include "entry.h"

#include <string>
#include <utility>

#include "entry_codec.h"
#include "konseki/traces/trace.h"

namespace konseki::examine {
namespace {

using findings::FieldKind;

findings::ShownField read_field(EntryReader& reader) {
    findings::ShownField field;
    field.name = reader.text();
    field.is_list = reader.u8() != 0;
    const std::size_t count = reader.count();
    for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
        const auto kind = static_cast<FieldKind>(reader.u8());
        field.values.push_back({kind, reader.text()});
    }
    return field;
}

}  // namespace

Result<void> read_record_entry(Bytes entry, findings::Finding& finding) {
    EntryReader reader(entry);
    finding.account = reader.text();
    const std::size_t fields = reader.count();
    for (std::size_t i = 0; i < fields && !reader.failed(); ++i)
        finding.fields.push_back(read_field(reader));
    const std::size_t traces = reader.count();
    for (std::size_t i = 0; i < traces && !reader.failed(); ++i) {
        const auto type = static_cast<traces::TraceType>(reader.u8());
        finding.traces.push_back({std::string(traces::name_of(type)), reader.text()});
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
    const std::size_t matched = reader.count();
    for (std::size_t i = 0; i < matched && !reader.failed(); ++i) {
        findings::MatchedValue value;
        value.field = reader.text();
        value.value = reader.text();
        value.pattern = reader.text();
        finding.matched.push_back(std::move(value));
    }
    const std::size_t unchecked = reader.count();
    for (std::size_t i = 0; i < unchecked && !reader.failed(); ++i) {
        findings::UncheckedFilter filter;
        filter.selection = reader.text();
        const std::size_t fields = reader.count();
        for (std::size_t j = 0; j < fields && !reader.failed(); ++j)
            filter.fields.push_back(reader.text());
        finding.unchecked.push_back(std::move(filter));
    }
    return reader.result();
}

}  // namespace konseki::examine
