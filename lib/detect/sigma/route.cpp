#include "sigma/route.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <utility>

#include "konseki/base/text.h"
#include "sigma/condition.h"
#include "sigma/rule_info.h"

namespace konseki::detect::sigma {
namespace {

using FieldMap = Route::FieldMap;

Parsed<bool> check_keys(const YamlNode& map, std::initializer_list<std::string_view> known,
                        std::string_view where) {
    if (!map.is_map()) return refuse(map.line, std::string(where) + " must be a map");
    for (const YamlEntry& entry : map.entries)
        if (std::ranges::find(known, entry.key) == known.end())
            return refuse(entry.line, "unknown key `" + entry.key + "` in " + std::string(where));
    return true;
}

Parsed<std::string> text_in(const YamlNode& node) {
    if (!node.is_scalar() || node.text.empty()) return refuse(node.line, "a name is missing");
    return node.text;
}

/// One name or a list of names; nothing where the key is missing.
Parsed<std::vector<std::string>> names_in(const YamlNode& map, std::string_view key) {
    std::vector<std::string> names;
    const YamlNode* node = map.find(key);
    if (node == nullptr) return names;
    if (node->is_map())
        return refuse(node->line, "`" + std::string(key) + "` must be a name or a list of names");
    if (node->is_scalar()) names.push_back(TRY(text_in(*node)));
    for (const YamlNode& item : node->items) names.push_back(TRY(text_in(item)));
    return names;
}

Parsed<std::uint32_t> number_in(const YamlNode& node) {
    const auto number = node.as_integer();
    if (!number || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max())
        return refuse(node.line, "`" + node.text + "` is no whole number from 0");
    return static_cast<std::uint32_t>(*number);
}

Parsed<std::vector<std::uint32_t>> event_ids_in(const YamlNode& map) {
    std::vector<std::uint32_t> ids;
    const YamlNode* node = map.find("event_id");
    if (node == nullptr) return ids;
    if (node->is_map())
        return refuse(node->line, "`event_id` must be a number or a list of numbers");
    if (node->is_scalar()) ids.push_back(TRY(number_in(*node)));
    for (const YamlNode& item : node->items) ids.push_back(TRY(number_in(item)));
    std::ranges::sort(ids);
    return ids;
}

/// Which of the keys that say how a field is made a map has; exactly one is wanted.
Parsed<std::string_view> way_of(const YamlNode& map) {
    std::string_view way;
    for (const std::string_view key : {"field", "join", "table", "line", "value"}) {
        if (map.find(key) == nullptr) continue;
        if (!way.empty())
            return refuse(map.line, "`" + std::string(way) + "` and `" + std::string(key) +
                                        "` cannot stand together");
        way = key;
    }
    if (way.empty())
        return refuse(map.line,
                      "one of field, join, table, line and value must say how the field is made");
    return way;
}

Parsed<bool> read_source_of_map(const YamlNode& map, std::string_view way, FieldMap& out) {
    const YamlNode* of = map.find("of");
    if ((way == "line" || way == "value") != (of != nullptr))
        return refuse(map.line, "`of` goes with `line` and `value`, which need it");
    if (of != nullptr) out.from.push_back(TRY(text_in(*of)));
    if (way == "field") out.from.push_back(TRY(text_in(*map.find("field"))));
    if (way == "table") out.from.push_back(TRY(text_in(*map.find("table"))));
    if (way == "join") {
        out.how = FieldMap::How::join_backslash;
        out.from = TRY(names_in(map, "join"));
        if (out.from.size() != 2) return refuse(map.line, "`join` needs two fields");
    }
    if (way == "line") {
        out.how = FieldMap::How::key_value;
        out.key = TRY(text_in(*map.find("line")));
    }
    if (way == "value") {
        out.how = FieldMap::How::position;
        out.position = TRY(number_in(*map.find("value")));
        if (out.position == 0) return refuse(map.line, "values are counted from 1");
    }
    return true;
}

Parsed<FieldMap> read_field_map(const YamlEntry& entry) {
    FieldMap map;
    map.sigma = entry.key;
    if (entry.value.is_scalar()) {
        map.from.push_back(TRY(text_in(entry.value)));
        return map;
    }
    TRY_VOID(check_keys(entry.value,
                        {"field", "join", "table", "line", "value", "of", "values", "if_absent"},
                        "a field"));
    const std::string_view way = TRY(way_of(entry.value));
    TRY_VOID(read_source_of_map(entry.value, way, map));
    const YamlNode* values = entry.value.find("values");
    if ((way == "table") != (values != nullptr))
        return refuse(entry.line, "`values` goes with `table`, which needs it");
    if (values != nullptr) {
        map.how = FieldMap::How::table;
        for (const YamlEntry& pair : values->entries)
            map.values.emplace_back(fold(pair.key), pair.value.text);
        if (map.values.empty()) return refuse(values->line, "`values` must be a map");
    }
    if (const YamlNode* absent = entry.value.find("if_absent"))
        map.only_if_absent = absent->as_bool() == true;
    return map;
}

Parsed<Node> read_where(const YamlNode& route) {
    Node always;
    always.kind = Node::Kind::always;
    const YamlNode* where = route.find("where");
    if (where == nullptr) return always;
    if (!where->is_map())
        return refuse(where->line, "`where` must be a map of fields as in a rule");
    const Placeholders none;
    Warnings warnings;
    TestContext context{none, warnings};
    std::vector<Node> nodes;
    for (const YamlEntry& entry : where->entries) nodes.push_back(TRY(read_field(entry, context)));
    if (nodes.empty()) return refuse(where->line, "`where` is empty");
    return join_nodes(Node::Kind::all_of, std::move(nodes));
}

bool is_same(const LogSource& a, const LogSource& b) {
    return a.product == b.product && a.category == b.category && a.service == b.service;
}

/// Every alias is a field of every route; two are needed.
constexpr std::size_t max_aliases = 64;
/// Routes, and fields of routes, once lists of names have become entries of their own: the table of the
/// product comes to 5,000.
constexpr std::size_t max_fields = 500'000;

/// Reads the documents of a table one after another; what they point to must outlive the reader.
class FileReader {
  public:
    Parsed<bool> read(const YamlNode& root) {
        TRY_VOID(check_keys(root, {"version", "common_fields", "aliases", "field_sets", "sources"},
                            "the file"));
        const YamlNode* version = root.find("version");
        if (version == nullptr || version->as_integer() != 1)
            return refuse(root.line, "`version: 1` is missing");
        for (std::string& name : TRY(names_in(root, "common_fields")))
            file_.common_fields.push_back(std::move(name));
        TRY_VOID(read_aliases(root));
        if (const YamlNode* sets = root.find("field_sets")) field_sets_.push_back(sets);
        const YamlNode* sources = root.find("sources");
        if (sources == nullptr || !sources->is_list())
            return refuse(root.line, "`sources` must be a list");
        for (const YamlNode& source : sources->items) TRY_VOID(read_source(source));
        take_entries();
        return true;
    }

