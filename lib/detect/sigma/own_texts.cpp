#include "sigma/own_texts.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "sigma/rule_info.h"

namespace konseki::detect::sigma {
namespace {

using findings::Bilingual;
using findings::OwnCheck;
using findings::OwnTexts;

constexpr std::array<std::string_view, 10> known_keys = {
    "id", "title_ja", "needs", "own_collection", "says", "why", "other", "next", "do_not", "check"};
/// Longer is no sentence for people any more.
constexpr std::size_t max_text_bytes = 2'000;
constexpr std::size_t max_advice = 8;
/// Of a check: names of services of Windows are some hundred.
constexpr std::size_t max_words = 1'000, max_word_bytes = 256;
constexpr std::int64_t max_limit = 1'000'000;

std::string quoted(std::string_view key) { return '`' + std::string(key) + '`'; }

/// `{Field}`: closed, not empty, not nested.
bool has_whole_placeholders(std::string_view text) {
    while (!text.empty()) {
        const std::size_t open = text.find_first_of("{}");
        if (open == text.npos) return true;
        if (text[open] == '}') return false;
        const std::size_t close = text.find_first_of("{}", open + 1);
        if (close == text.npos || text[close] == '{' || close == open + 1) return false;
        text.remove_prefix(close + 1);
    }
    return true;
}

/// Ids stand on the board's page where no text is known for them, so they are words and no sentences.
bool is_advice_id(std::string_view text) {
    constexpr std::size_t max_id = 40;
    return !text.empty() && text.size() <= max_id && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Parsed<Bilingual> read_text(const YamlNode& block, std::string_view key) {
    const YamlNode* const node = block.find(key);
    if (node == nullptr || !node->is_map())
        return refuse(block.line, quoted(key) + " must give ja and en");
    Bilingual out{text_of(*node, "ja"), text_of(*node, "en")};
    for (const YamlEntry& entry : node->entries)
        if (entry.key != "ja" && entry.key != "en")
            return refuse(entry.line,
                          "unknown language " + quoted(entry.key) + " in " + quoted(key));
    for (const std::string* const text : {&out.ja, &out.en}) {
        if (text->empty()) return refuse(node->line, quoted(key) + " needs both languages");
        if (text->size() > max_text_bytes) return refuse(node->line, quoted(key) + " is too long");
        if (!has_whole_placeholders(*text))
            return refuse(node->line,
                          quoted(key) + " has a placeholder that is open, empty or nested");
    }
    return out;
}

Parsed<std::vector<std::string>> read_ids(const YamlNode& block, std::string_view key) {
    std::vector<std::string> out;
    const YamlNode* const node = block.find(key);
    if (node == nullptr) return out;
    if (!node->is_list()) return refuse(node->line, quoted(key) + " must be a list");
    if (node->items.size() > max_advice)
        return refuse(node->line, quoted(key) + " has too many ids");
    for (const YamlNode& item : node->items) {
        if (!item.is_scalar() || !is_advice_id(item.text))
            return refuse(item.line, quoted(key) + " holds what is no id");
        out.push_back(item.text);
    }
    return out;
}

Parsed<std::vector<std::string>> read_words(const YamlNode& block, std::string_view key) {
    std::vector<std::string> out;
    const YamlNode* const node = block.find(key);
    if (node == nullptr || !node->is_list() || node->items.size() > max_words)
        return refuse(block.line, quoted(key) + " must be a list of words");
    for (const YamlNode& item : node->items) {
        if (!item.is_scalar() || item.text.empty() || item.text.size() > max_word_bytes)
            return refuse(item.line, quoted(key) + " must be a list of words");
        out.push_back(item.text);
    }
    return out;
}

/// `{near: [Field], words: [..], edits: 2}`, `{apart: [Field, Field], minutes: 5}` or `{calendar: outside}`.
Parsed<OwnCheck> read_check(const YamlNode& block) {
    OwnCheck out;
    if (const YamlNode* const calendar = block.find("calendar")) {
        if (block.entries.size() != 1) return refuse(block.line, "unknown key in `check`");
        if (!calendar->is_scalar() || calendar->text != "outside")
            return refuse(calendar->line, "`calendar` of a check must be outside");
        out.kind = OwnCheck::Kind::off_hours;
        return out;
    }
    const bool is_near = block.find("near") != nullptr;
    out.kind = is_near ? OwnCheck::Kind::near : OwnCheck::Kind::apart;
    out.fields = TRY(read_words(block, is_near ? "near" : "apart"));
    if (out.fields.size() != (is_near ? 1u : 2u))
        return refuse(block.line, "`check` names the wrong number of fields");
    if (is_near) out.words = TRY(read_words(block, "words"));
    const YamlNode* const limit = block.find(is_near ? "edits" : "minutes");
    const std::optional<std::int64_t> number = limit ? limit->as_integer() : std::nullopt;
    if (!number || *number < 1 || *number > max_limit)
        return refuse(block.line, "`check` needs `edits` or `minutes` as a number from 1 on");
    if (block.entries.size() != (is_near ? 3u : 2u))
        return refuse(block.line, "unknown key in `check`");
    out.limit = static_cast<std::uint32_t>(*number);
    return out;
}

}  // namespace

Parsed<std::optional<OwnTexts>> read_own_texts(const YamlNode& document) {
    const YamlNode* const block = document.find("konseki");
    if (block == nullptr) return std::nullopt;
    if (!block->is_map()) return refuse(block->line, "`konseki` must be a map");
    for (const YamlEntry& entry : block->entries)
        if (std::ranges::find(known_keys, entry.key) == known_keys.end())
            return refuse(entry.line, "unknown key " + quoted(entry.key) + " in `konseki`");
    OwnTexts out;
    out.id = text_of(*block, "id");
    if (out.id.empty()) return refuse(block->line, "`konseki` needs an id");
    out.title_ja = text_of(*block, "title_ja");
    out.needs = text_of(*block, "needs");
    if (const YamlNode* const flag = block->find("own_collection")) {
        const std::optional<bool> value = flag->as_bool();
        if (!value) return refuse(flag->line, "`own_collection` must be true or false");
        out.own_collection = *value;
    }
    if (const YamlNode* const check = block->find("check")) {
        if (!check->is_map()) return refuse(check->line, "`check` must be a map");
        out.check = TRY(read_check(*check));
    }
    out.says = TRY(read_text(*block, "says"));
    out.why = TRY(read_text(*block, "why"));
    out.other = TRY(read_text(*block, "other"));
    out.next = TRY(read_ids(*block, "next"));
    out.do_not = TRY(read_ids(*block, "do_not"));
    return out;
}

}  // namespace konseki::detect::sigma
