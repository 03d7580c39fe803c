#include <utility>

#include "agenda.h"
#include "konseki/scenario/windows_events.h"

namespace konseki::scenario::evtx {

namespace {
constexpr const char* event_space = "http://schemas.microsoft.com/win/2004/08/events/event";

Attribute literal(std::string name, std::string utf8) {
    return {std::move(name), {text(std::move(utf8))}};
}
Attribute optional_attribute(std::string name, std::uint16_t index, Type type) {
    return {std::move(name), {optional_slot(index, type)}};
}
Node optional_element(std::string name, std::uint16_t index, Type type) {
    return element(std::move(name), {optional_slot(index, type)});
}

// Template ids must differ between templates and stay the same from run to run.
std::array<std::uint8_t, 16> guid_of(const std::string& key) {
    std::array<std::uint8_t, 16> guid{};
    std::uint64_t hash = fnv1a("");
    for (std::uint8_t& byte : guid) {
        hash = fnv1a(key, hash);
        byte = static_cast<std::uint8_t>(hash >> 32);
    }
    return guid;
}
}  // namespace

Node event_template(const std::string& computer, bool classic_qualifiers) {
    std::vector<Attribute> id_attributes;
    if (classic_qualifiers)
        id_attributes.push_back(optional_attribute("Qualifiers", 4, Type::uint16));
    Node system = element(
        "System",
        {empty_element("Provider", {optional_attribute("Name", 14, Type::string),
                                    optional_attribute("Guid", 15, Type::guid)}),
         depends_on(3,
                    element("EventID", std::move(id_attributes), {optional_slot(3, Type::uint16)})),
         depends_on(11, optional_element("Version", 11, Type::uint8)),
         depends_on(0, optional_element("Level", 0, Type::uint8)),
         depends_on(2, optional_element("Task", 2, Type::uint16)),
         depends_on(1, optional_element("Opcode", 1, Type::uint8)),
         depends_on(5, optional_element("Keywords", 5, Type::hex64)),
         empty_element("TimeCreated", {optional_attribute("SystemTime", 6, Type::filetime)}),
         depends_on(10, optional_element("EventRecordID", 10, Type::uint64)),
         empty_element("Correlation", {optional_attribute("ActivityID", 7, Type::guid),
                                       optional_attribute("RelatedActivityID", 13, Type::guid)}),
         empty_element("Execution", {optional_attribute("ProcessID", 8, Type::uint32),
                                     optional_attribute("ThreadID", 9, Type::uint32)}),
         depends_on(16, optional_element("Channel", 16, Type::string)),
         element("Computer", {text(computer)}),
         empty_element("Security", {optional_attribute("UserID", 12, Type::sid)})});
    std::vector<Node> children;
    children.push_back(std::move(system));
    children.push_back(optional_slot(17, Type::binxml));
    return element("Event", {literal("xmlns", event_space)}, std::move(children));
}

WindowsHost::WindowsHost(std::string computer) : computer_(std::move(computer)) {}

const Template& WindowsHost::keep(const std::string& key, std::vector<Node> nodes) {
    auto made = std::make_unique<Template>();
    made->guid = guid_of(key);
    made->nodes = std::move(nodes);
    return *templates_.emplace(key, std::move(made)).first->second;
}

const Template& WindowsHost::outer(const Kind& kind) {
    std::string key = kind.has_qualifiers ? "outer classic " : "outer ";
    key += kind.source_name + ' ' + computer_;
    if (const auto known = templates_.find(key); known != templates_.end()) return *known->second;
    Node event = event_template(computer_, kind.has_qualifiers);
    if (!kind.source_name.empty())
        event.children.front().children.front().attributes.push_back(
            literal("EventSourceName", kind.source_name));
    return keep(key, {std::move(event)});
}

const Template& WindowsHost::inner(const std::string& key, const NamedValues& data,
                                   const std::string& wrapper, const std::string& space,
                                   const std::string& data_name) {
    if (const auto known = templates_.find(key); known != templates_.end()) return *known->second;
    std::vector<Node> fields;
    std::uint16_t index = 0;
    for (const auto& [name, value] : data) {
        // A template names the type that the provider declared; null is what a record has instead.
        const Type type = value.type == Type::null ? Type::string : value.type;
        if (!wrapper.empty() || (name == "Binary" && type == Type::binary))
            fields.push_back(element(name, {slot(index, type)}));
        else if (name.empty())
            fields.push_back(element("Data", {slot(index, type)}));
        else
            fields.push_back(data_slot(name, index, type));
        ++index;
    }
    if (wrapper.empty() && data_name.empty())
        return keep(key, {element("EventData", std::move(fields))});
    if (wrapper.empty())
        return keep(key, {element("EventData", {literal("Name", data_name)}, std::move(fields))});
    Node inside = element(wrapper, {literal("xmlns", space)}, std::move(fields));
    return keep(key, {element("UserData", {std::move(inside)})});
}

Record WindowsHost::with_body(const Kind& kind, const Occasion& occasion, Value body) {
    Instance instance{&outer(kind), {}};
    const auto guid = kind.provider_guid.empty() ? value::null() : value::guid(kind.provider_guid);
    const auto user = occasion.user_sid.empty() ? value::null() : value::sid(occasion.user_sid);
    const bool full = !kind.classic;
    instance.values = {value::uint8(kind.level),
                       full ? value::uint8(kind.opcode) : value::null(),
                       value::uint16(kind.task),
                       value::uint16(kind.event_id),
                       kind.has_qualifiers ? value::uint16(kind.qualifiers) : value::null(),
                       value::hex64(kind.keywords),
                       value::filetime(occasion.time),
                       value::null(),
                       full ? value::uint32(occasion.process_id) : value::null(),
                       full ? value::uint32(occasion.thread_id) : value::null(),
                       value::uint64(occasion.record_id),
                       full ? value::uint8(kind.version) : value::null(),
                       user,
                       value::null(),
                       value::string(kind.provider),
                       guid,
                       value::string(kind.channel)};
    instance.values.push_back(std::move(body));
    return record(occasion.record_id,
                  occasion.header_time != 0 ? occasion.header_time : occasion.time,
                  std::move(instance));
}

namespace {
std::vector<Value> values_of(const NamedValues& data) {
    std::vector<Value> values;
    values.reserve(data.size());
    for (const auto& named : data) values.push_back(named.second);
    return values;
}
std::string key_of(const Kind& kind, const NamedValues& data) {
    std::string key = kind.provider + ' ' + std::to_string(kind.event_id) + kind.data_name;
    for (const auto& [name, value] : data) {
        key += ' ' + name + ':';
        key += std::to_string(static_cast<unsigned>(value.type));
    }
    return key;
}
}  // namespace

Record WindowsHost::event(const Kind& kind, const Occasion& occasion, const NamedValues& data) {
    return with_body(
        kind, occasion,
        value::nested(
            Instance{&inner(key_of(kind, data), data, "", "", kind.data_name), values_of(data)}));
}

Record WindowsHost::user_data(const Kind& kind, const Occasion& occasion,
                              const std::string& wrapper, const std::string& space,
                              const NamedValues& data) {
    const std::string key = key_of(kind, data) + " / " + wrapper + ' ' + space;
    return with_body(
        kind, occasion,
        value::nested(Instance{&inner(key, data, wrapper, space, ""), values_of(data)}));
}

}  // namespace konseki::scenario::evtx
