#include "konseki/render/catalogue.h"

#include <algorithm>
#include <vector>

namespace konseki::render {
namespace {

const Message* find(std::span<const Message> messages, std::string_view key) {
    const auto at = std::ranges::lower_bound(messages, key, {}, &Message::key);
    return at != messages.end() && at->key == key ? &*at : nullptr;
}

struct Placeholder {
    std::size_t begin, end;  ///< with the braces; begin == end where there is none
};
Placeholder next_placeholder(std::string_view text, std::size_t from) {
    const std::size_t begin = text.find('{', from);
    const std::size_t end = begin == text.npos ? text.npos : text.find('}', begin);
    if (end == text.npos) return {text.size(), text.size()};
    return {begin, end + 1};
}

std::vector<std::string_view> placeholders(std::string_view text) {
    std::vector<std::string_view> out;
    for (Placeholder next = next_placeholder(text, 0); next.begin != next.end;
         next = next_placeholder(text, next.end))
        out.push_back(text.substr(next.begin, next.end - next.begin));
    std::ranges::sort(out);
    const auto repeated = std::ranges::unique(out);
    out.erase(repeated.begin(), repeated.end());
    return out;
}

void compare_one(std::string& out, const Message& message, const Message* other) {
    const std::string key(message.key);
    if (message.text.find_first_not_of(" \n\t") == std::string_view::npos)
        out += key + " is empty\n";
    if (other == nullptr)
        out += key + " is missing in the other language\n";
    else if (placeholders(message.text) != placeholders(other->text))
        out += key + " has other placeholders in the other language\n";
}

}  // namespace

std::string fill(std::string_view text, std::span<const Filling> fillings) {
    std::string out;
    std::size_t done = 0;
    while (done < text.size()) {
        const Placeholder next = next_placeholder(text, done);
        out.append(text.substr(done, next.begin - done));
        done = next.end;
        if (next.begin == next.end) continue;
        const std::string_view name = text.substr(next.begin + 1, next.end - next.begin - 2);
        const auto filling = std::ranges::find(fillings, name, &Filling::name);
        out.append(filling != fillings.end() ? filling->value
                                             : text.substr(next.begin, next.end - next.begin));
    }
    return out;
}

std::string_view say(Language language, std::string_view key) {
    const Message* const message = find(all_messages(language), key);
    return message != nullptr ? message->text : key;
}

std::string say(Language language, std::string_view key, std::initializer_list<Filling> fillings) {
    return fill(say(language, key), {fillings.begin(), fillings.size()});
}

std::string compare_messages(std::span<const Message> ja, std::span<const Message> en) {
    std::string out;
    for (const Message& message : ja) compare_one(out, message, find(en, message.key));
    for (const Message& message : en) {
        const Message* const other = find(ja, message.key);
        if (other == nullptr || message.text.find_first_not_of(" \n\t") == std::string_view::npos)
            compare_one(out, message, other);
    }
    return out;
}

}  // namespace konseki::render
