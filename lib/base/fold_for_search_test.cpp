#include "konseki/base/text.h"

#include <doctest/doctest.h>

using namespace konseki;

TEST_CASE("full and half width, kana and case fall together for searching") {
    CHECK(fold_for_search("ＥＶＴＸ") == "evtx");
    CHECK(fold_for_search("ｻｲﾊﾞｰ") == "さいばー");
    CHECK(fold_for_search("サイバー") == "さいばー");
    CHECK(fold_for_search("ヽヾ") == "ゝゞ");
    CHECK(fold_for_search("㈱") == "(株)");
    CHECK(fold_for_search("標的型") == "標的型");
}

TEST_CASE("what is not seen does not part a word when it is searched for") {
    CHECK(fold_for_search("evil\u00AD.\u200Bexample") == "evil.example");
}

TEST_CASE("invalid bytes are replaced and the rest is still folded") {
    CHECK(fold_for_search("A\xFF"
                          "B") == "a\uFFFDb");
    CHECK(fold_for_search("").empty());
}
