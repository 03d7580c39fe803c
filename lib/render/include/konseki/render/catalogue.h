#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace konseki::render {

/// The languages in which sentences for people exist.
enum class Language { ja, en };

/// One sentence of messages/{ja,en}/<room>.json, built into the program. `text` holds `{name}`
/// placeholders; braces stand for nothing else.
struct Message {
    std::string_view key;
    std::string_view text;
};

/// Every message of a language, sorted by key.
std::span<const Message> all_messages(Language language);

/// What a placeholder stands for.
struct Filling {
    std::string_view name;
    std::string_view value;
};

/// The sentence of a dotted key with its placeholders filled: `say(language, "kit.no_rules",
/// {{"folder", path}})`. One key is one whole sentence; none is glued from pieces, and a sentence that
/// counts has a key for one and a key for more. Values are put in as they are: who writes to a terminal
/// or a page escapes there. An unknown key gives the key itself and a placeholder without a filling
/// stays visible: a person at work is better served by an odd sentence than by a stop.
std::string say(Language language, std::string_view key, std::initializer_list<Filling> fillings);
/// The same for a sentence without placeholders.
std::string_view say(Language language, std::string_view key);

/// Gives the parts of a text with `{name}` placeholders in their order: on_text(text) for what stands
/// between them, on_name(name) for each.
template <class OnText, class OnName>
void for_each_part(std::string_view text, OnText&& on_text, OnName&& on_name) {
    while (true) {
        const std::size_t open = text.find('{');
        const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
        if (close == text.npos) return on_text(text);
        on_text(text.substr(0, open));
        on_name(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
}

/// `text` with `{name}` placeholders filled.
std::string fill(std::string_view text, std::span<const Filling> fillings);

/// What is wrong with the two languages, one line each: a key that one of them lacks, an empty text,
/// placeholders that differ. Empty for a good catalogue.
std::string compare_messages(std::span<const Message> ja, std::span<const Message> en);

}  // namespace konseki::render
