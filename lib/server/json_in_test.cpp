#include "json_in.h"

#include <doctest/doctest.h>

#include "call.h"
#include "json_out.h"

namespace konseki::server {

using casebook::Entity;

TEST_CASE("json: one object, nothing twice at any depth, and no more than sixteen deep") {
    CHECK(read_object(R"({"a":{"b":[1,"x",null,true]}})"));
    CHECK(read_object(" {\"a\":\"\\u3042\"} \n"));
    CHECK_FALSE(read_object(R"({"a":1,"a":2})"));
    CHECK_FALSE(read_object(R"({"a":[{"b":1,"b":2}]})"));
    CHECK_FALSE(read_object(R"({"a":1,"\u0061":2})"));
    const auto nested = [](int depth) {
        std::string text = "1";
        for (int i = 0; i < depth; ++i) text = "{\"a\":" + text + '}';
        return read_object(text).has_value();
    };
    CHECK(nested(16));
    CHECK_FALSE(nested(17));
}

TEST_CASE("json: a small body cannot become a large tree") {
    std::string many = "{\"a\":[";
    for (int i = 0; i < 25'000; ++i) many += "0,";
    many += "0]}";
    CHECK_FALSE(read_object(many));
}

TEST_CASE("moments: RFC 3339 with an offset that is told") {
    const auto ticks = [](std::string_view text) {
        const std::optional<Time> time = parse_moment(text);
        return time ? to_iso(*time) : std::string();
    };
    CHECK(ticks("2019-09-30T23:59:59+09:00") == "2019-09-30T14:59:59.0000000Z");
    CHECK(ticks("2019-09-30T14:59:59.1234567Z") == "2019-09-30T14:59:59.1234567Z");
    for (const std::string_view text :
         {"2019-09-30", "2019-09-30T23:59:59", "2019-09-30 23:59:59+09:00", "2019-02-30T00:00:00Z",
          "2019-09-30T24:00:00Z", "2019-09-30T23:59:59+0900", "x", "", "20190930T235959Z"}) {
        CAPTURE(text);
        CHECK(ticks(text) == "");
    }
}

TEST_CASE("members: what is left over is refused by name, what is missing too") {
    Members members(*read_object(R"({"state":"open","more":1,"reason":7})"));
    CHECK(members.needed_code<casebook::CaseState>("state") == casebook::CaseState::open);
    CHECK(members.text("reason") == "");
    CHECK(members.needed_text("note") == "");
    const desk::Outcome<void> finished = members.finish();

    REQUIRE_FALSE(finished);
    std::vector<std::string> told;
    for (const desk::Fault& fault : finished.error().fields)
        told.push_back(fault.field + ' ' + fault.code);
    CHECK(told ==
          std::vector<std::string>{"reason wrong_type", "note missing", "more unknown_field"});
}

TEST_CASE("rows: what was read is written the same, without contact data") {
    const std::string_view text =
        R"({"received_at":"2019-04-17T01:02:03.0000000Z","purpose":{"answer":"value","value":"other"},)"
        R"("motive":{"answer":"declined"},"done_already":{"answer":"value","value":["nothing"]},)"
        R"("gave_no_contact":true,"summary":"\"あ\"\n","original":"秘密"})";
    Members members(*read_object(text));
    casebook::Row row = casebook::new_row(Entity::consultation);
    for (const desk::Edit& edit : members.edits(Entity::consultation))
        casebook::value_of(row, edit.field) = edit.value;
    REQUIRE(members.finish());
    const std::string written = row_answer(200, row).body;

    for (const std::string_view part :
         {R"("received_at":"2019-04-17T01:02:03.0000000Z")",
          R"("purpose":{"answer":"value","value":"other"})", R"("motive":{"answer":"declined"})",
          R"("done_already":{"answer":"value","value":["nothing"]})", R"("gave_no_contact":true)",
          R"("summary":"\"あ\"\n")", R"("channel":null)", R"("deleted_at":null)"}) {
        CAPTURE(part);
        CHECK(written.contains(part));
    }
    CHECK_FALSE(written.contains("秘密"));
    CHECK_FALSE(written.contains("original"));
}

TEST_CASE("targets: decoded once, and nothing that is not well formed") {
    const std::optional<Target> target = parse_target("/api/v1/%E3%81%82?q=%E6%94%BB+x&a=");
    REQUIRE(target);
    CHECK(target->segments == std::vector<std::string>{"api", "v1", "あ"});
    CHECK(target->query[0] == std::pair<std::string, std::string>("q", "攻 x"));
    CHECK(target->query[1].second == "");
    CHECK(parse_target("/")->segments.empty());
    for (const std::string_view text :
         {"", "api", "//", "/a//b", "/%", "/%0", "/%zz", "/%00", "/%ff", "/a?x=%0a", "/a?x=1&x=2",
          "http://x/", "*", "/1/2/3/4/5/6/7/8/9/10/11/12/13"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_target(text));
    }
}

}  // namespace konseki::server
