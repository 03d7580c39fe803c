#include "engine/regex.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/flat.h"

using namespace konseki;
using namespace konseki::detect;

namespace {

using Texts = std::vector<std::string>;
Texts required(std::string_view pattern) {
    Texts texts = analyse_regex(pattern).required;
    std::sort(texts.begin(), texts.end());
    return texts;
}

}  // namespace

TEST_CASE("the texts that a regular expression needs are found, folded, also inside groups") {
    CHECK(required("WhoAmI") == Texts{"whoami"});
    CHECK(required("\\\\Temp\\\\[a-z]{4}\\.exe$") == Texts{"\\temp\\"});
    CHECK(required("(?i)x(foobar|bazz)+y") == Texts{"bazz", "foobar"});
    CHECK(required("(?:alpha|beta)gamma") == Texts{"gamma"});
    CHECK(required("ab[Cc]d[x]e") == Texts{"abcdxe"});
    CHECK(required("foo(bar)?baz") == Texts{"foo"});
    CHECK(required("foo(bar)+bazz") == Texts{"foobar"});
    CHECK(required("^(?:abc)def$") == Texts{"abcdef"});
    CHECK(required("\\x41\\x{42}C") == Texts{"abc"});
    CHECK(required("a{3}bcde*f") == Texts{"bcd"});
}

TEST_CASE("all texts that must occur together are known") {
    using Sets = std::vector<Texts>;
    CHECK(analyse_regex("(?i)(Set).*&&\\s?set.*(environment|invoke).*x").all ==
          Sets{{"set"}, {"&&"}, {"set"}, {"environment", "invoke"}, {"x"}});
    CHECK(analyse_regex("(foo)?bar|baz").all == Sets{{"bar", "baz"}});
    CHECK(analyse_regex("(foo.bar)+").all == Sets{{"foo"}, {"bar"}});
    CHECK(analyse_regex("(foo.bar)*").all.empty());
    CHECK(analyse_regex("abc").all == Sets{{"abc"}});
    CHECK(analyse_regex("a|").all.empty());
}

TEST_CASE("nothing is claimed where any branch needs nothing or the syntax is not known") {
    for (const char* const pattern :
         {"", ".*", "a|", "(foo)?", "(foo)*", "[abc]", "foo|[0-9]", "\\Qfoo\\E", "(foo", "foo)",
          "*foo", "\\pLfoo\\8", "x{0}", "[a-c]+"})
        CHECK_MESSAGE(required(pattern).empty(), pattern);
}

TEST_CASE("the shortest match and runs of any character are known") {
    CHECK(analyse_regex("ab.c[d]").minimum == 5);
    CHECK(analyse_regex("(ab|c)x{3,}").minimum == 4);
    CHECK(analyse_regex("a*b?").minimum == 0);
    CHECK(analyse_regex("[^/]{100,}$").minimum == 100);
    CHECK(analyse_regex(".{1000,}").run == 1000);
    CHECK(analyse_regex("(.){200,}").run == 200);
    CHECK(analyse_regex(".{150}").run == 150);
    CHECK_FALSE(analyse_regex("a.{150}").run);
    CHECK_FALSE(analyse_regex(".{1,5}").run);
}

TEST_CASE("a run of characters counts characters and ends at a line break unless dot means all") {
    const Regex five(".{5,}", 0), all(".{5,}", regex_dot_all);
    CHECK(five.search("abcde"));
    CHECK_FALSE(five.search("abcd"));
    CHECK_FALSE(five.search("abc\nde"));
    CHECK(all.search("abc\nd"));
    CHECK(five.search("\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82"));
    CHECK_FALSE(five.search("\xe3\x81\x82\xe3\x81\x82"));
}

TEST_CASE("a search is unanchored, ASCII for classes, and minds its flags") {
    CHECK(Regex("b+", 0).search("abc"));
    CHECK_FALSE(Regex("B", 0).search("abc"));
    CHECK(Regex("B", regex_ignore_case).search("abc"));
    CHECK_FALSE(Regex("^b", 0).search("a\nb"));
    CHECK(Regex("^b", regex_multi_line).search("a\nb"));
    CHECK_FALSE(Regex("a.b", 0).search("a\nb"));
    CHECK(Regex("a.b", regex_dot_all).search("a\nb"));
    CHECK_FALSE(Regex("(", 0).search("("));
}
