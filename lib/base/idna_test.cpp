#include "konseki/base/idna.h"

#include <doctest/doctest.h>

using namespace konseki;

TEST_CASE("idna: names become A-labels as UTS 46 non-transitional processing says") {
    // UTS 46 section 4 and table 1, RFC 3492 section 7.1 (Japanese), IANA root zone for the test labels.
    struct Line {
        const char* written;
        const char* ascii;  // null: no domain
    };
    const Line lines[] = {
        {"Example.COM", "example.com"},
        {"example.com.", "example.com"},
        {"b\u00fccher.de", "xn--bcher-kva.de"},
        {"B\u00dcCHER.DE", "xn--bcher-kva.de"},
        {"fa\u00df.de", "xn--fa-hia.de"},
        {"\u03b2\u03cc\u03bb\u03bf\u03c2.com", "xn--nxasmm1c.com"},
        {"\u4f8b\u3048.\u30c6\u30b9\u30c8", "xn--r8jz45g.xn--zckzah"},
        {"\u4f8b\u3048\u3002\u30c6\u30b9\u30c8", "xn--r8jz45g.xn--zckzah"},
        {"\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45\uff0e\uff43\uff4f\uff4d", "example.com"},
        {"XN--R8JZ45G.jp", "xn--r8jz45g.jp"},
        {"_ldap._tcp.dc._msdcs.corp.local", "_ldap._tcp.dc._msdcs.corp.local"},
        {"", nullptr},
        {".", nullptr},
        {"a..b", nullptr},
        {".a", nullptr},
        {"a b.com", nullptr},
        {"a/b.com", nullptr},
        {"xn--a\u00fc.com", nullptr},
    };
    for (const Line& line : lines) {
        CAPTURE(line.written);
        const std::optional<std::string> got = domain_to_ascii(line.written);
        CHECK(got.has_value() == (line.ascii != nullptr));
        if (got && line.ascii) CHECK(*got == line.ascii);
    }
}

TEST_CASE("idna: a label over 63 octets or a name over 253 is no domain") {
    CHECK(domain_to_ascii(std::string(63, 'a') + ".com"));
    CHECK(!domain_to_ascii(std::string(64, 'a') + ".com"));
    std::string name =
        std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + ".";
    CHECK(domain_to_ascii(name + std::string(61, 'd')));
    CHECK(!domain_to_ascii(name + std::string(62, 'd')));
}

TEST_CASE("idna: A-labels are shown as people read them, and others stay as they are") {
    CHECK(domain_to_unicode("xn--r8jz45g.xn--zckzah") == "\u4f8b\u3048.\u30c6\u30b9\u30c8");
    CHECK(domain_to_unicode("example.com") == "example.com");
}
