#include "sigma/yaml.h"

#include <yaml.h>

#include <charconv>
#include <unordered_set>
#include <utility>

namespace konseki::detect::sigma {
namespace {

/// libyaml's parser, released in the end.
class Events {
  public:
    explicit Events(std::string_view text) {
        good_ = yaml_parser_initialize(&parser_) != 0;
        if (!good_) return;
        const void* bytes = text.data();
        yaml_parser_set_input_string(&parser_, static_cast<const yaml_char_t*>(bytes), text.size());
    }
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;
    ~Events() {
        drop();
        yaml_parser_delete(&parser_);
    }
    /// Next event, or null after a fault of syntax. Valid until the next call.
    const yaml_event_t* next() {
        drop();
        has_event_ = good_ && yaml_parser_parse(&parser_, &event_) != 0;
        return has_event_ ? &event_ : nullptr;
    }
    YamlError error() const {
        YamlError error{.line = static_cast<std::uint32_t>(parser_.problem_mark.line + 1),
                        .message = "YAML: "};
        error.message += parser_.problem != nullptr ? parser_.problem : "out of memory";
        return error;
    }

  private:
    void drop() {
        if (has_event_) yaml_event_delete(&event_);
        has_event_ = false;
    }
    yaml_parser_t parser_ = {};
    yaml_event_t event_ = {};
    bool good_ = false;
    bool has_event_ = false;
};

const char* chars(const yaml_char_t* text) {
    const void* bytes = text;
    return static_cast<const char*>(bytes);
}

std::uint32_t line_of(const yaml_event_t& event) {
    return static_cast<std::uint32_t>(event.start_mark.line + 1);
}

/// Maps of rules are small: comparing all pairs of keys is faster than hashing up to here.
constexpr std::size_t small_map = 12;

class Reader {
  public:
    explicit Reader(std::string_view text) : events_(text) {}

    std::vector<YamlDocument> documents() {
        while (const yaml_event_t* event = next()) {
            if (event->type == YAML_STREAM_END_EVENT) break;
            if (event->type == YAML_DOCUMENT_START_EVENT) document();
        }
        if (fatal_ && error_)
            documents_.push_back({.root = {}, .line = error_->line, .error = error_});
        return std::move(documents_);
    }

  private:
    void document() {
        const yaml_event_t* event = next();
        if (event == nullptr) return;
        YamlDocument document;
        document.line = line_of(*event);
        read(document.root, *event, 0);
        if (fatal_) return;
        document.error = std::exchange(error_, std::nullopt);
        if (!document.error && document.root.is_null()) return;
        documents_.push_back(std::move(document));
    }

    /// Next event; null once anything made going on impossible.
    const yaml_event_t* next() {
        if (fatal_) return nullptr;
        const yaml_event_t* event = events_.next();
        if (event == nullptr) stop(events_.error());
        return event;
    }

    void read(YamlNode& node, const yaml_event_t& event, std::size_t depth) {
        node.line = line_of(event);
        if (depth > max_yaml_depth) return stop({node.line, "nested too deep"});
        if (++nodes_ > max_yaml_nodes) return stop({node.line, "too many values in one file"});
        if (event.type == YAML_SCALAR_EVENT) return scalar(node, event);
        if (event.type == YAML_SEQUENCE_START_EVENT) return list(node, event, depth);
        if (event.type == YAML_MAPPING_START_EVENT) return map(node, event, depth);
        if (event.type == YAML_ALIAS_EVENT) note({node.line, "anchors and aliases are not read"});
    }

    void scalar(YamlNode& node, const yaml_event_t& event) {
        const auto& data = event.data.scalar;
        check(data.anchor, data.tag, "tag:yaml.org,2002:str", node.line);
        node.text.assign(chars(data.value), data.length);
        node.plain = data.style == YAML_PLAIN_SCALAR_STYLE && data.tag == nullptr;
    }

