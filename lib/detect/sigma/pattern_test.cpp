#include "sigma/pattern.h"

#include <doctest/doctest.h>

#include "sigma/tree_text.h"

using namespace konseki::detect::sigma;

namespace {

struct Row {
    const char* written;
    const char* meant;
};

std::string read(const char* written) {
    return to_text(finish_pattern(read_pattern(written), true));
}

std::string with_dashes(const char* written) {
    Pieces pieces = read_pattern(written);
    mark_dashes(pieces);
    return to_text(finish_pattern(std::move(pieces), true));
}

}  // namespace

// sigma-rules-specification.md, "Escape Character"; the two last are left open there (decision 2).
TEST_CASE("pattern: backslashes mean what the specification's table says") {
    const Row rows[] = {
        {R"(C:\Temp)", R"(C:\Temp/c)"},
        {R"(C:\\Temp)", R"(C:\Temp/c)"},
        {R"(\\\\server)", R"(\\server/c)"},
        {R"(\\\server)", R"(\\server/c)"},
        {R"(a\*b)", R"(a\*b/c)"},
        {R"(a\?b)", R"(a\?b/c)"},
        {R"(a\\*b)", R"(a\*b/c)"},
        {R"(\Temp\)", R"(\Temp\/c)"},
        {R"(a\b\c)", R"(a\b\c/c)"},
        {R"(\\)", R"(\/c)"},
        {R"(\)", R"(\/c)"},
    };
    for (const Row& row : rows) {
        INFO(row.written);
        CHECK(read(row.written) == row.meant);
    }
}

TEST_CASE("pattern: a backslash before a wildcard and an escaped wildcard are told apart") {
    const Pieces wildcard = read_pattern(R"(a\\*)"), literal = read_pattern(R"(a\\\*)");

    REQUIRE(wildcard.size() == 2);
    CHECK(wildcard[0].text == R"(a\)");
    CHECK(wildcard[1].kind == Piece::Kind::any_run);
    REQUIRE(literal.size() == 1);
    CHECK(literal[0].text == R"(a\*)");
}

TEST_CASE("pattern: neighbouring stars are one, question marks are not") {
    CHECK(read("a**b") == "a*b/c");
    CHECK(read("a??b") == "a??b/c");
    CHECK(read("*?*") == "*?*/c");
    CHECK(read("") == "/c");
}

TEST_CASE("pattern: texts are folded beyond ASCII unless the pattern is cased") {
    CHECK(to_text(finish_pattern(read_pattern("ÄB*Ω"), false)) == "äb*ω");
    CHECK(to_text(finish_pattern(read_pattern("ÄB*Ω"), true)) == "ÄB*Ω/c");
}

TEST_CASE("pattern: opening an end adds a star only where none stands") {
    Pieces pieces = read_pattern("*a");

    open_front(pieces);
    open_back(pieces);
    open_back(pieces);

    CHECK(to_text(finish_pattern(pieces, true)) == "*a*/c");
}

// The border is pySigma's \B[-/]\b.
TEST_CASE("pattern: windash turns a dash at the start of a word only") {
    const Row rows[] = {
        {" -a", " ~a/c"},       {" /a -b", " ~a ~b/c"}, {"a-b", "a-b/c"},
        {"--x", "-~x/c"},       {"-enc", "~enc/c"},     {"- a", "- a/c"},
        {"a/b -c", "a/b ~c/c"}, {"*-x", "*~x/c"},       {" \u2013a", " \u2013a/c"},
        {"-*x", "-*x/c"},       {"é-a", "é-a/c"},       {"“-a", "“~a/c"},
        {"-ä", "~ä/c"},
    };
    for (const Row& row : rows) {
        INFO(row.written);
        CHECK(with_dashes(row.written) == row.meant);
    }
}
