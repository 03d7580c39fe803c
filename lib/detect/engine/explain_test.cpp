#include "engine/explainer.h"

#include <doctest/doctest.h>

#include "engine/test_batch.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

/// The explanation of the first hit of a rule with this condition, with what its texts lie in.
class Explained {
  public:
    Explained(sigma::Node node, const TestLog& log)
        : rules_(rules_of(one(std::move(node)))), engine_(rules_), matcher_(engine_) {
        std::vector<Hit> hits;
        matcher_.match(log.batch, hits);
        if (!hits.empty()) got_ = &matcher_.explain(log.batch, hits.front());
    }
    const Explanation* operator->() const { return got_; }

  private:
    static std::vector<sigma::Node> one(sigma::Node node) {
        std::vector<sigma::Node> nodes;
        nodes.push_back(std::move(node));
        return nodes;
    }
    Rules rules_;
    Engine engine_;
    Matcher matcher_;
    const Explanation none_;
    const Explanation* got_ = &none_;
};

}  // namespace

TEST_CASE(
    "a hit names the values that matched, as in the log, and the patterns, in the rule's order") {
    TestLog log;
    log.add("C", "P", 4688, {{"Image", "C:\\CMD.EXE"}, {"Args", "-x"}});
    const Explained got(
        all({number("EventID", 4688), any({ends("Image", "\\ps.exe"), ends("Image", "\\cmd.exe")}),
             no(contains("Args", "-y"))}),
        log);

    REQUIRE(got->matched.size() == 2);
    CHECK(got->matched[0].field == "EventID");
    CHECK(got->matched[0].value == "4688");
    CHECK(got->matched[1].field == "Image");
    CHECK(got->matched[1].value == "C:\\CMD.EXE");
    CHECK(got->matched[1].pattern == "*\\cmd.exe");
    CHECK(got->unchecked.empty());
}

TEST_CASE("filters that could not be tested are named with the fields that are missing") {
    TestLog log;
    log.add("C", "P", 1, {{"Image", "x.exe"}});
    const Explained got(
        all({ends("Image", ".exe"),
             no(any({named("filter_main", all({contains("Zeta", "a"), contains("Alpha", "b")})),
                     named("filter_opt", contains("Beta", "c"))}))}),
        log);

    REQUIRE(got->unchecked.size() == 2);
    CHECK(got->unchecked[0].selection == "filter_main");
    CHECK(got->unchecked[0].fields == std::vector<std::string_view>{"Alpha", "Zeta"});
    CHECK(got->unchecked[1].selection == "filter_opt");
    CHECK(got->unchecked[1].fields == std::vector<std::string_view>{"Beta"});
}

TEST_CASE("long values and many matches are cut") {
    TestLog log;
    log.add("C", "P", 1, {{"F", std::string(300, 'x') + "a0a1a2a3a4a5a6a7a8a9"}});
    std::vector<sigma::Node> tests;
    for (char c = '0'; c <= '9'; ++c) tests.push_back(contains("F", std::string("a") + c));
    const Explained got(all(std::move(tests)), log);

    CHECK(got->matched.size() == max_matched);
    CHECK(got->matched[0].value == std::string(max_matched_length, 'x') + "…");
}

TEST_CASE("only the beginning of a long value is written out, cut between characters") {
    // Two units per character; the units behind it are NUL and no text.
    std::string faces, short_faces;
    for (int i = 0; i < 300; ++i) faces += "\xf0\x9f\x98\x80";
    TestLog log;
    log.add("C", "P", 1, {{"F", "a" + faces}});
    CHECK(Explained(regex("F", "^a"), log)->matched.at(0).value ==
          "a" + faces.substr(0, 4 * (max_matched_length - 1)) + "…");

    TestLog padded;
    padded.add("C", "P", 1, {{"F", "abc" + std::string(1000, '\0')}});
    CHECK(Explained(field_is("F", "abc*"), padded)->matched.at(0).value == "abc");
}
