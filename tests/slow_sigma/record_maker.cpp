#include "record_maker.h"

#include <cstring>

#include "konseki/base/result.h"

#include "glob.h"

namespace konseki::slow_sigma {

using records::FieldKind;
using records::Section;
using records::Value;
using records::WireType;

namespace {

void append_utf16(std::string& out, std::string_view utf8) {
    const auto unit = [&](std::uint32_t value) {
        out += static_cast<char>(value & 0xff);
        out += static_cast<char>(value >> 8);
    };
    for (const char32_t c : code_points(utf8)) {
        if (c < 0x10000) {
            unit(c);
        } else {
            unit(0xd800 + ((c - 0x10000) >> 10));
            unit(0xdc00 + ((c - 0x10000) & 0x3ff));
        }
    }
}

struct SystemName {
    std::string_view name, path;
    std::uint16_t records::SystemFields::* index;
};
constexpr SystemName system_names[] = {
    {"Provider_Name", "Event/System/Provider/@Name", &records::SystemFields::provider},
    {"EventID", "Event/System/EventID", &records::SystemFields::event_id},
    {"Level", "Event/System/Level", &records::SystemFields::level},
    {"TimeCreated_SystemTime", "Event/System/TimeCreated/@SystemTime",
     &records::SystemFields::time},
    {"EventRecordID", "Event/System/EventRecordID", &records::SystemFields::record_id},
    {"Channel", "Event/System/Channel", &records::SystemFields::channel},
    {"Computer", "Event/System/Computer", &records::SystemFields::computer},
};

void set_field(records::Shape& shape, const std::string& name, std::uint16_t index) {
    records::Field field;
    field.name = shape.text.copy(name);
    field.section = Section::event_data;
    field.path = shape.text.copy("Event/EventData/Data[@Name='" + name + "']");
    if (name == "Data") field.path = shape.text.copy("Event/EventData/Data");
    field.slot = static_cast<std::uint16_t>(2 * index);
    std::byte* const needs = shape.text.allocate(sizeof(std::uint16_t));
    const auto presence = static_cast<std::uint16_t>(2 * index + 1);
    std::memcpy(needs, &presence, sizeof presence);
    for (const SystemName& known : system_names) {
        if (known.name != name) continue;
        field.section = Section::system;
        field.path = shape.text.copy(known.path);
        field.kind = known.path.find('@') == std::string_view::npos ? FieldKind::element
                                                                    : FieldKind::attribute;
        if (shape.system.*known.index == records::SystemFields::none)
            shape.system.*known.index = index;
    }
    field.needs = {static_cast<const std::uint16_t*>(static_cast<const void*>(needs)), 1};
    shape.fields.push_back(field);
}

}  // namespace

MadeValue made_text(std::string_view utf8, bool utf16) {
    if (!utf16) return {WireType::utf8, false, std::string(utf8)};
    MadeValue value{WireType::string, false, {}};
    append_utf16(value.bytes, utf8);
    return value;
}

MadeValue made_null() { return {WireType::null, false, {}}; }

MadeValue made_number(WireType type, std::uint64_t number, std::size_t size) {
    MadeValue value{type, false, {}};
    for (std::size_t at = 0; at < size; ++at)
        value.bytes += static_cast<char>(number >> (8 * at) & 0xff);
    return value;
}

MadeValue made_array(const std::vector<std::string>& texts) {
    MadeValue value{WireType::string, true, {}};
    for (const std::string& text : texts) {
        append_utf16(value.bytes, text);
        value.bytes += std::string(2, '\0');
    }
    return value;
}

const records::Shape* RecordMaker::shape(const std::vector<std::string>& names,
                                         records::Batch& batch, bool owned) {
    std::string key;
    for (const std::string& name : names) key += name + '\0';
    const Bytes bytes = as_bytes(key);
    if (!owned)
        if (const records::Shape* const known = shapes_->find(bytes)) return known;
    auto shape = std::make_unique<records::Shape>();
    shape->key.assign(bytes.begin(), bytes.end());
    shape->value_count = static_cast<std::uint16_t>(2 * names.size());
    for (std::uint16_t index = 0; index < names.size(); ++index)
        set_field(*shape, names[index], index);
    if (!owned)
        if (const records::Shape* const added = shapes_->add(shape)) return added;
    batch.own_shapes.push_back(std::move(shape));
    return batch.own_shapes.back().get();
}

void RecordMaker::add(records::Batch& batch, const records::Shape& shape,
                      const std::vector<std::optional<MadeValue>>& values) {
    require(values.size() == shape.fields.size(), "a value for each field");
    records::Record record;
    record.shape = &shape;
    record.first_value = static_cast<std::uint32_t>(batch.values.size());
    record.record_id = batch.records.size() + 1;
    for (const std::optional<MadeValue>& made : values) {
        Value value{}, presence{};
        if (made) {
            const Bytes bytes = batch.arena.copy(as_bytes(made->bytes));
            const auto type = static_cast<std::uint8_t>(made->type);
            value = {bytes.data(), static_cast<std::uint32_t>(bytes.size()),
                     static_cast<std::uint8_t>(type | (made->array ? records::array_flag : 0))};
            presence = Value::utf8("1");
        }
        batch.values.push_back(value);
        batch.values.push_back(presence);
    }
    batch.records.push_back(record);
}

}  // namespace konseki::slow_sigma
