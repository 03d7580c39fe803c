#include "organisation/profile_values.h"

#include <algorithm>

namespace konseki::detect {

using sigma::YamlEntry;
using sigma::YamlNode;

std::string quoted(std::string_view key) { return '`' + std::string(key) + '`'; }

Read<bool> check_keys(const YamlNode& node, std::string_view where,
                      std::span<const std::string_view> known) {
    if (!node.is_map()) return wrong(node.line, quoted(where) + " must hold keys and values");
    for (const YamlEntry& entry : node.entries)
        if (std::ranges::find(known, entry.key) == known.end())
            return wrong(entry.line, "unknown key " + quoted(entry.key) + " in " + quoted(where));
    return true;
}

std::uint32_t line_of(const YamlNode& node, std::string_view key) {
    for (const YamlEntry& entry : node.entries)
        if (entry.key == key) return entry.line;
    return node.line;
}

Read<std::string> read_text(const YamlNode& node, std::string_view key) {
    const YamlNode* const value = node.find(key);
    if (value == nullptr || value->is_null()) return std::string();
    if (!value->is_scalar()) return wrong(value->line, quoted(key) + " must be one text");
    if (value->text.size() > max_profile_text)
        return wrong(value->line, quoted(key) + " is too long for a profile");
    return value->text;
}

Read<std::string> read_needed_text(const YamlNode& node, std::string_view key) {
    std::string text = TRY(read_text(node, key));
    if (text.empty()) return wrong(line_of(node, key), quoted(key) + " is needed");
    return text;
}

Read<std::vector<std::string>> read_texts(const YamlNode& node, std::string_view key) {
    const YamlNode* const value = node.find(key);
    std::vector<std::string> texts;
    if (value == nullptr || value->is_null()) return texts;
    if (value->is_scalar()) {
        texts.push_back(TRY(read_needed_text(node, key)));
        return texts;
    }
    for (const YamlNode& item : TRY(read_list(node, key))) {
        if (!item.is_scalar() || item.text.empty() || item.text.size() > max_profile_text)
            return wrong(item.line, quoted(key) + " must be a list of texts");
        texts.push_back(item.text);
    }
    return texts;
}

Read<bool> read_flag(const YamlNode& node, std::string_view key) {
    const YamlNode* const value = node.find(key);
    if (value == nullptr || value->is_null()) return false;
    const std::optional<bool> flag = value->as_bool();
    if (!flag) return wrong(value->line, quoted(key) + " must be true or false");
    return *flag;
}

Read<std::span<const YamlNode>> read_list(const YamlNode& node, std::string_view key) {
    const YamlNode* const value = node.find(key);
    if (value == nullptr || value->is_null()) return std::span<const YamlNode>();
    if (!value->is_list()) return wrong(value->line, quoted(key) + " must be a list");
    if (value->items.size() > max_profile_entries)
        return wrong(value->line, quoted(key) + " has too many entries");
    return std::span<const YamlNode>(value->items);
}

Read<std::optional<Time>> read_time(const YamlNode& node, std::string_view key, const Zone& zone) {
    const std::string text = TRY(read_text(node, key));
    if (text.empty()) return std::optional<Time>();
    const Result<Time> time = parse_time(text, zone);
    if (!time) return wrong(line_of(node, key), quoted(key) + " must be a date like 2026-01-31");
    return std::optional<Time>(*time);
}

}  // namespace konseki::detect
