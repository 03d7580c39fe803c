#include "konseki/findings/attack.h"

#include <doctest/doctest.h>

using namespace konseki::findings;

using Names = std::vector<std::string>;

TEST_CASE("attack: technique ids are taken from tags, sorted, each once, and nothing else is one") {
    const Names tags = {"attack.t1543.003", "attack.T1059", "attack.t1543.003",
                        "attack.execution", "attack.g0007", "attack.t1059.1",
                        "cve.2021-44228",   "attack.t15430"};

    CHECK(attack_techniques(tags) == Names{"T1059", "T1543.003"});
}

TEST_CASE("attack: tactics are read in both spellings") {
    const Names tags = {"attack.lateral_movement", "attack.lateral-movement", "attack.stealth",
                        "attack.s0002", "detection.dfir"};

    CHECK(attack_tactics(tags) == Names{"lateral-movement", "stealth"});
}

TEST_CASE("attack: a technique renumbered in version 19 is found in both versions") {
    CHECK(technique_in(AttackVersion::v19, "T1562.001") == "T1685");
    CHECK(technique_in(AttackVersion::v19, "T1562.006") == "T1685");
    CHECK(technique_in(AttackVersion::v18, "T1685") == "T1562.001");
    CHECK(technique_in(AttackVersion::v18, "T1686") == "T1562.004");
    CHECK(technique_in(AttackVersion::v19, "T1059.001") == "T1059.001");
}

TEST_CASE("attack: the tactic that version 19 parted is found in both versions") {
    CHECK(tactic_in(AttackVersion::v18, "defense-impairment") == "defense-evasion");
    CHECK(tactic_in(AttackVersion::v19, "defense-evasion") == "stealth");
    CHECK(tactic_in(AttackVersion::v19, "execution") == "execution");
}
