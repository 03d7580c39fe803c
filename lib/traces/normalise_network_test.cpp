#include <doctest/doctest.h>

#include "konseki/traces/trace.h"

using namespace konseki;
using namespace konseki::traces;

namespace {

struct Line {
    const char* written;
    const char* value;  // null: no trace
};

void check(TraceType type, const Line& line) {
    CAPTURE(line.written);
    const std::optional<Trace> trace = normalise(type, line.written);
    CHECK((trace ? trace->value : "(none)") == (line.value ? line.value : "(none)"));
}

}  // namespace

TEST_CASE("traces: an IPv4 address is strict dotted decimal") {
    const Line lines[] = {
        {"192.0.2.1", "192.0.2.1"},
        {" 198.51.100.7 ", "198.51.100.7"},
        {"255.255.255.255", "255.255.255.255"},
        {"8.8.8.8", "8.8.8.8"},
        {"192.0.2.01", nullptr},
        {"010.0.0.1", nullptr},
        {"0.0.0.0", nullptr},
        {"1.2.3", nullptr},
        {"1.2.3.4.5", nullptr},
        {"256.1.1.1", nullptr},
        {"1.2.3.4:80", nullptr},
        {"3232235521", nullptr},
        {"0x7f.1.1.1", nullptr},
        {"1.2.3.", nullptr},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"::FFFF:c000:0201", "192.0.2.1"},
        {"-", nullptr},
        {"", nullptr},
        {"LOCAL", nullptr},
    };
    for (const Line& line : lines) check(TraceType::ipv4, line);
}

TEST_CASE("traces: an IPv6 address is written as RFC 5952 says") {
    // RFC 5952 sections 1, 2 and 4, RFC 4291 section 2.2.
    const Line lines[] = {
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8::1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8::0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:0db8::1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8:0:0:1::1", "2001:db8::1:0:0:1"},
        {"2001:DB8:0:0:1::1", "2001:db8::1:0:0:1"},
        {"2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"},
        {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"FF01:0:0:0:0:0:0:101", "ff01::101"},
        {"fe80::1%12", "fe80::1"},
        {"[2001:db8::7]", "2001:db8::7"},
        {"::1", "::1"},
        {"2001:db8::", "2001:db8::"},
        {"::ffff:10.0.0.1", "10.0.0.1"},
        {"::", nullptr},
        {"1:2:3:4:5:6:7", nullptr},
        {"1:2:3:4:5:6:7:8:9", nullptr},
        {"1::2::3", nullptr},
        {"1:2:3:4:5:6:7::8:9", nullptr},
        {"12345::", nullptr},
        {"12:34:56", nullptr},
        {":::", nullptr},
        {"::ffff:0.0.0.0", nullptr},
        {"10.0.0.1", nullptr},
    };
    for (const Line& line : lines) check(TraceType::ipv6, line);
}

