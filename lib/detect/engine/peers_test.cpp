// Cases on which other engines err: one process event, one rule each. The expected answers follow from
// the Sigma specification's rules for escapes, wildcards and modifiers.

#include "engine/test_batch.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;
using Kind = sigma::Test::Kind;

namespace {

TestLog event() {
    TestLog log;
    log.add("Security", "Microsoft-Windows-Security-Auditing", 4688,
            {{"NewProcessName", "C:\\Windows\\System32\\cmd.exe"},
             {"CommandLine", "cmd.exe /C whoami > C:\\Windows\\Temp\\bouWFQYO.tmp 2>&1"},
             {"ProcessId", "0x1a4"}});
    return log;
}

bool on_command_line(std::string_view written) {
    return fires(field_is("CommandLine", written), event().batch);
}

}  // namespace

TEST_CASE("an inner wildcard matches any run of characters") {
    CHECK(on_command_line("*cmd.exe /C * > *\\Temp\\* 2>&1*"));
    CHECK(on_command_line("* 2>&1"));
    CHECK(on_command_line("*\\Temp\\* 2>&1"));
    CHECK(on_command_line("cmd.exe /C * > C:\\Windows\\Temp\\*"));
}

TEST_CASE("backslashes next to text and wildcards are plain characters") {
    CHECK(on_command_line("*\\Temp\\bou*"));
    CHECK_FALSE(on_command_line("*\\\\Temp\\bou*"));
}

TEST_CASE("a question mark is one character of the whole value") {
    CHECK(on_command_line("cmd.exe ?C whoami*"));
    CHECK_FALSE(on_command_line("cmd.exe ??C whoami*"));
}

TEST_CASE("windash takes a dash where the event has a slash") {
    CHECK(on_command_line("* ~C whoami*"));
}

TEST_CASE("a value without wildcards is the whole value") {
    CHECK_FALSE(on_command_line("whoami"));
}

TEST_CASE("a regular expression minds case unless told otherwise") {
    CHECK_FALSE(fires(regex("CommandLine", "WHOAMI"), event().batch));
    CHECK(fires(regex("CommandLine", "WHOAMI", true), event().batch));
    CHECK(fires(regex("CommandLine", "(?i)WHOAMI"), event().batch));
}

TEST_CASE("a keyword is found in any value, and only in values") {
    CHECK(fires(contains("", "bouWFQYO.tmp"), event().batch));
    CHECK(fires(contains("", "4688"), event().batch));
    CHECK(fires(contains("", "Security-Auditing"), event().batch));
    CHECK_FALSE(fires(contains("", "CommandLine"), event().batch));
    CHECK_FALSE(fires(contains("", "\\\\Temp"), event().batch));
}

TEST_CASE("a field that no event has neither hides an alternative nor a negation") {
    const auto command = [] { return contains("CommandLine", "whoami"); };
    CHECK(fires(any({command(), contains("NoSuchField", "x")}), event().batch));
    CHECK(fires(all({command(), no(contains("NoSuchField", "x"))}), event().batch));
    CHECK(fires(of_kind(Kind::is_null, "NoSuchField"), event().batch));
    CHECK_FALSE(fires(of_kind(Kind::is_null, "CommandLine"), event().batch));
}

TEST_CASE("Sysmon's field names reach 4688 through the route's map") {
    sigma::Route route = route_to("Security", {4688});
    sigma::Route::FieldMap map;
    map.sigma = "Image";
    map.from = {"NewProcessName"};
    route.fields.push_back(map);
    const auto hits = [&](sigma::Node node) {
        std::vector<sigma::Node> nodes;
        nodes.push_back(std::move(node));
        return hits_of(rules_of(std::move(nodes), {route}), event().batch);
    };
    const std::vector<std::string> yes{"0:0"}, unchecked{"0:0?"}, none;

    CHECK(hits(ends("Image", "\\cmd.exe")) == yes);
    CHECK(hits(all({contains("CommandLine", "whoami"), no(ends("Image", "\\cmd.exe"))})) == none);
    CHECK(hits(all({contains("CommandLine", "whoami"),
                    no(ends("ParentImage", "\\svchost.exe"))})) == unchecked);
}

TEST_CASE("one rule for case holds in the middle as at the ends, beyond ASCII as within") {
    TestLog log;
    log.add("C", "P", 1, {{"F", "\xc3\x84rger und \xc3\x96l"}});
    CHECK(fires(field_is("F", "*\xc3\xb6l"), log.batch));
    CHECK(fires(field_is("F", "\xc3\xa4rger*"), log.batch));
    CHECK(fires(contains("F", "\xc3\x84RGER"), log.batch));
    CHECK(fires(field_is("F", "\xc3\xa4RGER UND \xc3\x96L"), log.batch));
}

TEST_CASE("of several values any may match, and under a negation none") {
    TestLog log;
    log.add("Application", "P", 1, {{"Data", "first"}, {"Data", "second"}});
    log.add("Application", "P", 1, {{"Data", std::nullopt, log.array({"first", "second"})}});

    std::vector<sigma::Node> rules;
    rules.push_back(field_is("Data", "second"));
    rules.push_back(no(field_is("Data", "second")));
    rules.push_back(no(field_is("Data", "third")));
    CHECK(hits_of(rules_of(std::move(rules)), log.batch) ==
          std::vector<std::string>{"0:0", "0:2", "1:0", "1:2"});
}

TEST_CASE("an event id is a number, a hex value is its text") {
    TestLog log;
    log.add("C", "P", 4688, {{"Status", std::nullopt, log.hex(0x17)}, {"Level", "04"}});
    CHECK(fires(number("EventID", 4688), log.batch));
    CHECK_FALSE(fires(number("EventID", 468), log.batch));
    CHECK_FALSE(fires(number("Status", 23), log.batch));
    CHECK(fires(field_is("Status", "0x17"), log.batch));
    CHECK(fires(number("Level", 4), log.batch));
}
