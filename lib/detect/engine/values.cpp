#include "engine/values.h"

#include <algorithm>
#include <cstring>

#include "engine/field_names.h"
#include "engine/gram_filter.h"
#include "konseki/base/text.h"

namespace konseki::detect {
namespace {

using How = sigma::Route::FieldMap::How;
using records::Value;
using records::WireType;

char* as_chars(std::byte* at) { return static_cast<char*>(static_cast<void*>(at)); }

/// UTF-16 without one NUL at its end, which does not count.
Bytes units_of(const Value& value) {
    Bytes units = value.bytes();
    if (units.size() % 2 != 0) units = units.first(units.size() - 1);
    if (units.size() >= 2 && load_u16(units.data() + units.size() - 2) == 0)
        units = units.first(units.size() - 2);
    return units;
}

Item item_of(const Value& value) {
    Item item;
    item.value = value;
    return item;
}

bool is_ascii(std::string_view text) {
    unsigned char all = 0;
    for (const char c : text) all |= static_cast<unsigned char>(c);
    return all < 0x80;
}

std::string replace_invalid(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) append_code_point(out, next_code_point(text, at));
    return out;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Value of the first line `key=value`.
bool find_key(std::string_view lines, std::string_view key, std::string_view& out) {
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos || trimmed(line.substr(0, equals)) != key) continue;
        out = trimmed(line.substr(equals + 1));
        return true;
    }
    return false;
}

/// `NAME=value` out of `SHA1=..,MD5=..`.
bool find_hash(std::string_view hashes, std::string_view name, std::string_view& out) {
    while (!hashes.empty()) {
        const std::string_view part = hashes.substr(0, hashes.find(','));
        hashes.remove_prefix(std::min(hashes.size(), part.size() + 1));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || fold(trimmed(part.substr(0, equals))) != name)
            continue;
        out = trimmed(part.substr(equals + 1));
        return true;
    }
    return false;
}

/// Kernel names of the registry roots as Sysmon and rules write them.
std::string with_registry_root(std::string_view path) {
    constexpr std::string_view machine = "\\registry\\machine", user = "\\registry\\user";
    const std::string folded = fold(path);
    for (const auto& [kernel, shown] : {std::pair{machine, "HKLM"}, std::pair{user, "HKU"}})
        if (folded.starts_with(kernel) &&
            (folded.size() == kernel.size() || folded[kernel.size()] == '\\'))
            return shown + std::string(path.substr(kernel.size()));
    return std::string(path);
}

/// Enough of a long UTF-16 value for its first `characters`, which have two units at most; else nothing.
Bytes beginning_of(const Value& value, std::size_t characters) {
    const std::size_t enough = 2 * (2 * characters + 1);
    if (value.wire() != WireType::string || value.is_array() || value.size <= enough) return {};
    Bytes units = value.bytes().first(value.size - value.size % 2);
    while (units.size() > enough && load_u16(units.data() + units.size() - 2) == 0)
        units = units.first(units.size() - 2);
    return units.size() > enough ? units.first(enough) : Bytes{};
}

}  // namespace

FieldSource source_of(const Flat& flat, const FlatRoute& route, std::uint32_t name) {
    for (const FlatMap& map : Flat::part(flat.maps, route.maps))
        if (map.sigma == name && map.from.count > 0) return {name, &map};
    return {name, nullptr};
}

bool is_absent(const FieldSource& source, const SourceFields& fields) {
    if (source.name == 0) return false;
    if (!source.map) return fields.direct.empty();
    return fields.first.empty() && (source.map->only_if_absent == 0 || fields.direct.empty());
}

void Values::begin(const Flat& flat, const records::Batch& batch, const records::Record& record) {
    flat_ = &flat;
    batch_ = &batch;
    record_ = &record;
    items_.clear();
    if (arena_.used() != 0) arena_.clear();
}

bool Values::add_fields(std::span<const std::uint16_t> fields) {
    bool present = false;
    for (const std::uint16_t index : fields) {
        const records::Field& field = record_->shape->fields[index];
        if (!batch_->has(*record_, field)) continue;
        present = true;
        const Value value =
            field.slot == records::no_slot ? Value{} : batch_->value(*record_, field.slot);
        if (!value.is_array())
            items_.push_back(item_of(value));
        else
            records::for_each_item(value,
                                   [&](const Value& item) { items_.push_back(item_of(item)); });
    }
    return present;
}

void Values::add_text(std::string_view text) {
    items_.push_back(item_of(Value::utf8(arena_.copy(text))));
}

/// Moves the items from `first` on out of the list, to make others of them.
std::vector<Item> Values::take_from(std::size_t first) {
    std::vector<Item> out(items_.begin() + static_cast<std::ptrdiff_t>(first), items_.end());
    items_.resize(first);
    return out;
}

Found Values::collect(const FieldSource& source, const SourceFields& fields) {
    const std::size_t first = items_.size();
    bool present = false;
    const bool is_map_first = source.map && source.map->only_if_absent == 0;
    if (!is_map_first) {
        if (is_hash_name(flat_->name(source.name))) {
            add_hash(source.name, fields.direct);
            present = items_.size() > first;
        } else {
            present = add_fields(fields.direct);
        }
    }
    if (source.map && !present) {
        if (source.map->how == static_cast<std::uint32_t>(How::rename)) {
            present = add_fields(fields.first);
        } else {
            add_mapped(*source.map, fields);
            present = items_.size() > first;
        }
    }
    return {present, static_cast<std::uint32_t>(first),
            static_cast<std::uint32_t>(items_.size() - first)};
}