TEST_CASE("traces: internal addresses and names name the victim, others do not") {
    for (const char* text : {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "127.0.0.1",
                             "169.254.1.1", "100.64.0.1", "224.0.0.1", "198.51.100.7"})
        CHECK(normalise(TraceType::ipv4, text)->victim);
    for (const char* text : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.169.0.1"})
        CHECK(!normalise(TraceType::ipv4, text)->victim);
    for (const char* text : {"::1", "fe80::1", "fd00::1", "ff02::1", "2001:db8::1"})
        CHECK(normalise(TraceType::ipv6, text)->victim);
    CHECK(!normalise(TraceType::ipv6, "2a00:1450::1")->victim);
    CHECK(normalise(TraceType::domain, "dc01.corp.local")->victim);
    CHECK(!normalise(TraceType::domain, "evil.example.com")->victim);
    CHECK(normalise(TraceType::url, "http://10.0.0.1/x")->victim);
}

TEST_CASE("traces: a domain is lower-case A-labels and knows its registered domain") {
    struct DomainLine {
        const char *written, *value, *domain;
    };
    const DomainLine lines[] = {
        {"WWW.Example.CO.JP.", "www.example.co.jp", "example.co.jp"},
        {"c2.evil.github.io", "c2.evil.github.io", "evil.github.io"},
        {"\u65e5\u672c\u8a9e.jp", "xn--wgv71a119e.jp", "xn--wgv71a119e.jp"},
        {"www.\u65e5\u672c\u8a9e\uff0ejp", "www.xn--wgv71a119e.jp", "xn--wgv71a119e.jp"},
        {"_dmarc.example.com", "_dmarc.example.com", "example.com"},
        {"dc01.corp.local", "dc01.corp.local", ""},
    };
    for (const DomainLine& line : lines) {
        CAPTURE(line.written);
        const std::optional<Trace> trace = normalise(TraceType::domain, line.written);
        REQUIRE(trace);
        CHECK(trace->value == line.value);
        CHECK(trace->domain == line.domain);
        CHECK(trace->written == line.written);
    }
    for (const char* text :
         {"localhost", "DC01", "192.0.2.1", "a..b.com", "-", "", "a b.com", "1.2.3"})
        CHECK(!normalise(TraceType::domain, text));
}

TEST_CASE("traces: a URL is normal by RFC 3986 section 6.2 and keeps what may carry meaning") {
    const Line lines[] = {
        // RFC 3986 6.2.2.1, 6.2.2.2, 6.2.3.
        {"HTTP://www.EXAMPLE.com/", "http://www.example.com/"},
        {"http://example.com", "http://example.com/"},
        {"http://example.com:/", "http://example.com/"},
        {"http://example.com:80/", "http://example.com/"},
        {"https://example.com:80/", "https://example.com:80/"},
        {"https://example.com:0443/", "https://example.com/"},
        {"http://example.com/%7euser/%3a%c3%a9", "http://example.com/~user/%3A%C3%A9"},
        {"http://example.com/A?b=C&a=1#frag", "http://example.com/A?b=C&a=1"},
        {"http://example.com?q=1", "http://example.com/?q=1"},
        {"http://user:pass@example.com:8080/x", "http://user:pass@example.com:8080/x"},
        {"http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"},
        {"http://192.0.2.1/a b", "http://192.0.2.1/a%20b"},
        {"http://\u4f8b\u3048.jp/\u30d5\u30a1\u30a4\u30eb",
         "http://xn--r8jz45g.jp/%E3%83%95%E3%82%A1%E3%82%A4%E3%83%AB"},
        {"http://server/share", "http://server/share"},
        {"http://example.com/100%", "http://example.com/100%"},
        {"http:///x", nullptr},
        {"http://a b/", nullptr},
        {"http://example.com:99999/", nullptr},
        {"http://1.2.3/", nullptr},
        {"C:\\x", nullptr},
        {"://x", nullptr},
        {"", nullptr},
    };
    for (const Line& line : lines) check(TraceType::url, line);
    CHECK(normalise(TraceType::url, "http://a.b.example.co.jp/x")->domain == "example.co.jp");
}

TEST_CASE(
    "traces: a mail address has its domain as a domain has it and its local part in lower case") {
    const Line lines[] = {
        {"Taro.Yamada@Example.CO.JP", "taro.yamada@example.co.jp"},
        {"<a+tag@example.com>", "a+tag@example.com"},
        {"mailto:a@example.com", "a@example.com"},
        {"a@\u65e5\u672c\u8a9e.jp", "a@xn--wgv71a119e.jp"},
        {"a@localhost", nullptr},
        {"@example.com", nullptr},
        {"a b@example.com", nullptr},
        {"example.com", nullptr},
    };
    for (const Line& line : lines) check(TraceType::email, line);
}

TEST_CASE("traces: a value that no form can hold is no trace") {
    CHECK(!normalise(TraceType::url, "http://example.com/" + std::string(5'000, 'a')));
    CHECK(!normalise(TraceType::file_path, "c:\\" + std::string(100'000, 'a')));
}
