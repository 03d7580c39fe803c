#include "engine/made_log.h"

#include "sigma/encode.h"

namespace konseki::detect {
namespace {

/// Provider, event id, channel and computer stand in front of the fields.
constexpr std::size_t system_fields = 4;

}  // namespace

void MadeLog::add(std::string_view channel, std::string_view provider, std::uint32_t event_id,
                  const std::vector<Put>& fields, std::string_view host) {
    auto shape = std::make_unique<records::Shape>();
    records::Record record;
    record.shape = shape.get();
    record.first_value = static_cast<std::uint32_t>(batch.values.size());
    shape->slot_lists.reserve(fields.size() + 2 * system_fields);
    add_field(*shape, "Provider_Name", "Event/System/Provider/@Name", utf16(provider), false);
    shape->system.provider = 0;
    add_field(*shape, "EventID", "Event/System/EventID", number(event_id), false);
    shape->system.event_id = 1;
    add_field(*shape, "Channel", "Event/System/Channel", utf16(channel), false);
    shape->system.channel = 2;
    add_field(*shape, "Computer", "Event/System/Computer", utf16(host), false);
    shape->system.computer = 3;
    for (const Put& put : fields) {
        const std::string path = "Event/EventData/Data[@Name='" + put.name + "']";
        const bool is_absent = !put.text && !put.raw;
        const records::Value value = put.raw    ? *put.raw
                                     : put.text ? utf16(*put.text)
                                                : records::Value{};
        add_field(*shape, put.name, path, value, is_absent);
    }
    shape->value_count = static_cast<std::uint16_t>(batch.values.size() - record.first_value);
    batch.records.push_back(record);
    batch.own_shapes.push_back(std::move(shape));
}

records::Value MadeLog::utf16(std::string_view text) {
    const Bytes kept = batch.arena.copy(as_bytes(sigma::to_utf16le(text)));
    return {kept.data(), static_cast<std::uint32_t>(kept.size()), 0x01};
}

records::Value MadeLog::number(std::uint32_t value) {
    std::vector<std::byte> bytes;
    for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<std::byte>((value >> (8 * i)) & 0xff));
    const Bytes kept = batch.arena.copy(Bytes(bytes));
    return {kept.data(), 4, 0x08};
}

records::Value MadeLog::hex(std::uint32_t value) {
    records::Value out = number(value);
    out.type = 0x14;
    return out;
}

records::Value MadeLog::array(const std::vector<std::string>& items) {
    std::string joined;
    for (const std::string& item : items) joined.append(item).push_back('\0');
    records::Value out = utf16(joined);
    out.type = 0x81;
    return out;
}

void MadeLog::add_field(records::Shape& shape, std::string_view name, std::string_view path,
                        records::Value value, bool optional) {
    records::Field field;
    field.name = shape.text.copy(name);
    field.path = shape.text.copy(path);
    field.section = shape.fields.size() < system_fields ? records::Section::system
                                                        : records::Section::event_data;
    field.slot = static_cast<std::uint16_t>(shape.fields.size());
    if (optional) {
        shape.slot_lists.push_back(field.slot);
        field.needs = {&shape.slot_lists.back(), 1};
    }
    shape.fields.push_back(field);
    batch.values.push_back(value);
}

}  // namespace konseki::detect
