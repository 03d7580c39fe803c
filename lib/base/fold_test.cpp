#include "konseki/base/text.h"

#include <doctest/doctest.h>

using namespace konseki;

namespace {

/// ASCII text as UTF-16LE.
std::string utf16(std::u16string_view text) {
    std::string out;
    for (const char16_t unit : text) {
        out += static_cast<char>(unit & 0xff);
        out += static_cast<char>(unit >> 8);
    }
    return out;
}

std::string fold16(std::u16string_view text) {
    const std::string units = utf16(text);
    std::string out(text.size() * 3, '\0');
    out.resize(
        static_cast<std::size_t>(write_folded_utf8(as_bytes(units), out.data()) - out.data()));
    return out;
}

}  // namespace

TEST_CASE("folding is Unicode's simple folding, one code point to one") {
    // CaseFolding.txt, status C and S.
    CHECK(fold("ABCxyz@[`{") == "abcxyz@[`{");
    CHECK(fold("ÄÖÜ ΑΣς Ж") == "äöü ασσ ж");
    CHECK(fold("ＡＢＣ") == "ａｂｃ");
    CHECK(fold("\u212a") == "k");  // KELVIN SIGN
    CHECK(fold("\u1e9e") == "ß");  // capital sharp s: S, not the full folding "ss"
    CHECK(fold("ß") == "ß");
    CHECK(fold("\u0130") == "\u0130");  // only T and F mappings exist
    CHECK(fold("Ⅷ") == "ⅷ");
    CHECK(fold("\U00010400") == "\U00010428");  // Deseret
    CHECK(fold("日本語カナ") == "日本語カナ");
}

TEST_CASE("a folded code point may be longer than the original and still fits") {
    std::string many, want;
    for (int i = 0; i < 1000; ++i) {
        many += "\u023a";
        want += "\u2c65";
    }
    CHECK(fold(many) == want);
    CHECK(fold16(std::u16string(1000, u'\u023a')) == want);
}

TEST_CASE("folding keeps invalid bytes") {
    CHECK(fold("A\xff"
               "B\xc3") ==
          "a\xff"
          "b\xc3");
    CHECK(fold("\xed\xa0\x80") == "\xed\xa0\x80");
}

TEST_CASE("folded text is appended to what is there") {
    std::string out = "X";
    append_folded(out, "ABC");
    CHECK(out == "Xabc");
}

TEST_CASE("UTF-16 and UTF-8 fold to the same text at every length and position") {
    const std::u16string_view source =
        u"Ab0@Z[`{ΣÄ日本\U00010400Ｚ語Kk\u212aABCDEFGHIJKLMNOPQRSTUVWXYZ09";
    for (std::size_t first = 0; first < source.size(); ++first) {
        for (std::size_t size = 0; size <= source.size() - first; ++size) {
            const std::u16string_view piece = source.substr(first, size);
            CHECK(fold16(piece) == fold(to_utf8(as_bytes(utf16(piece)))));
        }
    }
}

TEST_CASE("the range without case holds no code point that folds") {
    for (char32_t c = 0x2e80; c <= 0xa63f; ++c)
        if (fold_code_point(c) != c) FAIL_CHECK("folds: " << static_cast<std::uint32_t>(c));
}

TEST_CASE("values that are no code points fold to themselves") {
    CHECK(fold_code_point(0x110000) == 0x110000);
    CHECK(fold_code_point(0xd800) == 0xd800);
    CHECK(fold_code_point(U'Q') == U'q');
}
