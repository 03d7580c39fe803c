#include "konseki/base/text.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace std::string_view_literals;

TEST_CASE("the display width follows East Asian Width") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("日本語") == 6);
    CHECK(display_width("ｱｲｳ") == 3);         // half-width kana
    CHECK(display_width("ＡＢ") == 4);        // full-width Latin
    CHECK(display_width("\U0001F600") == 2);  // emoji
    CHECK(display_width("が") == 2);
    CHECK(display_width("か\u3099") == 2);  // combining voiced sound mark
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("…") == 1);  // ambiguous: narrow
    CHECK(display_width("\x1b\x07\u200b") == 0);
    CHECK(display_width("\xff") == 1);
    CHECK(display_width("") == 0);
}

TEST_CASE("text is cut between code points and never wider than asked") {
    CHECK(cut_to_width("abcdef", 6) == "abcdef");
    CHECK(cut_to_width("abcdef", 5) == "abcd…");
    CHECK(cut_to_width("日本語", 6) == "日本語");
    CHECK(cut_to_width("日本語", 5) == "日本…");
    CHECK(cut_to_width("日本語", 4) == "日…");
    CHECK(cut_to_width("日本語", 1) == "…");
    CHECK(cut_to_width("日本語", 0).empty());
    CHECK(cut_to_width("か\u3099き", 3) == "か\u3099…");
    CHECK(cut_to_width("ｱ\U0001F600ｲ", 3) == "ｱ…");
    const std::string_view mixed = "aｱ日\U0001F600é語zが\xff";
    for (std::size_t columns = 0; columns < 20; ++columns)
        CHECK(display_width(cut_to_width(mixed, columns)) <= columns);
}

TEST_CASE("text is padded by columns, not by bytes") {
    CHECK(pad_to_width("日本", 6) == "日本  ");
    CHECK(pad_to_width("abc", 2) == "abc");
    CHECK(display_width(pad_to_width("ｱ日", 10)) == 10);
}

TEST_CASE("nothing from evidence can steer a terminal") {
    CHECK(for_terminal("\x1b[31mred\x07") == "\\x1b[31mred\\x07");
    CHECK(for_terminal("evil\u202etxt.exe") == "evil\\u202etxt.exe");
    CHECK(for_terminal("\u2066\u2069\u200f\u061c") == "\\u2066\\u2069\\u200f\\u061c");
    CHECK(for_terminal("\u009b31m\x7f") == "\\u009b31m\\x7f");
    CHECK(for_terminal("\xff\xc3") == "\\xff\\xc3");
    CHECK(for_terminal("\x9b") == "\\x9b");
    CHECK(for_terminal("a\r\nb\tc\u2028d") == "a  b c d");
    CHECK(for_terminal("\0"sv) == "\\x00");
    CHECK(for_terminal("C:\\日本ｱ\U0001F600") == "C:\\日本ｱ\U0001F600");
}
