#include <doctest/doctest.h>

#include "konseki/traces/trace.h"

using namespace konseki::traces;

TEST_CASE("public suffix: the registered domain is the one label before the prevailing rule") {
    // Cases of the list's own test set (checkPublicSuffix, CC0): plain, wildcard, exception and IDN rules.
    struct Line {
        const char *domain, *registered;
        bool listed;
    };
    const Line lines[] = {
        {"com", "", true},
        {"b.example.com", "example.com", true},
        {"jp", "", true},
        {"test.ac.jp", "test.ac.jp", true},
        {"kyoto.jp", "", true},
        {"ide.kyoto.jp", "", true},
        {"a.b.ide.kyoto.jp", "b.ide.kyoto.jp", true},
        {"c.kobe.jp", "", true},
        {"a.b.c.kobe.jp", "b.c.kobe.jp", true},
        {"city.kobe.jp", "city.kobe.jp", true},
        {"www.city.kobe.jp", "city.kobe.jp", true},
        {"ck", "", false},
        {"test.ck", "", true},
        {"a.b.test.ck", "b.test.ck", true},
        {"www.www.ck", "www.ck", true},
        {"xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn", true},
        {"xn--55qx5d.cn", "", true},
        {"a.b.example.example", "example.example", false},
    };
    for (const Line& line : lines) {
        CAPTURE(line.domain);
        const RegisteredDomain got = registered_domain(line.domain);
        CHECK(got.text == line.registered);
        CHECK(got.listed == line.listed);
    }
}

TEST_CASE("public suffix: a name under a private rule is marked as shared hosting") {
    CHECK(registered_domain("evil.github.io").shared_hosting);
    CHECK(registered_domain("evil.github.io").text == "evil.github.io");
    CHECK(!registered_domain("evil.example.com").shared_hosting);
}
