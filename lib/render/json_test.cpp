#include "konseki/render/json.h"

#include <doctest/doctest.h>

#include <limits>

using namespace konseki;
using namespace konseki::render;

TEST_CASE("objects and arrays get their commas") {
    JsonBuffer out;
    JsonWriter json(out);
    json.open_object();
    json.text("name", "a\"b");
    json.number("count", 3);
    json.boolean("partial", false);
    json.time("time", Time::from_unix_seconds(1'555'462'923));
    json.open_array("list");
    json.null();
    json.open_object();
    json.close_object();
    json.number(std::int64_t{-7});
    json.raw("[1]");
    json.open_array();
    json.close_array();
    json.close_array();
    json.any_key("キー\n");
    json.utf16(as_bytes(std::string_view("a\0\\\0", 4)));
    json.close_object();
    json.end_line();
    json.open_object();
    json.close_object();
    json.end_line();
    CHECK(out.text() ==
          R"({"name":"a\"b","count":3,"partial":false,"time":"2019-04-17T01:02:03.0000000Z",)"
          R"("list":[null,{},-7,[1],[]],"キー\n":"a\\"})"
          "\n{}\n");
}

TEST_CASE("integers above 2^53 are written as text") {
    const auto written = [](auto value) {
        JsonBuffer out;
        append_json_number(out, value);
        return std::string(out.text());
    };
    CHECK(written(std::uint64_t{9'007'199'254'740'992}) == "9007199254740992");
    CHECK(written(std::uint64_t{9'007'199'254'740'993}) == "\"9007199254740993\"");
    CHECK(written(~std::uint64_t{0}) == "\"18446744073709551615\"");
    CHECK(written(std::int64_t{-9'007'199'254'740'992}) == "-9007199254740992");
    CHECK(written(std::int64_t{-9'007'199'254'740'993}) == "\"-9007199254740993\"");
    CHECK(written(std::numeric_limits<std::int64_t>::min()) == "\"-9223372036854775808\"");
}

TEST_CASE("a buffer keeps its text while it grows, and its memory when cleared") {
    JsonBuffer out;
    std::string want;
    for (int i = 0; i < 10'000; ++i) {
        out.append("piece ");
        out.append('x');
        want += "piece x";
    }
    CHECK(out.text() == want);
    out.cut(5);
    CHECK(out.text() == "piece");
    out.clear();
    CHECK(out.text().empty());
    CHECK(JsonBuffer().text().empty());
}
