#include "konseki/findings/rule.h"

#include <doctest/doctest.h>

using namespace konseki::findings;

TEST_CASE(
    "rule: the five levels of Sigma are read back from their names, anything else is no level") {
    for (const Level level :
         {Level::informational, Level::low, Level::medium, Level::high, Level::critical})
        CHECK(parse_level(name_of(level)) == level);
    CHECK(!parse_level("High"));
    CHECK(!parse_level(""));
}

TEST_CASE("rule: a rule without a level sorts as medium") {
    CHECK(sort_level(std::nullopt) == Level::medium);
    CHECK(sort_level(Level::low) == Level::low);
}

TEST_CASE("rule: kinds and states have the names of the JSON contract") {
    CHECK(name_of(RuleKind::correlation) == "correlation");
    CHECK(name_of(RuleState::blind) == "blind");
    CHECK(name_of(RuleState::refused) == "refused");
}
