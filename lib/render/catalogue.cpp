#include "konseki/render/catalogue.h"

#include <algorithm>
#include <vector>

namespace konseki::render {
namespace {

const Message* find(std::span<const Message> messages, std::string_view key) {
    const auto at = std::ranges::lower_bound(messages, key, {}, &Message::key);
    return at != messages.end() && at->key == key ? &*at : nullptr;
}

std::vector<std::string_view> placeholders(std::string_view text) {
    std::vector<std::string_view> out;
    for_each_part(
        text, [](std::string_view) {}, [&](std::string_view name) { out.push_back(name); });
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
    for_each_part(
        text, [&](std::string_view part) { out += part; },
        [&](std::string_view name) {
            const auto filling = std::ranges::find(fillings, name, &Filling::name);
            if (filling != fillings.end())
                out += filling->value;
            else
                out.append("{").append(name).append("}");
        });
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
