#include "konseki/render/reword.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace konseki::render {
namespace {

/// A sentence within a sentence is as deep as ours go.
constexpr int max_depth = 2;

/// `text {name} text` taken apart: one more literal than names.
struct Template {
    std::vector<std::string_view> literals, names;
    std::size_t literal_bytes = 0;
};

Template take_apart(std::string_view text) {
    Template out;
    for (;;) {
        const std::size_t open = text.find('{');
        const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
        const std::string_view literal = close == text.npos ? text : text.substr(0, open);
        out.literals.push_back(literal);
        out.literal_bytes += literal.size();
        if (close == text.npos) return out;
        out.names.push_back(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
}

/// What stands for each name, where the sentence is of this form: each literal at its first place but the
/// last, which ends the sentence.
std::optional<std::vector<std::string_view>> fit(const Template& form, std::string_view sentence) {
    std::vector<std::string_view> values;
    if (!sentence.starts_with(form.literals.front())) return std::nullopt;
    sentence.remove_prefix(form.literals.front().size());
    for (std::size_t i = 1; i < form.literals.size(); ++i) {
        const std::string_view literal = form.literals[i];
        const bool is_last = i + 1 == form.literals.size();
        if (is_last && !sentence.ends_with(literal)) return std::nullopt;
        const std::size_t at = is_last ? sentence.size() - literal.size() : sentence.find(literal);
        if (at == sentence.npos) return std::nullopt;
        values.push_back(sentence.substr(0, at));
        sentence.remove_prefix(at + literal.size());
    }
    if (!sentence.empty()) return std::nullopt;
    return values;
}

std::string reword_within(Language language, std::string_view keys, std::string_view english,
                          int depth) {
    std::string_view key;
    Template best;
    std::vector<std::string_view> values;
    for (const Message& message : all_messages(Language::en)) {
        if (!message.key.starts_with(keys)) continue;
        Template form = take_apart(message.text);
        if (!key.empty() && form.literal_bytes <= best.literal_bytes) continue;
        auto fitting = fit(form, english);
        if (!fitting) continue;
        key = message.key;
        best = std::move(form);
        values = std::move(*fitting);
    }
    if (key.empty()) return std::string(english);
    std::vector<std::string> reworded;
    for (const std::string_view value : values)
        reworded.push_back(depth < max_depth ? reword_within(language, keys, value, depth + 1)
                                             : std::string(value));
    std::vector<Filling> fillings;
    for (std::size_t i = 0; i < reworded.size(); ++i)
        fillings.push_back({best.names[i], reworded[i]});
    return fill(say(language, key), fillings);
}

}  // namespace

std::string reword(Language language, std::string_view keys, std::string_view english) {
    if (language == Language::en) return std::string(english);
    return reword_within(language, keys, english, 1);
}

}  // namespace konseki::render