    void list(YamlNode& node, const yaml_event_t& event, std::size_t depth) {
        node.kind = YamlNode::Kind::list;
        check(event.data.sequence_start.anchor, event.data.sequence_start.tag,
              "tag:yaml.org,2002:seq", node.line);
        while (const yaml_event_t* item = next()) {
            if (item->type == YAML_SEQUENCE_END_EVENT) return;
            read(node.items.emplace_back(), *item, depth + 1);
        }
    }

    void map(YamlNode& node, const yaml_event_t& event, std::size_t depth) {
        node.kind = YamlNode::Kind::map;
        check(event.data.mapping_start.anchor, event.data.mapping_start.tag,
              "tag:yaml.org,2002:map", node.line);
        while (const yaml_event_t* key = next()) {
            if (key->type == YAML_MAPPING_END_EVENT) break;
            YamlNode name;
            read(name, *key, depth + 1);
            if (!name.is_scalar()) note({name.line, "a key must be plain text"});
            const yaml_event_t* value = next();
            if (value == nullptr) return;
            YamlEntry& entry =
                node.entries.emplace_back(YamlEntry{std::move(name.text), name.line, {}});
            read(entry.value, *value, depth + 1);
        }
        check_keys(node);
    }

    void check_keys(const YamlNode& node) {
        const auto doubled = [&](const YamlEntry& entry) {
            note({entry.line, "the key `" + entry.key + "` stands twice in one map"});
        };
        if (node.entries.size() <= small_map) {
            for (std::size_t i = 1; i < node.entries.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    if (node.entries[i].key == node.entries[j].key) return doubled(node.entries[i]);
            return;
        }
        std::unordered_set<std::string_view> seen;
        for (const YamlEntry& entry : node.entries)
            if (!seen.insert(entry.key).second) return doubled(entry);
    }

    void check(const yaml_char_t* anchor, const yaml_char_t* tag, std::string_view allowed,
               std::uint32_t line) {
        if (anchor != nullptr) note({line, "anchors and aliases are not read"});
        if (tag == nullptr) return;
        const std::string_view name = chars(tag);
        if (name != "!" && name != allowed)
            note({line, "the tag `" + std::string(name) + "` is not read"});
    }

    /// Keeps the first fault of a document; reading goes on.
    void note(YamlError error) {
        if (!error_) error_ = std::move(error);
    }
    void stop(YamlError error) {
        if (fatal_) return;
        fatal_ = true;
        error_ = std::move(error);
    }

    Events events_;
    std::vector<YamlDocument> documents_;
    std::optional<YamlError> error_;
    std::size_t nodes_ = 0;
    bool fatal_ = false;
};

}  // namespace

bool YamlNode::is_null() const {
    return is_scalar() && plain &&
           (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

std::optional<bool> YamlNode::as_bool() const {
    if (!is_scalar() || !plain) return std::nullopt;
    if (text == "true" || text == "True" || text == "TRUE") return true;
    if (text == "false" || text == "False" || text == "FALSE") return false;
    return std::nullopt;
}

std::optional<std::int64_t> YamlNode::as_integer() const {
    if (!is_scalar() || !plain || text.empty()) return std::nullopt;
    const char* begin = text.data() + (text[0] == '+' && text.size() > 1 && text[1] != '-' ? 1 : 0);
    const char* end = text.data() + text.size();
    std::int64_t value = 0;
    const auto [at, error] = std::from_chars(begin, end, value);
    if (error != std::errc{} || at != end) return std::nullopt;
    return value;
}

const YamlNode* YamlNode::find(std::string_view key) const {
    for (const YamlEntry& entry : entries)
        if (entry.key == key) return &entry.value;
    return nullptr;
}

std::vector<YamlDocument> read_yaml(std::string_view text) {
    if (text.size() > max_yaml_bytes) {
        YamlDocument document;
        document.error = YamlError{1, "the file is larger than 4 MiB"};
        return {std::move(document)};
    }
    return Reader(text).documents();
}

}  // namespace konseki::detect::sigma
