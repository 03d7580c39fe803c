#include <doctest/doctest.h>

#include "konseki/detect/organisation.h"

namespace konseki::detect {
namespace {

std::string problem(std::string_view yaml) {
    const auto read = read_verdict_rules(yaml, {});
    return read ? "none" : std::to_string(read.error().line) + ": " + read.error().reason;
}

}  // namespace

TEST_CASE("verdict rules: what a file gives takes the place of what was there") {
    findings::VerdictRules before;
    before.trusted = {"a"};

    const auto read = read_verdict_rules("high_for_look: 2\nminimum: Security\n", before);

    REQUIRE(read);
    CHECK(read->high_for_look == 2);
    CHECK(read->critical_for_signs == 1);
    CHECK(read->minimum == std::vector<std::string>{"Security"});
    CHECK(read->trusted.contains("a"));
    const auto other = read_verdict_rules("trusted: [b, c]\n", before);
    REQUIRE(other);
    CHECK(other->trusted.size() == 2);
    CHECK(!other->trusted.contains("a"));
}

TEST_CASE("verdict rules: an unknown key or a bad number is refused with its line") {
    CHECK(problem("critical_for_signs: 1\nhigh: 2\n") == "2: unknown key `high` in `verdict`");
    CHECK(problem("high_for_look: 0\n") == "1: `high_for_look` must be a number from 1 on");
    CHECK(problem("high_for_look: many\n") == "1: `high_for_look` must be a number from 1 on");
    CHECK(problem("minimum: []\n") == "1: `minimum` must name a log");
    CHECK(problem("") == "1: the file must hold one document");
}

}  // namespace konseki::detect
