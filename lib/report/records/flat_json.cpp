#include "records/flat_json.h"

#include <algorithm>
#include <array>

#include "konseki/base/text.h"
#include "konseki/base/time.h"
#include "records/value_json.h"

namespace konseki::report {

namespace {

using records::Batch;
using records::Field;
using records::Record;
using records::Shape;
using records::SystemFields;
using records::Value;

constexpr std::array<std::string_view, 5> notes = {
    "code_page_guessed", "code_page_host", "values_missing", "value_damaged", "truncated_output"};

/// Integers above 2^53, which many readers of JSON round, become text.
constexpr std::uint64_t max_exact_number = std::uint64_t{1} << 53;

/// False: the value's text is not longer. One UTF-16 unit becomes three bytes at most.
bool may_exceed(const Value& value, std::size_t limit) {
    if (value.wire() == records::WireType::string) return value.size > limit / 3 * 2;
    return records::max_text_bytes(value) > limit;
}

/// A value that is no array.
void append_field_value(render::JsonBuffer& out, const Value& value, std::size_t limit = SIZE_MAX) {
    const bool is_wide = value.size == 8 && (value.wire() == records::WireType::uint64 ||
                                             value.wire() == records::WireType::int64);
    if (is_wide) {
        const auto number = load_le<std::int64_t>(value.data);
        const bool fits = number >= -static_cast<std::int64_t>(max_exact_number) &&
                          number <= static_cast<std::int64_t>(max_exact_number);
        if (!fits) {
            append_json_string(out, records::to_text(value));
            return;
        }
    }
    if (value.is_null())
        out.append("null");
    else if (may_exceed(value, limit))
        append_json_cut(out, records::to_text(value), limit);
    else
        append_value(out, value, "\"\"");
}

void append_system(render::JsonBuffer& out, const Batch& batch, const Record& record,
                   std::string_view key, std::uint16_t field) {
    out.append(key);
    append_field_value(out, batch.field(record, field));
}

bool stands_outside(const SystemFields& system, std::uint16_t field) {
    return field == system.provider || field == system.event_id || field == system.level ||
           field == system.time || field == system.record_id || field == system.channel ||
           field == system.computer;
}

}  // namespace

std::span<const std::string_view> note_names() { return notes; }

std::string host_of(const Batch& batch, const Record& record) {
    std::string host = records::to_text(batch.field(record, record.shape->system.computer));
    if (host.empty()) host = "(none)";
    return host;
}

void append_json_cut(render::JsonBuffer& out, std::string_view utf8, std::size_t limit) {
    if (utf8.size() <= limit) return render::append_json_string(out, utf8);
    render::append_json_string(out, cut_text(utf8, limit));
}

FlatJsonWriter FlatJsonWriter::of_findings(FlatLimits limits) {
    FlatJsonWriter writer({});
    writer.of_findings_ = true;
    writer.limits_ = limits;
    return writer;
}

bool FlatJsonWriter::is_wanted(const Shape& shape, std::size_t field) const {
    const SystemFields& system = shape.system;
    if (!of_findings_) return !stands_outside(system, static_cast<std::uint16_t>(field));
    return shape.fields[field].section != records::Section::system || field == system.provider ||
           field == system.event_id || field == system.channel;
}

FlatJsonWriter::Groups FlatJsonWriter::make_groups(const Shape& shape) const {
    Groups groups;
    const auto add = [&](std::size_t index) {
        render::JsonBuffer key;
        append_json_string(key, shape.fields[index].name);
        key.append(':');
        const auto known = std::ranges::find(groups, key.text(), &Group::key);
        const auto field = static_cast<std::uint16_t>(index);
        if (known == groups.end() && groups.size() < limits_.fields)
            groups.push_back({std::string(key.text()), {field}});
        else if (known != groups.end())
            known->fields.push_back(field);
    };
    if (only_.empty()) {
        for (std::size_t index = 0; index < shape.fields.size(); ++index)
            if (is_wanted(shape, index)) add(index);
        return groups;
    }
    for (const std::string& wanted : only_)
        for (std::size_t index = 0; index < shape.fields.size(); ++index)
            if (shape.fields[index].name == wanted || shape.fields[index].path == wanted)
                add(index);
    return groups;
}

void FlatJsonWriter::write_fields(const Batch& batch, const Record& record,
                                  render::JsonBuffer& out) {
    out.append('{');
    const std::size_t start = out.size();
    const auto make = [this](const Shape& shape) { return make_groups(shape); };
    for (const Group& group : groups_.of(*record.shape, make)) {
        const auto has = [&](std::uint16_t field) {
            return batch.has(record, record.shape->fields[field]);
        };
        if (std::ranges::none_of(group.fields, has)) continue;
        if (out.size() != start) out.append(',');
        out.append(group.key);
        write_group(batch, record, group, out);
    }
    out.append('}');
}

void FlatJsonWriter::write_group(const Batch& batch, const Record& record, const Group& group,
                                 render::JsonBuffer& out) {
    if (group.fields.size() == 1) {
        const Value& value = batch.value(record, record.shape->fields[group.fields.front()].slot);
        if (!value.is_array()) return append_field_value(out, value, limits_.value_bytes);
    }
    write_list(batch, record, group, out);
}

/// A name that occurs more than once in the log's layout is always a list, so that readers see one form;
/// an array is one, unless it has one item alone.
void FlatJsonWriter::write_list(const Batch& batch, const Record& record, const Group& group,
                                render::JsonBuffer& out) {
    std::size_t count = 0;
    const std::size_t start = out.size();
    out.append('[');
    for (const std::uint16_t field : group.fields) {
        if (!batch.has(record, record.shape->fields[field])) continue;
        records::for_each_item(batch.value(record, record.shape->fields[field].slot),
                               [&](const Value& item) {
                                   if (count == limits_.values) return;
                                   if (count++ > 0) out.append(',');
                                   append_field_value(out, item, limits_.value_bytes);
                               });
    }
    if (count != 1 || group.fields.size() > 1) return out.append(']');
    const std::string alone(out.text().substr(start + 1));
    out.cut(start);
    out.append(alone);
}

void FlatJsonWriter::write(const Batch& batch, const Record& record, std::string_view path,
                           render::JsonBuffer& out) {
    const SystemFields& system = record.shape->system;
    out.append("{\"time\":\"");
    out.commit(write_iso(record.time, out.room(32)));
    out.append("\",\"host\":");
    const Value host = batch.field(record, system.computer);
    if (is_empty(host))
        out.append("\"(none)\"");
    else
        append_field_value(out, host);
    append_system(out, batch, record, ",\"log\":", system.channel);
    append_system(out, batch, record, ",\"provider\":", system.provider);
    out.append(",\"id\":");
    std::uint64_t number = 0;
    if (records::as_unsigned(batch.field(record, system.event_id), number))
        render::append_json_number(out, number);
    else
        out.append("null");
    out.append(",\"record\":");
    render::append_json_number(out, record.record_id);
    append_system(out, batch, record, ",\"level\":", system.level);
    out.append(",\"source\":{\"path\":");
    render::append_json_string(out, path);
    out.append(",\"offset\":");
    render::append_json_number(out, record.offset);
    out.append(record.recovered ? ",\"recovered\":true},\"fields\":"
                                : ",\"recovered\":false},\"fields\":");
    write_fields(batch, record, out);
    out.append(",\"notes\":[");
    bool is_first = true;
    for (std::size_t bit = 0; bit < notes.size(); ++bit) {
        if ((record.notes >> bit & 1) == 0) continue;
        if (!is_first) out.append(',');
        is_first = false;
        render::append_json_string(out, notes[bit]);
    }
    out.append("]}\n");
}

}  // namespace konseki::report
