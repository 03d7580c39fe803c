#include "konseki/base/tokens.h"

#include <doctest/doctest.h>

using namespace konseki;
using Tokens = std::vector<std::string>;

TEST_CASE("Japanese gives pairs and the last character, ASCII whole runs") {
    CHECK(tokens_of("標的型") == Tokens{"標的", "的型", "型"});
    CHECK(tokens_of("攻撃、Evil.example.jp") == Tokens{"攻撃", "撃", "evil", "example", "jp"});
    CHECK(tokens_of("EVTXファイル") == Tokens{"evtx", "ふぁ", "ぁい", "いる", "る"});
    CHECK(tokens_of("。\"'\\ \u3000-").empty());
    CHECK(tokens_of(std::string(100, 'a')) == Tokens{std::string(64, 'a')});
}

TEST_CASE("a word that is looked for need not end where a run in the text ends") {
    const std::vector<Phrase> found = phrases_of("標的型　貿 evt 「攻撃」");
    REQUIRE(found.size() == 4);
    CHECK(found[0].tokens == Tokens{"標的", "的型"});
    CHECK_FALSE(found[0].last_is_beginning);
    CHECK(found[1].tokens == Tokens{"貿"});
    CHECK(found[1].last_is_beginning);
    CHECK(found[2].tokens == Tokens{"evt"});
    CHECK(found[2].last_is_beginning);
    CHECK(found[3].tokens == Tokens{"攻撃"});
    CHECK(found[3].folded == "攻撃");
}

TEST_CASE("a Japanese run inside a word that is looked for keeps its last character") {
    CHECK(phrases_of("攻撃evtx")[0].tokens == Tokens{"攻撃", "撃", "evtx"});
}

TEST_CASE("what is looked for is bounded") {
    CHECK(phrases_of("a b c d e f g h i j").size() == max_phrases);
    std::string word;
    for (int i = 0; i < 100; ++i) word += "あい";
    const std::vector<Phrase> found = phrases_of(word);
    CHECK(found[0].tokens.size() == max_phrase_tokens);
    CHECK(found[0].folded == word);
    CHECK_FALSE(found[0].last_is_beginning);
    CHECK(phrases_of("").empty());
    CHECK(phrases_of("?? ! ").empty());
}
