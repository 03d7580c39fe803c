#include "engine/test_batch.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

std::vector<std::string> hits(sigma::Node node, std::vector<sigma::Route> routes,
                              const TestLog& log) {
    std::vector<sigma::Node> nodes;
    nodes.push_back(std::move(node));
    return hits_of(rules_of(std::move(nodes), std::move(routes)), log.batch);
}
using Hits = std::vector<std::string>;

}  // namespace

TEST_CASE("an event goes to a rule by channel, prefix, provider and event id, whatever the case") {
    TestLog log;
    log.add("Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", 1, {{"F", "x"}});
    log.add("microsoft-windows-sysmon/operational", "Other", 3, {{"F", "x"}});
    log.add("Security", "Microsoft-Windows-Sysmon", 1, {{"F", "x"}});
    sigma::Route by_provider = route_to("");
    by_provider.provider = "microsoft-windows-sysmon";

    CHECK(hits(field_is("F", "x"), {route_to("Microsoft-Windows-Sysmon/Operational")}, log) ==
          Hits{"0:0", "1:0"});
    CHECK(hits(field_is("F", "x"), {route_to("Microsoft-Windows-Sys*", {1})}, log) == Hits{"0:0"});
    CHECK(hits(field_is("F", "x"), {by_provider}, log) == Hits{"0:0", "2:0"});
    CHECK(hits(field_is("F", "x"), {route_to("", {1, 3})}, log) == Hits{"0:0", "1:0", "2:0"});
}

TEST_CASE("an event takes the first route that fits, its condition included") {
    TestLog log;
    log.add("C", "P", 12, {{"EventType", "CreateKey"}, {"A", "x"}, {"B", "y"}});
    log.add("C", "P", 12, {{"EventType", "DeleteKey"}, {"A", "x"}, {"B", "y"}});
    sigma::Route first = route_to("C"), second = route_to("C");
    first.condition = field_is("EventType", "CreateKey");
    sigma::Route::FieldMap map;
    map.sigma = "Field";
    map.from = {"A"};
    first.fields = {map};
    map.from = {"B"};
    second.fields = {map};

    CHECK(hits(field_is("Field", "x"), {first, second}, log) == Hits{"0:0"});
    CHECK(hits(field_is("Field", "y"), {first, second}, log) == Hits{"1:0"});
    CHECK(hits(field_is("Field", "*"), {first, second}, log) == Hits{"0:0", "1:0"});
}

TEST_CASE("an event without a usable event id still goes to the rules that do not ask for one") {
    TestLog log;
    log.add("C", "P", 7, {{"F", "x"}});
    log.batch.values[1] = log.utf16("seven");
    CHECK(hits(field_is("F", "x"), {route_to("C")}, log) == Hits{"0:0"});
    CHECK(hits(field_is("F", "x"), {route_to("C", {7})}, log) == Hits{});
    CHECK(hits(field_is("EventID", "seven"), {route_to("C")}, log) == Hits{"0:0"});
}

TEST_CASE("a second field EventID is asked as well") {
    TestLog log;
    log.add("C", "P", 7, {{"EventID", "9"}});
    CHECK(hits(number("EventID", 9), {route_to("C")}, log) == Hits{"0:0"});
    CHECK(hits(number("EventID", 7), {route_to("C")}, log) == Hits{"0:0"});
    CHECK(hits(number("EventID", 8), {route_to("C")}, log) == Hits{});
}

TEST_CASE("more sets of fields than programs are kept give the same hits") {
    TestLog log;
    std::vector<sigma::Node> names;
    for (int i = 0; i < 8; ++i) names.push_back(field_is("F" + std::to_string(i), "x"));
    std::vector<std::string> expected;
    for (unsigned set = 1; set < 200; ++set) {
        std::vector<Put> fields;
        for (unsigned i = 0; i < 8; ++i)
            if ((set >> i & 1) != 0) fields.push_back({"F" + std::to_string(i), "x"});
        log.add("C", "P", 1, fields);
        expected.push_back(std::to_string(set - 1) + ":0");
    }
    CHECK(hits(any(std::move(names)), {route_to("C")}, log) == expected);
}
