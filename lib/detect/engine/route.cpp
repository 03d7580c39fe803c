#include "engine/route.h"

#include <algorithm>

#include "konseki/base/text.h"

namespace konseki::detect {
namespace {

bool fits_text(std::string_view wanted, std::string_view folded) {
    if (wanted.empty()) return true;
    if (wanted.ends_with('*')) return folded.starts_with(wanted.substr(0, wanted.size() - 1));
    return wanted == folded;
}

bool has_one_field(const records::Shape& shape, std::string_view name) {
    return std::count_if(shape.fields.begin(), shape.fields.end(),
                         [&](const records::Field& field) { return field.name == name; }) == 1;
}

}  // namespace

std::uint32_t event_id_of(const records::Batch& batch, const records::Record& record) {
    std::uint64_t id = 0;
    const records::Value value = batch.field(record, record.shape->system.event_id);
    return records::as_unsigned(value, id) && id < no_index ? static_cast<std::uint32_t>(id)
                                                            : no_index;
}

RouteKey route_key_of(const records::Batch& batch, const records::Record& record) {
    const records::SystemFields& system = record.shape->system;
    RouteKey key;
    key.channel = fold(records::to_text(batch.field(record, system.channel)));
    key.provider = fold(records::to_text(batch.field(record, system.provider)));
    key.event_id = event_id_of(batch, record);
    key.has_one_event_id = key.event_id != no_index && has_one_field(*record.shape, "EventID");
    return key;
}

bool fits(const Flat& flat, const FlatRoute& route, const RouteKey& key) {
    const auto ids = Flat::part(flat.refs, route.event_ids);
    if (!ids.empty() && std::find(ids.begin(), ids.end(), key.event_id) == ids.end()) return false;
    return fits_text(flat.text(route.channel), key.channel) &&
           (route.provider.size == 0 || flat.text(route.provider) == key.provider);
}

}  // namespace konseki::detect
