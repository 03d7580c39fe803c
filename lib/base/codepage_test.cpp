#include "konseki/base/codepage.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace std::string_view_literals;

TEST_CASE("CP932 is read as Windows reads it") {
    // Microsoft's cp932.txt: 0x8160 FULLWIDTH TILDE, 0x817C FULLWIDTH HYPHEN-MINUS, 0x5C backslash,
    // 0x8740 circled digit one, 0xFBFC U+9AD9, half-width kana are one byte.
    CHECK(decode(932, as_bytes("C:\\\x93\xfa\x96\x7b")) == "C:\\日本");
    CHECK(decode(932, as_bytes("\x81\x60\x81\x7c")) == "～－");
    CHECK(decode(932, as_bytes("\x87\x40\xb1\xb2\xdd")) == "①ｱｲﾝ");
    CHECK(decode(932, as_bytes("\xfb\xfc")) == "髙");
    CHECK(decode(932, as_bytes("\x83\x5c\x83\x74\x83\x67")) == "ソフト");
}

TEST_CASE("what CP932 does not define becomes U+FFFD and never swallows ASCII") {
    CHECK(decode(932, as_bytes("\x81\"")) == "\uFFFD\"");
    CHECK(decode(932, as_bytes("\xa0\xfd\x80")) == "\uFFFD\uFFFD\uFFFD");
    CHECK(decode(932, as_bytes("\x93")) == "\uFFFD");
    CHECK(decode(932, as_bytes("\x81\xad"
                               "a")) ==
          "\uFFFD"
          "a");
}

TEST_CASE("the other East Asian pages are read") {
    CHECK(decode(936, as_bytes("\xd6\xd0\xb9\xfa")) == "中国");
    CHECK(decode(949, as_bytes("\xc7\xd1\xb1\xdb")) == "한글");
    CHECK(decode(950, as_bytes("\xa4\xa4\xa4\xe5")) == "中文");
}

TEST_CASE("single-byte pages are read") {
    CHECK(decode(1252, as_bytes("\x80 \xe9 \x99")) == "€ é ™");
    CHECK(decode(1251, as_bytes("\xcc\xe8\xf0")) == "Мир");
    CHECK(decode(437, as_bytes("\x81\xb0\xc4")) == "ü░─");
    CHECK(decode(437, as_bytes("\xe6")) == "\u00b5");  // MICRO SIGN, not the Greek letter
    CHECK(decode(1250, as_bytes("\xb3")) == "ł");
    CHECK(decode(1253, as_bytes("\xe1")) == "α");
    CHECK(decode(1254, as_bytes("\xfd")) == "ı");
    CHECK(decode(1255, as_bytes("\xe0")) == "א");
    CHECK(decode(1256, as_bytes("\xc7")) == "ا");
    CHECK(decode(1257, as_bytes("\xe0")) == "ą");
    CHECK(decode(1258, as_bytes("\xf0")) == "đ");
    CHECK(decode(874, as_bytes("\xa1")) == "ก");
}

TEST_CASE("a byte that a Windows page leaves undefined becomes U+FFFD") {
    // cp1252.txt: 0x81, 0x8D, 0x8F, 0x90, 0x9D are UNDEFINED.
    CHECK(decode(1252, as_bytes("\x81\x9d")) == "\uFFFD\uFFFD");
    CHECK(decode(1253, as_bytes("\xaa")) == "\uFFFD");
    CHECK(decode(874, as_bytes("\xdb\xff")) == "\uFFFD\uFFFD");
}

TEST_CASE("page 65001 is UTF-8 with invalid bytes replaced one by one") {
    CHECK(decode(65001, as_bytes("日本\xff"
                                 "a")) ==
          "日本\uFFFD"
          "a");
}

TEST_CASE("control characters and NUL stay as they are on every page") {
    CHECK(decode(437, as_bytes("\x01\x1a\x7f\x00"sv)) == "\x01\x1a\x7f\x00"sv);
    CHECK(decode(932, as_bytes("\x1a\x7f\x00"sv)) == "\x1a\x7f\x00"sv);
}

TEST_CASE("an unknown page keeps ASCII") {
    CHECK_FALSE(is_known_code_page(12345));
    CHECK(is_known_code_page(932));
    CHECK(is_known_code_page(65001));
    CHECK(decode(12345, as_bytes("a\xe9")) == "a\uFFFD");
}

TEST_CASE("text looks like CP932 only where all of it is valid and a pair occurs") {
    CHECK(looks_like_cp932(as_bytes("\x93\xfa\x96\x7b.txt")));
    CHECK_FALSE(looks_like_cp932(as_bytes("plain")));
    CHECK_FALSE(looks_like_cp932(as_bytes("\xb1\xb2")));
    CHECK_FALSE(looks_like_cp932(as_bytes("\x93\xfa\xa0")));
    CHECK_FALSE(looks_like_cp932(as_bytes("\x93\xfa\x93")));
    CHECK_FALSE(looks_like_cp932({}));
}
