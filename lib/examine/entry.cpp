#include "entry.h"

#include <algorithm>
#include <string>

#include "account.h"
#include "entry_codec.h"
#include "konseki/base/text.h"

namespace konseki::examine {
namespace {

using findings::FieldKind;
using records::Batch;
using records::Record;
using records::Value;
using records::WireType;

FieldKind kind_of(const Value& value) {
    if (value.is_null()) return FieldKind::null;
    switch (value.wire()) {
        case WireType::int8:
        case WireType::uint8:
        case WireType::int16:
        case WireType::uint16:
        case WireType::int32:
        case WireType::uint32:
        case WireType::int64:
        case WireType::uint64: return FieldKind::integer;
        case WireType::boolean: return FieldKind::boolean;
        default: return FieldKind::text;
    }
}

void append_one(EntryWriter& writer, const Value& value, std::string& text) {
    text.clear();
    records::append_text(text, value);
    FieldKind kind = kind_of(value);
    if (kind == FieldKind::boolean && text != "true" && text != "false") kind = FieldKind::text;
    writer.u8(static_cast<std::uint8_t>(kind));
    writer.cut_text(text, max_value_bytes);
}

/// Fields of the System section that say which log an event is from; the others are the same for every
/// record or stand in the finding itself.
bool is_shown(const records::Shape& shape, std::size_t index) {
    if (shape.fields[index].section != records::Section::system) return true;
    return index == shape.system.provider || index == shape.system.event_id ||
           index == shape.system.channel;
}

/// Values of one field: of an array its items.
std::size_t count_values(const Value& value) {
    if (!value.is_array()) return 1;
    std::size_t count = 0;
    records::for_each_item(value, [&](const Value&) { ++count; });
    return std::min(count, max_shown_values);
}

/// The fields with this name are gathered where the first of them stands, as in the record line.
void append_field(EntryWriter& writer, const Batch& batch, const Record& record,
                  const std::vector<std::uint16_t>& same_name, std::string& text) {
    std::size_t count = 0;
    bool is_list = same_name.size() > 1;
    for (const std::uint16_t index : same_name) {
        const Value value = batch.field(record, index);
        is_list = is_list || value.is_array();
        count += count_values(value);
    }
    count = std::min(count, max_shown_values);
    writer.text(record.shape->fields[same_name.front()].name);
    writer.u8(is_list ? 1 : 0);
    writer.number(count);
    for (const std::uint16_t index : same_name)
        records::for_each_item(batch.field(record, index), [&](const Value& item) {
            if (count == 0) return;
            --count;
            append_one(writer, item, text);
        });
}

/// Indexes of present, shown fields, grouped by name. Names of a shape repeat rarely, so the search for
/// an equal one is over the few groups that exist.
std::vector<std::vector<std::uint16_t>> group_fields(const Batch& batch, const Record& record) {
    const records::Shape& shape = *record.shape;
    std::vector<std::vector<std::uint16_t>> groups;
    for (std::size_t i = 0; i < shape.fields.size(); ++i) {
        if (!is_shown(shape, i) || !batch.has(record, shape.fields[i])) continue;
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
            return shape.fields[group.front()].name == shape.fields[i].name;
        });
        if (same != groups.end()) {
            if (same->size() < max_shown_values) same->push_back(static_cast<std::uint16_t>(i));
        } else if (groups.size() < max_shown_fields) {
            groups.push_back({static_cast<std::uint16_t>(i)});
        }
    }
    return groups;
}

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

void append_record_entry(std::vector<std::byte>& out, const Batch& batch, const Record& record,
                         const std::vector<traces::Trace>& traces) {
    EntryWriter writer(out);
    std::string text;
    writer.cut_text(account_of(batch, record), max_value_bytes);
    const std::vector<std::vector<std::uint16_t>> groups = group_fields(batch, record);
    writer.number(groups.size());
    for (const std::vector<std::uint16_t>& group : groups)
        append_field(writer, batch, record, group, text);
    const std::size_t count = std::min(traces.size(), max_shown_traces);
    writer.number(count);
    for (std::size_t i = 0; i < count; ++i) {
        writer.u8(static_cast<std::uint8_t>(traces[i].type));
        writer.cut_text(traces[i].value, max_value_bytes);
    }
}

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
