#include <doctest/doctest.h>

#include "konseki/traces/trace.h"

using namespace konseki;
using namespace konseki::traces;

TEST_CASE("refang: what reports write becomes the live value, never across blanks") {
    struct Line {
        const char *written, *live;
    };
    const Line lines[] = {
        {"hxxp://evil[.]example[.]com/a", "http://evil.example.com/a"},
        {"hXXps[://]evil(.)example{.}com", "https://evil.example.com"},
        {"h**p[:]//evil[dot]example(dot)com", "http://evil.example.com"},
        {"meow://evil[.com", "http://evil.com"},
        {"hxxp[://]1.2.3[.]4[:]80/", "http://1.2.3.4:80/"},
        {"198\\.51\\.100\\.7", "198.51.100.7"},
        {"user[@]example[.]com", "user@example.com"},
        {"user[at]example.com", "user@example.com"},
        {"\uff48\uff54\uff54\uff50\uff1a\uff0f\uff0fevil\uff0ecom", "http://evil.com"},
        {"evil\u3002example\u3002com\u3002", "evil.example.com"},
        {"\u300cevil.com\u300d", "\u300cevil.com"},
        {"ev\u200bil\u00ad.com", "evil.com"},
        {"xn\u2013r8jz45g.jp", "xn--r8jz45g.jp"},
        {"`Evil.com`", "Evil.com"},
        {"applications. [To", "applications [To"},
        {"http://example.com/a_(b)", "http://example.com/a_(b)"},
        {"(see example.com)", "(see example.com"},
        {"", ""},
    };
    for (const Line& line : lines) {
        CAPTURE(line.written);
        CHECK(refang(line.written) == line.live);
    }
}

TEST_CASE("defang: a screen never shows a live link, and refang brings the value back") {
    struct Line {
        TraceType type;
        const char *value, *shown;
    };
    const Line lines[] = {
        {TraceType::url, "http://evil.example.com/a.b", "hxxp://evil.example[.]com/a.b"},
        {TraceType::url, "https://u:p@1.2.3.4:8080/x", "hxxps://u:p@1.2.3[.]4:8080/x"},
        {TraceType::domain, "evil.co.jp", "evil.co[.]jp"},
        {TraceType::ipv4, "192.0.2.1", "192.0.2[.]1"},
        {TraceType::ipv6, "2001:db8::1", "2001:db8:[:]1"},
        {TraceType::email, "a.b@evil.com", "a.b[@]evil[.]com"},
    };
    for (const Line& line : lines) {
        CAPTURE(line.value);
        CHECK(defang(line.type, line.value) == line.shown);
        CHECK(refang(line.shown) == line.value);
    }
    CHECK(defang(TraceType::file_path, "c:\\a.exe") == "c:\\a.exe");
}

TEST_CASE("parse_trace: TYPE:VALUE is normalised, and a bad one says what is wrong") {
    const Result<Trace> trace = parse_trace("url:hxxp://EVIL[.]com");
    REQUIRE(trace);
    CHECK(trace->value == "http://evil.com/");
    CHECK(trace->type == TraceType::url);
    CHECK(parse_trace("file_path:C:\\Windows\\x.exe")->value == "c:\\windows\\x.exe");
    for (const char* bad : {"evil.com", "dommain:evil.com", "ipv4:300.1.1.1"}) {
        const Result<Trace> none = parse_trace(bad);
        REQUIRE(!none);
        CHECK(none.error().kind == ErrorKind::usage);
    }
}
