#include "konseki/base/text.h"
#include "konseki/render/json.h"

#include <doctest/doctest.h>

#include <memory>

using namespace konseki;
using namespace konseki::render;
using namespace std::string_view_literals;

namespace {

std::string utf16(std::u16string_view text) {
    std::string out;
    for (const char16_t unit : text) {
        out += static_cast<char>(unit & 0xff);
        out += static_cast<char>(unit >> 8);
    }
    return out;
}

/// The obvious escaper over valid UTF-8.
std::string slow_escape(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t c = next_code_point(utf8, at);
        if (c == '"' || c == '\\') out += '\\';
        switch (c) {
            case '\b': out += "\\b"; continue;
            case '\f': out += "\\f"; continue;
            case '\n': out += "\\n"; continue;
            case '\r': out += "\\r"; continue;
            case '\t': out += "\\t"; continue;
            default: break;
        }
        if (c < 0x20) {
            out += c < 0x10 ? "\\u000" : "\\u001";
            out += "0123456789abcdef"[c & 15];
        } else {
            append_code_point(out, c);
        }
    }
    return out;
}

/// Input and output in memory of exactly their size, so that a sanitizer sees one byte too much.
std::string exact16(std::u16string_view text) {
    const std::string units = utf16(text);
    const std::unique_ptr<char[]> in = std::make_unique<char[]>(units.size());
    const std::unique_ptr<char[]> out = std::make_unique<char[]>(text.size() * 6);
    units.copy(in.get(), units.size());
    const Bytes bytes = as_bytes(std::string_view(in.get(), units.size()));
    return std::string(out.get(), write_json_utf16(bytes, out.get()));
}
std::string exact8(std::string_view text) {
    const std::unique_ptr<char[]> in = std::make_unique<char[]>(text.size());
    const std::unique_ptr<char[]> out = std::make_unique<char[]>(text.size() * 6);
    text.copy(in.get(), text.size());
    return std::string(out.get(),
                       write_json_utf8(std::string_view(in.get(), text.size()), out.get()));
}

}  // namespace

TEST_CASE("JSON text of UTF-16 and UTF-8 is right at every length and position") {
    const std::u16string_view source =
        u"C:\\Windows\\System32\\cmd.exe /c \"echo\" plain ascii text of some length\r\n\t"
        u"日本語の長い文字列をここに置く。カナ\u0001é\U0001F600漢字漢字漢字漢字\\漢x\x1f\x7f\xd800y"
        u"\xdc00z\xdbff";
    for (std::size_t first = 0; first < source.size(); ++first) {
        for (std::size_t size = 0; size <= source.size() - first; ++size) {
            const std::u16string_view piece = source.substr(first, size);
            const std::string utf8 = to_utf8(as_bytes(utf16(piece)));
            const std::string want = slow_escape(utf8);
            if (exact16(piece) != want || exact8(utf8) != want)
                FAIL_CHECK("wrong at " << first << " + " << size);
        }
    }
}

TEST_CASE("every unit by itself and in rows of 5, 9 and 17 is right") {
    for (std::uint32_t unit = 0; unit < 65536; ++unit) {
        for (const std::size_t count : {1u, 5u, 9u, 17u}) {
            const std::u16string text(count, static_cast<char16_t>(unit));
            if (exact16(text) != slow_escape(to_utf8(as_bytes(utf16(text)))))
                FAIL_CHECK("wrong at " << unit);
        }
    }
}

TEST_CASE("the escapes are those of RFC 8259") {
    CHECK(exact8("\"\\/\b\f\n\r\t\x01\x1f\x7f\0"sv) == R"(\"\\/\b\f\n\r\t\u0001\u001f)"
                                                       "\x7f"
                                                       R"(\u0000)");
}

TEST_CASE("invalid UTF-8 becomes U+FFFD byte by byte") {
    CHECK(exact8("a\xff\xed\xa0\x80"
                 "b\xe3\x81") == "a\uFFFD\uFFFD\uFFFD\uFFFDb\uFFFD\uFFFD");
    CHECK(exact8(std::string(40, '\xff')).size() == 120);
    CHECK(exact8("\uFFFD") == "\uFFFD");
}

TEST_CASE("an odd last byte of UTF-16 is dropped") {
    JsonBuffer out;
    append_json_utf16(out, as_bytes("a\0b"sv));
    append_json_utf16(out, {});
    append_json_string(out, "");
    CHECK(out.text() == "\"a\"\"\"\"\"");
}
