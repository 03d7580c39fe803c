#include "konseki/render/csv.h"

#include <doctest/doctest.h>

using namespace konseki::render;
using namespace std::string_view_literals;

namespace {
std::string one(std::string_view text) {
    std::string out;
    CsvWriter writer(out);
    writer.cell(text);
    return out;
}
}  // namespace

TEST_CASE("cells are quoted where RFC 4180 asks for it") {
    CHECK(one("plain text") == "plain text");
    CHECK(one("a,b") == "\"a,b\"");
    CHECK(one("say \"x\"") == "\"say \"\"x\"\"\"");
    CHECK(one("a\r\nb") == "\"a\r\nb\"");
    CHECK(one(" lead") == "\" lead\"");
    CHECK(one("日本") == "日本");
    CHECK(one("") == "");
}

TEST_CASE("no cell can be run as a formula") {
    CHECK(one("=1+1") == "'=1+1");
    CHECK(one("+cmd|x") == "'+cmd|x");
    CHECK(one("-2") == "'-2");
    CHECK(one("@SUM(A1)") == "'@SUM(A1)");
    CHECK(one("\t=1") == "'\t=1");
    CHECK(one("\r=1") == "\"'\r=1\"");
    CHECK(one("＝1") == "'＝1");
    CHECK(one("=HYPERLINK(\"x\",1)") == "\"'=HYPERLINK(\"\"x\"\",1)\"");
    CHECK(one("a=1") == "a=1");
}

TEST_CASE("invalid UTF-8 and NUL become U+FFFD") {
    CHECK(one("a\xff"
              "b\0"sv) == "a\uFFFDb\uFFFD");
}

TEST_CASE("rows end with CR LF and empty cells keep their place") {
    std::string out;
    CsvWriter writer(out);
    writer.cell("a");
    writer.empty();
    writer.number(-5);
    writer.end_row();
    writer.empty();
    writer.cell("b");
    writer.end_row();
    CHECK(out == "a,,-5\r\n,b\r\n");
}
