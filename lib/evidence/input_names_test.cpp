#include "input_names.h"

#include <doctest/doctest.h>

using namespace konseki::evidence;

namespace {
std::vector<std::string> ends(const std::vector<std::filesystem::path>& paths) {
    return unique_ends(paths);
}
using Ends = std::vector<std::string>;
}  // namespace

TEST_CASE("paths are told apart by as short an end as possible") {
    CHECK(ends({"/a/b"}) == Ends{"b"});
    CHECK(ends({"/a/b", "/a/c"}) == Ends{"b", "c"});
    CHECK(ends({"/x/logs", "/y/logs", "/z/other"}) == Ends{"x/logs", "y/logs", "other"});
    CHECK(ends({"/p/x/logs", "/q/x/logs", "/q/y/logs"}) == Ends{"p/x/logs", "q/x/logs", "y/logs"});
    CHECK(ends({"/logs", "/a/logs"}) == Ends{"logs", "a/logs"});
    CHECK(ends({"/"}) == Ends{""});
    CHECK(ends({}).empty());
}

TEST_CASE("only bytes that are no UTF-8 are escaped") {
    CHECK(shown_name("日本.evtx") == "日本.evtx");
    CHECK(shown_name("\x93\xfa\x96\x7b") == "\\x93\\xfa\\x96{");
    CHECK(shown_name("\uFFFD\xff") == "\uFFFD\\xff");
}
