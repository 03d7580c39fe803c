#include "records/flat_json.h"

#include <algorithm>
#include <array>

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

constexpr std::array<std::string_view, 5> notes = {"code_page_guessed", "code_page_host", "values_missing",
                                                   "value_damaged", "truncated_output"};

/// Integers above 2^53, which many readers of JSON round, become text.
constexpr std::uint64_t max_exact_number = std::uint64_t{1} << 53;

void append_field_value(render::JsonBuffer& out, const Value& value) {
    const bool is_wide = !value.is_array() && value.size == 8 &&
                         (value.wire() == records::WireType::uint64 || value.wire() == records::WireType::int64);
    if (is_wide) {
        const auto number = load_le<std::int64_t>(value.data);
        const bool fits = number >= -static_cast<std::int64_t>(max_exact_number) &&
                          number <= static_cast<std::int64_t>(max_exact_number);
        if (!fits) {
            append_json_string(out, records::to_text(value));
            return;
        }
    }
    if (value.is_null()) out.append("null");
    else append_value(out, value, value.is_array() ? "[]" : "\"\"");
}

void append_system(render::JsonBuffer& out, const Batch& batch, const Record& record, std::string_view key,
                   std::uint16_t field) {
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

FlatJsonWriter::Groups FlatJsonWriter::make_groups(const Shape& shape) const {
    Groups groups;
    const auto add = [&](std::size_t index) {
        render::JsonBuffer key;
        append_json_string(key, shape.fields[index].name);
        key.append(':');
        const auto known = std::ranges::find(groups, key.text(), &Group::key);
        if (known == groups.end()) groups.push_back({std::string(key.text()), {static_cast<std::uint16_t>(index)}});
        else known->fields.push_back(static_cast<std::uint16_t>(index));
    };
    if (only_.empty()) {
        for (std::size_t index = 0; index < shape.fields.size(); ++index)
            if (!stands_outside(shape.system, static_cast<std::uint16_t>(index))) add(index);
        return groups;
    }
    for (const std::string& wanted : only_)
        for (std::size_t index = 0; index < shape.fields.size(); ++index)
            if (shape.fields[index].name == wanted || shape.fields[index].path == wanted) add(index);
    return groups;
}

const FlatJsonWriter::Groups& FlatJsonWriter::groups_for(const Shape& shape) {
    if (shape.id == Shape::batch_owned) {
        own_ = make_groups(shape);
        return own_;
    }
    if (shape.id >= by_shape_.size()) by_shape_.resize(shape.id + 1);
    std::unique_ptr<Groups>& known = by_shape_[shape.id];
    if (!known) known = std::make_unique<Groups>(make_groups(shape));
    return *known;
}

void FlatJsonWriter::write_fields(const Batch& batch, const Record& record, render::JsonBuffer& out) {
    const Shape& shape = *record.shape;
    out.append('{');
    bool is_first = true;
    for (const Group& group : groups_for(shape)) {
        std::size_t present = 0;
        for (const std::uint16_t field : group.fields) present += batch.has(record, shape.fields[field]) ? 1 : 0;
        if (present == 0) continue;
        if (!is_first) out.append(',');
        is_first = false;
        out.append(group.key);
        // A name that occurs more than once in the log's layout is always a list, so that readers see one form.
        const bool is_list = group.fields.size() > 1;
        bool is_first_item = true;
        if (is_list) out.append('[');
        for (const std::uint16_t field : group.fields) {
            if (!batch.has(record, shape.fields[field])) continue;
            if (!is_first_item) out.append(',');
            is_first_item = false;
            append_field_value(out, batch.value(record, shape.fields[field].slot));
        }
        if (is_list) out.append(']');
    }
    out.append('}');
}

void FlatJsonWriter::write(const Batch& batch, const Record& record, std::string_view path,
                           render::JsonBuffer& out) {
    const SystemFields& system = record.shape->system;
    out.append("{\"time\":\"");
    out.commit(write_iso(record.time, out.room(32)));
    out.append("\",\"host\":");
    const Value host = batch.field(record, system.computer);
    if (is_empty(host)) out.append("\"(none)\"");
    else append_field_value(out, host);
    append_system(out, batch, record, ",\"log\":", system.channel);
    append_system(out, batch, record, ",\"provider\":", system.provider);
    out.append(",\"id\":");
    std::uint64_t number = 0;
    if (records::as_unsigned(batch.field(record, system.event_id), number)) render::append_json_number(out, number);
    else out.append("null");
    out.append(",\"record\":");
    render::append_json_number(out, record.record_id);
    append_system(out, batch, record, ",\"level\":", system.level);
    out.append(",\"source\":{\"path\":");
    render::append_json_string(out, path);
    out.append(",\"offset\":");
    render::append_json_number(out, record.offset);
    out.append(record.recovered ? ",\"recovered\":true},\"fields\":" : ",\"recovered\":false},\"fields\":");
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
