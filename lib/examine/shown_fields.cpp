#include "shown_fields.h"

#include <algorithm>
#include <string_view>

#include "entry.h"
#include "entry_codec.h"

namespace konseki::examine {
namespace {

using findings::FieldKind;
using records::Batch;
using records::Record;
using records::Shape;
using records::SystemFields;
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
bool is_shown(const Shape& shape, std::size_t index) {
    if (shape.fields[index].section != records::Section::system) return true;
    return index == shape.system.provider || index == shape.system.event_id ||
           index == shape.system.channel;
}

std::size_t count_values(const Value& value) {
    if (!value.is_array()) return 1;
    std::size_t count = 0;
    records::for_each_item(value, [&](const Value&) { ++count; });
    return count;
}

std::uint16_t field_named(const Shape& shape, std::string_view name) {
    for (std::size_t i = 0; i < shape.fields.size(); ++i)
        if (shape.fields[i].name == name) return static_cast<std::uint16_t>(i);
    return SystemFields::none;
}

ShownFields make_shown_fields(const Shape& shape) {
    ShownFields shown;
    for (std::size_t i = 0; i < shape.fields.size(); ++i) {
        if (!is_shown(shape, i)) continue;
        const auto index = static_cast<std::uint16_t>(i);
        const auto same = std::find_if(shown.groups.begin(), shown.groups.end(), [&](const auto& group) {
            return shape.fields[group.front()].name == shape.fields[i].name;
        });
        if (same == shown.groups.end()) {
            if (shown.groups.size() < max_shown_fields) shown.groups.push_back({index});
        } else if (same->size() < max_shown_values) {
            same->push_back(index);
        }
    }
    for (const auto& [name, domain] :
         {std::pair{"TargetUserName", "TargetDomainName"}, {"SubjectUserName", "SubjectDomainName"},
          {"User", ""}, {"AccountName", ""}, {"Security_UserID", ""}}) {
        const std::uint16_t field = field_named(shape, name);
        if (field != SystemFields::none) shown.accounts.push_back({field, field_named(shape, domain)});
    }
    return shown;
}

}  // namespace

const ShownFields& RecordEntries::fields_of(const Shape& shape) {
    if (shape.id == Shape::batch_owned) {
        own_ = make_shown_fields(shape);
        return own_;
    }
    if (shape.id >= by_shape_.size()) by_shape_.resize(shape.id + 1);
    std::unique_ptr<ShownFields>& known = by_shape_[shape.id];
    if (!known) known = std::make_unique<ShownFields>(make_shown_fields(shape));
    return *known;
}

/// The account that an event is about: the target where it names one, else the subject, else `User`,
/// else the SID in System/Security. `-` and empty values name none.
std::string RecordEntries::account_of(const ShownFields& shown, const Batch& batch,
                                      const Record& record) const {
    for (const auto [name_field, domain_field] : shown.accounts) {
        std::string name = records::to_text(batch.field(record, name_field));
        if (name.empty() || name == "-") continue;
        const std::string domain = records::to_text(batch.field(record, domain_field));
        return domain.empty() || domain == "-" ? name : domain + "\\" + name;
    }
    return {};
}

/// A name that stands more than once in the log's layout is a list; so is an array, unless it has one
/// item. Absent fields are left out.
void RecordEntries::append_field(std::vector<std::byte>& out, const Batch& batch,
                                 const Record& record, const std::vector<std::uint16_t>& group) {
    const Shape& shape = *record.shape;
    EntryWriter writer(out);
    std::size_t count = 0;
    for (const std::uint16_t index : group)
        if (batch.has(record, shape.fields[index]))
            count += count_values(batch.value(record, shape.fields[index].slot));
    std::size_t left = std::min(count, max_shown_values);
    writer.text(shape.fields[group.front()].name);
    writer.u8(group.size() > 1 || count != 1 ? 1 : 0);
    writer.number(left);
    for (const std::uint16_t index : group) {
        if (!batch.has(record, shape.fields[index])) continue;
        records::for_each_item(batch.value(record, shape.fields[index].slot), [&](const Value& item) {
            if (left == 0) return;
            --left;
            append_one(writer, item, text_);
        });
    }
}

void RecordEntries::append(std::vector<std::byte>& out, const Batch& batch, const Record& record,
                           const std::vector<traces::Trace>& traces) {
    const ShownFields& shown = fields_of(*record.shape);
    const auto is_present = [&](const std::vector<std::uint16_t>& group) {
        return std::any_of(group.begin(), group.end(), [&](std::uint16_t index) {
            return batch.has(record, record.shape->fields[index]);
        });
    };
    EntryWriter writer(out);
    writer.cut_text(account_of(shown, batch, record), max_value_bytes);
    writer.number(static_cast<std::uint64_t>(
        std::count_if(shown.groups.begin(), shown.groups.end(), is_present)));
    for (const std::vector<std::uint16_t>& group : shown.groups)
        if (is_present(group)) append_field(out, batch, record, group);
    const std::size_t count = std::min(traces.size(), max_shown_traces);
    writer.number(count);
    for (std::size_t i = 0; i < count; ++i) {
        writer.u8(static_cast<std::uint8_t>(traces[i].type));
        writer.cut_text(traces[i].value, max_value_bytes);
    }
}

}  // namespace konseki::examine
