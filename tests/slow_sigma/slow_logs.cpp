#include "slow_logs.h"

#include <algorithm>

#include "konseki/base/result.h"
#include "konseki/base/text.h"

namespace konseki::slow_sigma {

using detect::sigma::YamlEntry;
using detect::sigma::YamlNode;

namespace {

std::vector<std::string> texts(const YamlNode* node) {
    if (node == nullptr) return {};
    if (node->is_scalar()) return {node->text};
    std::vector<std::string> out;
    for (const YamlNode& item : node->items) out.push_back(item.text);
    return out;
}

SlowMap read_map(const YamlEntry& entry) {
    SlowMap map;
    map.sigma = entry.key;
    if (entry.value.is_scalar()) {
        map.from = {entry.value.text};
        return map;
    }
    for (const YamlEntry& part : entry.value.entries) {
        if (part.key == "field") map.from = texts(&part.value);
        if (part.key == "join") map.how = SlowMap::How::join, map.from = texts(&part.value);
        if (part.key == "table") map.how = SlowMap::How::table, map.from = texts(&part.value);
        if (part.key == "line") map.how = SlowMap::How::line, map.key = part.value.text;
        if (part.key == "value")
            map.how = SlowMap::How::value, map.position = std::stoul(part.value.text);
        if (part.key == "of") map.from = texts(&part.value);
        if (part.key == "if_absent") map.if_absent = part.value.as_bool().value_or(false);
        if (part.key == "values")
            for (const YamlEntry& row : part.value.entries)
                map.table.emplace_back(fold(row.key), row.value.text);
    }
    return map;
}

void add_maps(const YamlNode* node, std::vector<SlowMap>& maps) {
    if (node == nullptr) return;
    for (const YamlEntry& entry : node->entries) {
        std::erase_if(maps, [&](const SlowMap& map) { return map.sigma == entry.key; });
        maps.push_back(read_map(entry));
    }
}

SlowRoute read_route(const YamlNode& node, const YamlNode* field_sets) {
    SlowRoute route;
    for (const std::string& channel : texts(node.find("channel")))
        route.channels.push_back(fold(channel));
    if (const YamlNode* provider = node.find("provider")) route.provider = fold(provider->text);
    route.event_ids = texts(node.find("event_id"));
    if (const YamlNode* where = node.find("where")) {
        std::string reason;
        route.has_where = read_detection(*where, route.where, reason);
        require(route.has_where, "log sources: a condition is not understood");
    }
    for (const std::string& name : texts(node.find("field_set")))
        add_maps(field_sets == nullptr ? nullptr : field_sets->find(name), route.maps);
    add_maps(node.find("fields"), route.maps);
    return route;
}

bool has_channel(const SlowRoute& route, const std::string& channel) {
    return std::any_of(
        route.channels.begin(), route.channels.end(), [&](const std::string& wanted) {
            if (wanted.ends_with('*'))
                return channel.starts_with(std::string_view(wanted).substr(0, wanted.size() - 1));
            return wanted == channel;
        });
}

bool takes(const SlowRoute& route, const FlatRecord& record, const FieldLookup& plain) {
    if (!has_channel(route, fold(first_text(record, "Channel")))) return false;
    if (!route.provider.empty() && route.provider != fold(first_text(record, "Provider_Name")))
        return false;
    const std::string_view id = first_text(record, "EventID");
    if (!route.event_ids.empty() &&
        std::find(route.event_ids.begin(), route.event_ids.end(), id) == route.event_ids.end())
        return false;
    return !route.has_where || matches(route.where, record, plain);
}

bool fits(const std::vector<std::string>& have, const std::string& wanted) {
    return wanted.empty() || std::find(have.begin(), have.end(), wanted) != have.end();
}

}  // namespace

SlowLogs::SlowLogs(std::string_view yaml) {
    const auto documents = detect::sigma::read_yaml(yaml);
    require(documents.size() == 1 && !documents[0].error, "log sources: the YAML is not readable");
    const YamlNode& root = documents[0].root;
    add_maps(root.find("aliases"), aliases_);
    for (SlowMap& alias : aliases_) alias.if_absent = true;
    const YamlNode* const field_sets = root.find("field_sets");
    const YamlNode* const sources = root.find("sources");
    require(sources != nullptr, "log sources: no sources");
    for (const YamlNode& node : sources->items) {
        Source source{texts(node.find("product")),
                      texts(node.find("category")),
                      texts(node.find("service")),
                      {}};
        if (const YamlNode* const events = node.find("events"))
            for (const YamlNode& event : events->items)
                source.routes.push_back(read_route(event, field_sets));
        sources_.push_back(std::move(source));
    }
}

std::vector<const SlowLogs::Source*> SlowLogs::sources(const SlowRule& rule) const {
    std::vector<const Source*> out;
    if (rule.product.empty() && rule.category.empty() && rule.service.empty()) return out;
    const bool only_product = rule.category.empty() && rule.service.empty();
    for (const Source& source : sources_) {
        const bool is_general = source.categories.empty() && source.services.empty();
        if (is_general != only_product) continue;
        if (!fits(source.products, rule.product) && !source.products.empty()) continue;
        if (fits(source.categories, rule.category) && fits(source.services, rule.service))
            out.push_back(&source);
    }
    return out;
}

bool SlowLogs::knows(const SlowRule& rule) const {
    if (!rule.category.empty() && !rule.service.empty()) {
        SlowRule category = rule, service = rule;
        category.service.clear();
        service.category.clear();
        return knows(category) && knows(service);
    }
    const auto found = sources(rule);
    return std::any_of(found.begin(), found.end(),
                       [](const Source* source) { return !source->routes.empty(); });
}

const SlowRoute* SlowLogs::route(const SlowRule& rule, const FlatRecord& record) const {
    const SlowRoute none;
    const RouteLookup plain(&none, &aliases_);
    for (const Source* source : sources(rule))
        for (const SlowRoute& route : source->routes)
            if (takes(route, record, plain)) return &route;
    if (rule.category.empty() || rule.service.empty()) return nullptr;
    // A category within a service: an event of both, with the fields of the category.
    SlowRule category = rule, service = rule;
    category.service.clear();
    service.category.clear();
    return route(service, record) == nullptr ? nullptr : route(category, record);
}

}  // namespace konseki::slow_sigma
