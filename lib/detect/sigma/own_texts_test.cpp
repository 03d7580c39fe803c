#include "sigma/own_texts.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::detect::sigma;

namespace {

Parsed<std::optional<findings::OwnTexts>> read(std::string_view block) {
    return read_own_texts(read_yaml("title: T\n" + std::string(block)).front().root);
}

constexpr std::string_view whole = R"(konseki:
  id: E001
  needs: c
  own_collection: true
  says: {ja: 'サービス「{ServiceName}」', en: 'Service {ServiceName}'}
  why: {ja: 理由, en: why}
  other: {ja: 他, en: other}
  next: [check_service, collect_file]
  do_not: [no_wipe]
)";

std::string without(std::string_view line) {
    std::string text(whole);
    const std::size_t at = text.find(line);
    return text.erase(at, text.find('\n', at) - at + 1);
}

}  // namespace

TEST_CASE("a rule without the block has no texts of its own") {
    const auto texts = read("level: high\n");

    REQUIRE(texts.has_value());
    CHECK_FALSE(texts->has_value());
}

TEST_CASE("the block gives id, needs, texts in both languages and advice") {
    const auto texts = read(whole);

    REQUIRE(texts.has_value());
    REQUIRE(texts->has_value());
    const findings::OwnTexts& own = **texts;
    CHECK(own.id == "E001");
    CHECK(own.needs == "c");
    CHECK(own.own_collection);
    CHECK(own.says.ja == "サービス「{ServiceName}」");
    CHECK(own.why.en == "why");
    CHECK(own.next == std::vector<std::string>{"check_service", "collect_file"});
    CHECK(own.do_not == std::vector<std::string>{"no_wipe"});
}

TEST_CASE("a block that lacks a text, a language or the id is refused with its line") {
    for (const std::string_view line : {"  id:", "  says:", "  why:", "  other:"})
        CHECK_FALSE(read(without(line)).has_value());

    const auto one =
        read("konseki: {id: E001, says: {ja: x}, why: {ja: x, en: y}, other: {ja: x, en: y}}\n");
    REQUIRE_FALSE(one.has_value());
    CHECK(one.error().line == 2);
    CHECK(one.error().reason == "`says` needs both languages");
}

TEST_CASE("advice is named by words, so that a rule cannot write on the page") {
    for (const std::string_view id :
         {"Send all.", "", "a b", "0123456789012345678901234567890123456789x"}) {
        const std::string block = without("  next:") + "  next: ['" + std::string(id) + "']\n";
        CHECK(read(block).error().reason == "`next` holds what is no id");
    }
}

TEST_CASE("an unknown key or language is refused") {
    CHECK(read(std::string(whole) + "  say: x\n").error().reason ==
          "unknown key `say` in `konseki`");
    CHECK(read("konseki: {id: E001, says: {ja: x, en: y, de: z}}\n").error().reason ==
          "unknown language `de` in `says`");
}

TEST_CASE("a placeholder that is open, empty or nested is refused") {
    for (const std::string_view text : {"a {b", "a } b", "a {} b", "{a {b} c}"}) {
        const std::string block = "konseki: {id: E001, says: {ja: '" + std::string(text) +
                                  "', en: 'y'}, why: {ja: x, en: y}, other: {ja: x, en: y}}\n";
        CHECK(read(block).error().reason ==
              "`says` has a placeholder that is open, empty or nested");
    }
}
