#include "konseki/base/text.h"

#include <doctest/doctest.h>

#include <memory>

using namespace konseki;

namespace {

std::string utf16(std::u16string_view text) {
    std::string out;
    for (const char16_t unit : text) {
        out += static_cast<char>(unit & 0xff);
        out += static_cast<char>(unit >> 8);
    }
    return out;
}

/// The obvious converter.
std::string slow_utf8(std::u16string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char32_t c = text[i];
        if (c >= 0xd800 && c < 0xdc00 && i + 1 < text.size() && text[i + 1] >= 0xdc00 &&
            text[i + 1] < 0xe000)
            c = 0x10000 + ((c - 0xd800) << 10) + (text[++i] - 0xdc00);
        append_code_point(out, c);
    }
    return out;
}

/// write_utf8 into memory of exactly the promised size, so that a sanitizer sees one byte too much.
std::string exact_utf8(std::u16string_view text) {
    const std::string units = utf16(text);
    const std::size_t room = text.size() * 3;
    const std::unique_ptr<char[]> out = std::make_unique<char[]>(room);
    const std::unique_ptr<char[]> in = std::make_unique<char[]>(units.size());
    std::memcpy(in.get(), units.data(), units.size());
    const Bytes bytes = as_bytes(std::string_view(in.get(), units.size()));
    return std::string(out.get(), write_utf8(bytes, out.get()));
}

TEST_CASE("cut_text: whole code points and a mark, never more bytes than asked for") {
    const std::string kana = "\xe3\x81\x82\xe3\x81\x84\xe3\x81\x86";

    CHECK(cut_text(kana, 9) == kana);
    CHECK(cut_text(kana, 8) == "\xe3\x81\x82\xe2\x80\xa6");
    CHECK(cut_text(kana, 6) == "\xe3\x81\x82\xe2\x80\xa6");
    CHECK(cut_text(kana, 5) == "\xe2\x80\xa6");
    CHECK(cut_text("abcdef", 5) == "ab\xe2\x80\xa6");
}

}  // namespace

TEST_CASE("UTF-16LE becomes UTF-8 at every length and position within its room") {
    const std::u16string_view source =
        u"plain ascii text 0123456789 日本語の文字列とカナ é ü\U0001F600\U00010400 "
        u"漢字漢字漢字漢字漢字x\xd800y\xdc00z\xdbff";
    for (std::size_t first = 0; first < source.size(); ++first) {
        for (std::size_t size = 0; size <= source.size() - first; ++size) {
            const std::u16string_view piece = source.substr(first, size);
            CHECK(exact_utf8(piece) == slow_utf8(piece));
        }
    }
}

TEST_CASE("every unit by itself, and in a row of nine, is right") {
    for (std::uint32_t unit = 0; unit < 65536; ++unit) {
        const std::u16string one(1, static_cast<char16_t>(unit));
        const std::u16string nine(9, static_cast<char16_t>(unit));
        if (exact_utf8(one) != slow_utf8(one) || exact_utf8(nine) != slow_utf8(nine))
            FAIL_CHECK("wrong at " << unit);
    }
}

TEST_CASE("a lone surrogate becomes U+FFFD and an odd last byte is dropped") {
    CHECK(to_utf8(as_bytes(utf16(u"a\xd83dz"))) == "a\uFFFDz");
    CHECK(to_utf8(as_bytes(utf16(u"\xde00\xd83d"))) == "\uFFFD\uFFFD");
    CHECK(to_utf8(as_bytes(utf16(u"ab") + "c")) == "ab");
    CHECK(to_utf8({}).empty());
}

TEST_CASE("converted text is appended to what is there") {
    std::string out = "前";
    append_utf8(out, as_bytes(utf16(u"後\U0001F600")));
    CHECK(out == "前後\U0001F600");
}

TEST_CASE("a code point that is none becomes U+FFFD") {
    std::string out;
    append_code_point(out, 0x110000);
    append_code_point(out, 0xdfff);
    append_code_point(out, 0x10ffff);
    CHECK(out == "\uFFFD\uFFFD\U0010FFFF");
}

TEST_CASE("invalid UTF-8 gives U+FFFD and moves by one byte") {
    // Overlong, surrogate, past U+10FFFF, cut short, lone continuation.
    for (const std::string_view bad :
         {"\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf0\x8f\xbf\xbf",
          "\xe3\x81", "\xf0\x9f\x98", "\xc3", "\x80", "\xf5\x80\x80\x80", "\xc3\x28"}) {
        std::size_t at = 0;
        CHECK(next_code_point(bad, at) == 0xfffd);
        CHECK(at == 1);
        CHECK_FALSE(is_valid_utf8(bad));
        CHECK_FALSE(is_valid_utf8("0123456789abcdef" + std::string(bad)));
    }
}

TEST_CASE("every code point goes to UTF-8 and back") {
    for (char32_t c = 1; c < 0x110000; ++c) {
        if (c >= 0xd800 && c < 0xe000) continue;
        std::string text;
        append_code_point(text, c);
        std::size_t at = 0;
        if (next_code_point(text, at) != c || at != text.size() || !is_valid_utf8(text))
            FAIL_CHECK("wrong at " << static_cast<std::uint32_t>(c));
    }
}