Found Values::collect_all() {
    const std::size_t first = items_.size();
    for (std::size_t i = 0; i < record_->shape->fields.size() && i < records::no_slot; ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        add_fields({&index, 1});
    }
    return {true, static_cast<std::uint32_t>(first),
            static_cast<std::uint32_t>(items_.size() - first)};
}

void Values::add_hash(std::uint32_t name, std::span<const std::uint16_t> fields) {
    const std::string_view wanted = flat_->name(name);
    for (const std::uint16_t index : fields) {
        const std::size_t before = items_.size();
        add_fields({&index, 1});
        if (record_->shape->fields[index].name != "Hashes") continue;
        for (Item& item : take_from(before)) {
            std::string_view hash;
            if (find_hash(text(item), wanted, hash)) add_text(hash);
        }
    }
}

void Values::add_joined(std::span<const Item> roots, std::string_view tail) {
    for (Item root : roots) {
        std::string path = with_registry_root(text(root));
        if (!tail.empty()) path.append("\\").append(tail);
        add_text(path);
    }
}

void Values::add_mapped(const FlatMap& map, const SourceFields& fields) {
    const std::size_t before = items_.size();
    if (!add_fields(fields.first)) return;
    std::vector<Item> from = take_from(before);
    switch (static_cast<How>(map.how)) {
        case How::rename: break;
        case How::join_backslash: {
            add_fields(fields.second);
            std::vector<Item> tails = take_from(before);
            add_joined(from, tails.empty() ? std::string_view{} : text(tails.front()));
            break;
        }
        case How::table:
            for (Item& item : from)
                for (const FlatPair& pair : Flat::part(flat_->pairs, map.values))
                    if (folded(item) == flat_->text(pair.key)) {
                        add_text(flat_->text(pair.value));
                        break;
                    }
            break;
        case How::key_value:
            for (Item& item : from) {
                std::string_view value;
                if (!find_key(text(item), flat_->text(map.key), value)) continue;
                add_text(value);
                break;
            }
            break;
        case How::position:
            if (map.position >= 1 && map.position <= from.size())
                items_.push_back(from[map.position - 1]);
            break;
    }
}

std::string_view Values::shortened(Item& item, std::size_t characters, std::string_view cut_mark) {
    std::string_view whole;
    const Bytes beginning = item.has_text ? Bytes{} : beginning_of(item.value, characters);
    if (beginning.empty()) {
        whole = text(item);
    } else {
        char* const start = as_chars(arena_.allocate(beginning.size() / 2 * 3));
        whole = {start, static_cast<std::size_t>(write_utf8(beginning, start) - start)};
    }
    if (whole.size() <= characters) return whole;
    std::size_t at = 0;
    for (std::size_t count = 0; count < characters && at < whole.size(); ++count)
        (void)next_code_point(whole, at);
    if (at == whole.size()) return whole;
    char* const start = as_chars(arena_.allocate(at + cut_mark.size()));
    std::copy(cut_mark.begin(), cut_mark.end(), std::copy_n(whole.begin(), at, start));
    return {start, at + cut_mark.size()};
}

std::string_view Values::folded(Item& item) {
    if (item.has_folded) return item.folded;
    item.has_folded = true;
    const Value& value = item.value;
    if (value.wire() == WireType::string && !value.is_array()) {
        const Bytes units = units_of(value);
        char* const start = as_chars(arena_.allocate(units.size() / 2 * 3 + scan_padding));
        char* const end = write_folded_utf8(units, start);
        std::memset(end, 0, scan_padding);
        item.folded = {start, static_cast<std::size_t>(end - start)};
        // Every unit beyond ASCII takes two bytes or more, but for the few that fold to ASCII.
        item.is_ascii = item.folded.size() == units.size() / 2;
        return item.folded;
    }
    const std::string_view plain = text(item);
    std::string other;
    if (!is_ascii(plain)) other = fold(plain);
    const std::string_view from = other.empty() ? plain : std::string_view(other);
    char* const start = as_chars(arena_.allocate(from.size() + scan_padding));
    for (std::size_t i = 0; i < from.size(); ++i)
        start[i] = from[i] >= 'A' && from[i] <= 'Z' ? static_cast<char>(from[i] + 32) : from[i];
    std::memset(start + from.size(), 0, scan_padding);
    item.folded = {start, from.size()};
    item.is_ascii = is_ascii(from);
    return item.folded;
}

std::string_view Values::text(Item& item) {
    if (item.has_text) return item.text;
    item.has_text = true;
    const Value& value = item.value;
    if (value.wire() == WireType::utf8 && !value.is_array()) {
        const std::string_view whole = as_text(value.bytes());
        item.text = is_valid_utf8(whole) ? whole : arena_.copy(replace_invalid(whole));
        return item.text;
    }
    char* const start = as_chars(arena_.allocate(records::max_text_bytes(value)));
    item.text = {start, static_cast<std::size_t>(records::write_text(value, start) - start)};
    return item.text;
}

}  // namespace konseki::detect
