#include "engine/explain.h"

#include <doctest/doctest.h>

#include "engine/test_batch.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

Explanation explain(sigma::Node node, const TestLog& log) {
    std::vector<sigma::Node> nodes;
    nodes.push_back(std::move(node));
    const Rules rules = rules_of(std::move(nodes));
    Engine engine(rules);
    Matcher matcher(engine);
    std::vector<Hit> hits;
    matcher.match(log.batch, hits);
    return hits.empty() ? Explanation{} : matcher.explain(log.batch, hits.front());
}

}  // namespace

TEST_CASE(
    "a hit names the values that matched, as in the log, and the patterns, in the rule's order") {
    TestLog log;
    log.add("C", "P", 4688, {{"Image", "C:\\CMD.EXE"}, {"Args", "-x"}});
    const Explanation got = explain(
        all({number("EventID", 4688), any({ends("Image", "\\ps.exe"), ends("Image", "\\cmd.exe")}),
             no(contains("Args", "-y"))}),
        log);

    REQUIRE(got.matched.size() == 2);
    CHECK(got.matched[0].field == "EventID");
    CHECK(got.matched[0].value == "4688");
    CHECK(got.matched[1].field == "Image");
    CHECK(got.matched[1].value == "C:\\CMD.EXE");
    CHECK(got.matched[1].pattern == "*\\cmd.exe");
    CHECK(got.unchecked.empty());
}

TEST_CASE("filters that could not be tested are named with the fields that are missing") {
    TestLog log;
    log.add("C", "P", 1, {{"Image", "x.exe"}});
    const Explanation got = explain(
        all({ends("Image", ".exe"),
             no(any({named("filter_main", all({contains("Zeta", "a"), contains("Alpha", "b")})),
                     named("filter_opt", contains("Beta", "c"))}))}),
        log);

    REQUIRE(got.unchecked.size() == 2);
    CHECK(got.unchecked[0].selection == "filter_main");
    CHECK(got.unchecked[0].fields == std::vector<std::string>{"Alpha", "Zeta"});
    CHECK(got.unchecked[1].selection == "filter_opt");
    CHECK(got.unchecked[1].fields == std::vector<std::string>{"Beta"});
}

TEST_CASE("long values and many matches are cut") {
    TestLog log;
    log.add("C", "P", 1, {{"F", std::string(300, 'x') + "a0a1a2a3a4a5a6a7a8a9"}});
    std::vector<sigma::Node> tests;
    for (char c = '0'; c <= '9'; ++c) tests.push_back(contains("F", std::string("a") + c));
    const Explanation got = explain(all(std::move(tests)), log);

    CHECK(got.matched.size() == max_matched);
    CHECK(got.matched[0].value == std::string(max_matched_length, 'x') + "…");
}
