#include "konseki/render/catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace konseki::render;

TEST_CASE("both languages hold the same keys and placeholders and no empty text") {
    CHECK(compare_messages(all_messages(Language::ja), all_messages(Language::en)) == "");
}

TEST_CASE("the messages of a language are sorted and no key comes twice") {
    for (const Language language : {Language::ja, Language::en}) {
        const std::span<const Message> messages = all_messages(language);
        const auto not_rising = std::ranges::adjacent_find(
            messages, [](const Message& a, const Message& b) { return a.key >= b.key; });
        CHECK(not_rising == messages.end());
    }
}

TEST_CASE("every message of the catalogue is found by its key") {
    for (const Language language : {Language::ja, Language::en})
        for (const Message& message : all_messages(language))
            CHECK(say(language, message.key) == message.text);
}

TEST_CASE("a placeholder is filled as often as it stands there") {
    const std::array<Filling, 2> fillings = {Filling{"count", "3"}, Filling{"path", "a{count}b"}};
    CHECK(fill("{count} of {path}, {count}", fillings) == "3 of a{count}b, 3");
    CHECK(fill("{count}", fillings) == "3");
    CHECK(fill("none", fillings) == "none");
    CHECK(fill("", fillings) == "");
}

TEST_CASE("a placeholder without a filling and a lone brace stay visible") {
    CHECK(fill("{other} {", {}) == "{other} {");
    CHECK(fill("a}b{c", {}) == "a}b{c");
}

TEST_CASE("an unknown key shows itself") {
    CHECK(say(Language::ja, "no.such.key") == "no.such.key");
    CHECK(say(Language::en, "no.such.key", {{"a", "b"}}) == "no.such.key");
}

TEST_CASE("differences between languages are named") {
    const std::array ja = {Message{"a.one", "{x}と{y}"}, Message{"a.two", "  "},
                           Message{"a.three", "z"}};
    const std::array en = {Message{"a.one", "{y} and {x}"}, Message{"a.two", "two"}};
    CHECK(compare_messages(std::span(ja).first(1), std::span(en).first(1)) == "");
    CHECK(compare_messages(std::span(ja).subspan(1, 1), std::span(en).subspan(1)) ==
          "a.two is empty\n");
    CHECK(compare_messages(std::span(ja).last(1), {}) ==
          "a.three is missing in the other language\n");
    CHECK(compare_messages({}, std::span(en).last(1)) ==
          "a.two is missing in the other language\n");
    const std::array other = {Message{"a.one", "{x}"}};
    CHECK(compare_messages(std::span(ja).first(1), other) ==
          "a.one has other placeholders in the other language\n");
}
