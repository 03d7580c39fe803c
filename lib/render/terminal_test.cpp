#include "konseki/render/terminal.h"

#include "konseki/base/text.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::render;

namespace {
TerminalTable sample() {
    TerminalTable table(
        {{"規則", Align::left, 8}, {"件数", Align::right, 0}, {"host", Align::left, 4}});
    table.add_row({{"不審なサービスの作成", Tone::high}, {"12"}, {"DC01"}});
    table.add_row({{"ｶﾅ plain"}, {"1,234"}, {"ws"}});
    return table;
}
}  // namespace

TEST_CASE("columns are aligned by what a terminal shows") {
    CHECK(sample().to_text({}) ==
          "規則                   件数  host\n"
          "不審なサービスの作成     12  DC01\n"
          "ｶﾅ plain              1,234  ws\n");
}

TEST_CASE("a table keeps to the width by cutting only what may be cut") {
    const std::string text = sample().to_text({.width = 28});
    CHECK(text ==
          "規則              件数  host\n"
          "不審なサービス…     12  DC01\n"
          "ｶﾅ plain         1,234  ws\n");
    std::size_t start = 0;
    for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n', start)) {
        CHECK(display_width(text.substr(start, end - start)) <= 28);
        start = end + 1;
    }
    // Too narrow for the least widths: wider than asked, but nothing is lost.
    CHECK(sample().to_text({.width = 5}).contains("1,234"));
}

TEST_CASE("colour is written only where it is on and does not move columns") {
    const std::string colored = sample().to_text({.width = 0, .color = Color::on});
    CHECK(colored.contains("\x1b[31m不審なサービスの作成\x1b[0m     12"));
    CHECK_FALSE(sample().to_text({}).contains('\x1b'));
    CHECK(in_tone("x", Tone::plain, Color::on) == "x");
    CHECK(in_tone("x", Tone::critical, Color::off) == "x");
    CHECK(in_tone("", Tone::critical, Color::on) == "");
}

TEST_CASE("cells from evidence cannot steer the terminal or break lines") {
    TerminalTable table({{"", Align::left, 0}});
    table.add_row({{"a\x1b[2J\nb\u202e"}});
    CHECK(table.to_text({}) == "a\\x1b[2J b\\u202e\n");
}

TEST_CASE("missing cells are empty and a table without rows has its head only") {
    TerminalTable table({{"a", Align::left, 0}, {"b", Align::left, 0}});
    CHECK(table.empty());
    CHECK(table.to_text({}) == "a  b\n");
    table.add_row({{"x"}});
    table.add_row({{"x"}, {"y"}, {"z"}});
    CHECK(table.to_text({}) == "a  b\nx\nx  y\n");
    CHECK(TerminalTable({}).to_text({.width = 10}) == "");
}
