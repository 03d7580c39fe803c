#include "engine/test_batch.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;
using Kind = sigma::Test::Kind;

namespace {

/// One process event without ParentImage; Empty is "", Null has no value, Gone is left out.
TestLog process_log() {
    TestLog log;
    log.add("Security", "Microsoft-Windows-Security-Auditing", 4688,
            {{"Image", "C:\\Windows\\cmd.exe"},
             {"CommandLine", "cmd.exe /c whoami"},
             {"Empty", ""},
             null_field("Null"),
             absent_field("Gone")});
    return log;
}

}  // namespace

TEST_CASE("a test of an absent field is false and its negation true") {
    const TestLog log = process_log();

    for (const char* const name : {"NoSuchField", "Gone"}) {
        CHECK_FALSE(fires(contains(name, "x"), log.batch));
        CHECK_FALSE(fires(field_is(name, "*"), log.batch));
        CHECK_FALSE(fires(field_is(name, ""), log.batch));
        CHECK_FALSE(fires(number(name, 0), log.batch));
        CHECK_FALSE(fires(regex(name, ".*"), log.batch));
        CHECK(fires(no(contains(name, "x")), log.batch));
        CHECK(fires(no(regex(name, ".*")), log.batch));
    }
}

TEST_CASE("null is true for what is absent or without a value, not for an empty text") {
    const TestLog log = process_log();

    CHECK(fires(of_kind(Kind::is_null, "NoSuchField"), log.batch));
    CHECK(fires(of_kind(Kind::is_null, "Gone"), log.batch));
    CHECK(fires(of_kind(Kind::is_null, "Null"), log.batch));
    CHECK_FALSE(fires(of_kind(Kind::is_null, "Empty"), log.batch));
    CHECK_FALSE(fires(of_kind(Kind::is_null, "Image"), log.batch));
}

TEST_CASE("an empty pattern asks for a field that is there and empty") {
    const TestLog log = process_log();

    CHECK(fires(field_is("Empty", ""), log.batch));
    CHECK_FALSE(fires(field_is("Null", ""), log.batch));
    CHECK_FALSE(fires(field_is("Image", ""), log.batch));
    CHECK(fires(field_is("Empty", "*"), log.batch));
}

TEST_CASE("exists is true for a field with any value, null and empty included") {
    const TestLog log = process_log();

    CHECK(fires(of_kind(Kind::exists, "Empty"), log.batch));
    CHECK(fires(of_kind(Kind::exists, "Null"), log.batch));
    CHECK(fires(of_kind(Kind::exists, "Image"), log.batch));
    CHECK_FALSE(fires(of_kind(Kind::exists, "Gone"), log.batch));
    CHECK_FALSE(fires(of_kind(Kind::exists, "NoSuchField"), log.batch));
    CHECK(fires(no(of_kind(Kind::exists, "NoSuchField")), log.batch));
}

TEST_CASE("a hit whose filter names a field that the log does not carry is unchecked") {
    const TestLog log = process_log();
    std::vector<sigma::Node> rules;
    rules.push_back(all({ends("Image", "\\cmd.exe"), no(ends("ParentImage", "\\x.exe"))}));
    rules.push_back(all({ends("Image", "\\cmd.exe"), no(ends("Image", "\\x.exe"))}));
    rules.push_back(all({ends("Image", "\\cmd.exe"), no(of_kind(Kind::is_null, "Other"))}));
    rules.push_back(any({ends("Image", "\\cmd.exe"), ends("OriginalFileName", "cmd.exe")}));

    CHECK(hits_of(rules_of(std::move(rules)), log.batch) ==
          std::vector<std::string>{"0:0?", "0:1", "0:3"});
}

TEST_CASE("a rule is blind where only absent fields keep it from firing, with their names") {
    const TestLog log = process_log();
    std::vector<sigma::Node> conditions;
    conditions.push_back(
        all({number("EventID", 4688), contains("Zeta", "x"), contains("Alpha", "y")}));
    conditions.push_back(all({number("EventID", 1), contains("Zeta", "x")}));
    conditions.push_back(any({contains("Zeta", "x"), contains("Image", "nothing of it")}));
    const Rules rules = rules_of(std::move(conditions));
    Engine engine(rules);
    Matcher matcher(engine);
    std::vector<Hit> hits;

    matcher.match(log.batch, hits);

    const std::vector<RuleUse> use = engine.use();
    CHECK(use[0].state == findings::RuleState::blind);
    CHECK(use[0].missing == std::vector<std::string>{"Alpha", "Zeta"});
    CHECK(use[1].state == findings::RuleState::idle);
    CHECK(use[2].state == findings::RuleState::possible);
    CHECK(use[2].missing.empty());
}