    /// Aliases hold for the sources of all documents.
    LogSourceFile finish() {
        for (LogSources::Entry& entry : file_.entries)
            for (Route& route : entry.routes) add_aliases(route);
        return std::move(file_);
    }

  private:
    /// A source takes the place of those of earlier documents that go by the same names.
    void take_entries() {
        std::erase_if(file_.entries, [this](const LogSources::Entry& old) {
            return std::ranges::any_of(entries_, [&](const LogSources::Entry& entry) {
                return is_same(old.source, entry.source);
            });
        });
        std::ranges::move(entries_, std::back_inserter(file_.entries));
        entries_.clear();
    }

    Parsed<bool> read_aliases(const YamlNode& root) {
        const YamlNode* aliases = root.find("aliases");
        if (aliases == nullptr) return true;
        for (const YamlEntry& entry : aliases->entries) {
            FieldMap map = TRY(read_field_map(entry));
            map.only_if_absent = true;
            file_.common_fields.push_back(map.sigma);
            std::erase_if(aliases_, [&](const FieldMap& old) { return old.sigma == map.sigma; });
            if (aliases_.size() == max_aliases) return refuse(entry.line, "too many aliases");
            aliases_.push_back(std::move(map));
        }
        return true;
    }

    Parsed<bool> read_source(const YamlNode& node) {
        TRY_VOID(check_keys(node, {"product", "category", "service", "fields", "events", "none"},
                            "a source"));
        const std::vector<std::string> categories = TRY(names_in(node, "category"));
        const std::vector<std::string> services = TRY(names_in(node, "service"));
        LogSources::Entry entry;
        entry.source.product = fold(text_of(node, "product"));
        entry.why_none = text_of(node, "none");
        entry.known_fields = TRY(names_in(node, "fields"));
        if (const YamlNode* events = node.find("events")) {
            if (!events->is_list()) return refuse(events->line, "`events` must be a list");
            for (const YamlNode& route : events->items) TRY_VOID(read_routes(route, entry));
        }
        if (entry.routes.empty() == entry.why_none.empty())
            return refuse(node.line, "a source needs either `events` or `none` with the reason");
        if (!categories.empty() && !services.empty())
            return refuse(node.line, "a source is a category or a service, not both");
        std::size_t size = 1 + entry.known_fields.size();
        for (const Route& route : entry.routes) size += 1 + route.fields.size();
        TRY_VOID(
            spend(size * std::max<std::size_t>(categories.size() + services.size(), 1), node.line));
        if (categories.empty() && services.empty()) entries_.push_back(entry);
        for (const std::string& name : categories) {
            entry.source.category = fold(name);
            entries_.push_back(entry);
        }
        for (const std::string& name : services) {
            entry.source.service = fold(name);
            entries_.push_back(entry);
        }
        return true;
    }

