#include "sigma/detection.h"

#include <algorithm>
#include <utility>

namespace konseki::detect::sigma {
namespace {

Parsed<Node> read_map(const YamlNode& map, TestContext& context) {
    if (map.entries.empty()) return refuse(map.line, "an empty map selects nothing");
    std::vector<Node> nodes;
    for (const YamlEntry& entry : map.entries) nodes.push_back(TRY(read_field(entry, context)));
    return join_nodes(Node::Kind::all_of, std::move(nodes));
}

Parsed<Node> read_item(const YamlNode& value, TestContext& context) {
    if (value.is_map()) return read_map(value, context);
    if (value.is_scalar()) {
        if (value.is_null()) return refuse(value.line, "the identifier is empty");
        return read_keyword(value, context);
    }
    if (value.items.empty()) return refuse(value.line, "an empty list selects nothing");
    std::vector<Node> nodes;
    for (const YamlNode& item : value.items) {
        if (item.is_list()) return refuse(item.line, "a list must not stand in a list");
        nodes.push_back(item.is_map() ? TRY(read_map(item, context))
                                      : TRY(read_keyword(item, context)));
    }
    return join_nodes(Node::Kind::any_of, std::move(nodes));
}

}  // namespace

Parsed<std::vector<Item>> read_items(const YamlNode& map,
                                     std::initializer_list<std::string_view> skip,
                                     TestContext& context) {
    std::vector<Item> items;
    for (const YamlEntry& entry : map.entries) {
        if (std::ranges::find(skip, entry.key) != skip.end()) continue;
        Item item;
        item.name = entry.key;
        item.line = entry.line;
        item.node = TRY(read_item(entry.value, context));
        item.node.selection = entry.key;
        items.push_back(std::move(item));
    }
    if (items.empty()) return refuse(map.line, "there is no identifier to search for");
    return items;
}

}  // namespace konseki::detect::sigma
