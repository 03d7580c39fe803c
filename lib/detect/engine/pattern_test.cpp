#include "engine/pattern.h"

#include <doctest/doctest.h>

#include "engine/test_batch.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

bool matches(std::string_view written, std::string_view value, bool cased = false) {
    TestLog log;
    log.add("C", "P", 1, {{"F", std::string(value)}});
    return fires(field_is("F", written, cased), log.batch);
}

}  // namespace

TEST_CASE("a pattern must match the whole value, whatever the case") {
    struct Row {
        const char *written, *value;
        bool matches;
    };
    // Sigma specification 2.1.0, "Wildcards": * is any number of characters, ? exactly one.
    for (const Row& row : std::initializer_list<Row>{{"whoami", "WhoAmI", true},
                                                     {"whoami", "whoami /all", false},
                                                     {"whoami*", "whoami /all", true},
                                                     {"*ami", "whoami", true},
                                                     {"*ami", "whoami ", false},
                                                     {"*hoa*", "whoami", true},
                                                     {"w?oami", "whoami", true},
                                                     {"w?oami", "woami", false},
                                                     {"?", "", false},
                                                     {"*", "", true},
                                                     {"?", "\xe3\x81\x82", true},
                                                     {"??", "\xe3\x81\x82", false},
                                                     {"a*b*c", "axxbyyc", true},
                                                     {"a*b*c", "axxbyycd", false},
                                                     {"*b*b", "bb", true},
                                                     {"*b*b", "b", false},
                                                     {"a?*b", "ab", false},
                                                     {"a?*b", "axb", true},
                                                     {"*a?", "aab", true},
                                                     {"*aab", "aaab", true},
                                                     {"a*", "a\nb", true},
                                                     {"a?b", "a\nb", true},
                                                     {"~x", "/x", true},
                                                     {"~x", "\xe2\x80\x93x", true},
                                                     {"* ~c *",
                                                      "cmd \xe2\x80\x95"
                                                      "C whoami",
                                                      true},
                                                     {"~x", "+x", false},
                                                     {"\xc3\x84pfel", "\xc3\xa4PFEL", true},
                                                     {"*\xd0\x96*", "x\xd0\xb6y", true}}) {
        INFO(row.written << " on " << row.value);
        CHECK(matches(row.written, row.value) == row.matches);
    }
}

TEST_CASE("a cased pattern tells upper from lower case") {
    CHECK(matches("*WHOAMI*", "run WHOAMI now", true));
    CHECK_FALSE(matches("*WHOAMI*", "run whoami now", true));
    CHECK(matches("aB?", "aBc", true));
    CHECK_FALSE(matches("aB?", "abc", true));
}

TEST_CASE("text is found wherever it stands, at every length around the step of sixteen") {
    for (std::size_t length = 1; length < 70; ++length) {
        for (std::size_t place = 0; place + 3 <= length; ++place) {
            std::string text(length, '.');
            text.replace(place, 3, "abc");
            CHECK(find_text(text, "abc", 0) == place);
            CHECK(find_text(text, "abc", place + 1) == std::string_view::npos);
        }
        CHECK(find_text(std::string(length, '.'), "x", 0) == std::string_view::npos);
        CHECK(find_text(std::string(length, 'a'), std::string(length, 'a'), 0) == 0);
        CHECK(find_text(std::string(length, 'a'), std::string(length + 1, 'a'), 0) ==
              std::string_view::npos);
    }
}