    Parsed<bool> read_routes(const YamlNode& node, LogSources::Entry& entry) {
        TRY_VOID(check_keys(
            node, {"channel", "provider", "event_id", "where", "fields", "field_set", "lacks"},
            "an event"));
        Route route;
        route.provider = fold(text_of(node, "provider"));
        route.event_ids = TRY(event_ids_in(node));
        route.condition = TRY(read_where(node));
        route.lacks = TRY(names_in(node, "lacks"));
        if (const YamlNode* set = node.find("field_set")) {
            const YamlNode* fields = find_field_set(set->text);
            if (fields == nullptr)
                return refuse(set->line, "unknown field set `" + set->text + "`");
            TRY_VOID(read_fields(*fields, route));
        }
        if (const YamlNode* fields = node.find("fields")) TRY_VOID(read_fields(*fields, route));
        if (!entry.known_fields.empty())
            for (const FieldMap& map : route.fields) entry.known_fields.push_back(map.sigma);
        const std::vector<std::string> channels = TRY(names_in(node, "channel"));
        TRY_VOID(spend(std::max<std::size_t>(channels.size(), 1) * (1 + route.fields.size()),
                       node.line));
        if (channels.empty()) entry.routes.push_back(route);
        for (const std::string& channel : channels) {
            route.channel = channel == "*" ? std::string() : fold(channel);
            entry.routes.push_back(route);
        }
        return true;
    }

    Parsed<bool> spend(std::size_t fields, std::uint32_t line) {
        if (fields > fields_left_) return refuse(line, "too many names, channels and fields");
        fields_left_ -= fields;
        return true;
    }

    /// The last document that has a set of the name says what it is.
    const YamlNode* find_field_set(std::string_view name) const {
        const YamlNode* found = nullptr;
        for (const YamlNode* sets : field_sets_)
            if (const YamlNode* set = sets->find(name)) found = set;
        return found;
    }

    void add_aliases(Route& route) const {
        for (const FieldMap& alias : aliases_)
            if (std::ranges::find(route.fields, alias.sigma, &FieldMap::sigma) ==
                route.fields.end())
                route.fields.push_back(alias);
    }

    Parsed<bool> read_fields(const YamlNode& node, Route& route) {
        if (!node.is_map()) return refuse(node.line, "fields must be a map");
        for (const YamlEntry& entry : node.entries)
            route.fields.push_back(TRY(read_field_map(entry)));
        return true;
    }

    LogSourceFile file_;
    std::vector<LogSources::Entry> entries_;  ///< of the document in work
    std::vector<FieldMap> aliases_;
    std::size_t fields_left_ = max_fields;
    std::vector<const YamlNode*> field_sets_;
};

}  // namespace

Parsed<LogSourceFile> read_log_sources(std::string_view yaml) {
    const std::vector<YamlDocument> documents = read_yaml(yaml);
    if (documents.empty()) return refuse(1, "the file holds no document");
    FileReader reader;
    for (const YamlDocument& document : documents) {
        if (document.error) return refuse(document.error->line, document.error->message);
        TRY_VOID(reader.read(document.root));
    }
    return reader.finish();
}

}  // namespace konseki::detect::sigma
