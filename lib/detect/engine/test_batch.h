#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/body.h"
#include "engine/flatten.h"
#include "konseki/detect/match.h"
#include "konseki/detect/rules.h"
#include "konseki/records/batch.h"

namespace konseki::detect::test {

/// A field of a record made by hand. `value`: absent = in the shape, but not in the record; text is
/// UTF-16 as EVTX has it.
struct Put {
    std::string name;
    std::optional<std::string> text;
    std::optional<records::Value> raw = {};  ///< instead of text; bytes must outlive the batch
};

inline Put null_field(std::string name) {
    return {std::move(name), std::nullopt, records::Value{}};
}
inline Put absent_field(std::string name) { return {std::move(name), std::nullopt}; }

/// Batches of records that are given as (name, value) pairs. System fields are put first.
class TestLog {
  public:
    records::Batch batch;

    /// Adds a record; the fields after the system ones are EventData.
    void add(std::string_view channel, std::string_view provider, std::uint32_t event_id,
             const std::vector<Put>& fields) {
        auto shape = std::make_unique<records::Shape>();
        records::Record record;
        record.shape = shape.get();
        record.first_value = static_cast<std::uint32_t>(batch.values.size());
        shape->slot_lists.reserve(fields.size() + 8);
        add_field(*shape, "Provider_Name", "Event/System/Provider/@Name", utf16(provider), false);
        shape->system.provider = 0;
        add_field(*shape, "EventID", "Event/System/EventID", number(event_id), false);
        shape->system.event_id = 1;
        add_field(*shape, "Channel", "Event/System/Channel", utf16(channel), false);
        shape->system.channel = 2;
        add_field(*shape, "Computer", "Event/System/Computer", utf16("HOST-1"), false);
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

    records::Value utf16(std::string_view text) {
        std::vector<std::byte> bytes;
        for (std::size_t at = 0; at < text.size();) {
            char32_t c = next(text, at);
            if (c >= 0x10000) {
                push_unit(bytes, 0xd800 + ((c - 0x10000) >> 10));
                c = 0xdc00 + ((c - 0x10000) & 0x3ff);
            }
            push_unit(bytes, c);
        }
        const Bytes kept = batch.arena.copy(Bytes(bytes));
        return {kept.data(), static_cast<std::uint32_t>(kept.size()), 0x01};
    }
    records::Value number(std::uint32_t value) {
        std::vector<std::byte> bytes;
        for (int i = 0; i < 4; ++i)
            bytes.push_back(static_cast<std::byte>((value >> (8 * i)) & 0xff));
        const Bytes kept = batch.arena.copy(Bytes(bytes));
        return {kept.data(), 4, 0x08};
    }
    /// As number, printed 0x…
    records::Value hex(std::uint32_t value) {
        records::Value out = number(value);
        out.type = 0x14;
        return out;
    }
    /// An array of strings.
    records::Value array(const std::vector<std::string>& items) {
        std::string joined;
        for (const std::string& item : items) joined.append(item).push_back('\0');
        records::Value out = utf16(joined);
        out.type = 0x81;
        return out;
    }

  private:
    static void push_unit(std::vector<std::byte>& out, char32_t unit) {
        out.push_back(static_cast<std::byte>(unit & 0xff));
        out.push_back(static_cast<std::byte>((unit >> 8) & 0xff));
    }
    static char32_t next(std::string_view text, std::size_t& at);

    void add_field(records::Shape& shape, std::string_view name, std::string_view path,
                   records::Value value, bool optional) {
        records::Field field;
        field.name = shape.text.copy(name);
        field.path = shape.text.copy(path);
        field.section =
            shape.fields.size() < 4 ? records::Section::system : records::Section::event_data;
        field.slot = static_cast<std::uint16_t>(shape.fields.size());
        if (optional) {
            shape.slot_lists.push_back(field.slot);
            field.needs = {&shape.slot_lists.back(), 1};
        }
        shape.fields.push_back(field);
        batch.values.push_back(value);
    }
};

/// Pattern from a text with `*`, `?` and `~` (any dash).
sigma::Pattern pattern(std::string_view written, bool cased = false);
sigma::Node field_is(std::string field, std::string_view written, bool cased = false);
inline sigma::Node contains(std::string field, std::string_view part) {
    return field_is(std::move(field), "*" + std::string(part) + "*");
}
inline sigma::Node ends(std::string field, std::string_view part) {
    return field_is(std::move(field), "*" + std::string(part));
}
sigma::Node regex(std::string field, std::string_view written, bool ignore_case = false);
sigma::Node number(std::string field, std::int64_t value);
sigma::Node of_kind(sigma::Test::Kind kind, std::string field);
sigma::Node all(std::vector<sigma::Node> children);
sigma::Node any(std::vector<sigma::Node> children);
sigma::Node no(sigma::Node child);
sigma::Node named(std::string selection, sigma::Node node);

/// Rules 0, 1, 2 … with these conditions, on the given routes (default: every event).
Rules rules_of(std::vector<sigma::Node> conditions, std::vector<sigma::Route> routes = {});
sigma::Route route_to(std::string channel, std::vector<std::uint32_t> event_ids = {});

/// Hits as "record:rule", with "?" behind an unchecked one.
std::vector<std::string> hits_of(const Rules& rules, const records::Batch& batch);
/// True where rule 0 with this condition fires on the first record.
bool fires(sigma::Node condition, const records::Batch& batch);

}  // namespace konseki::detect::test
