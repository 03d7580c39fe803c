#include "konseki/detect/reach.h"

#include <doctest/doctest.h>

namespace konseki::detect {
namespace {

constexpr std::string_view log_sources = R"(version: 1
sources:
  - product: windows
    service: system
    events:
      - channel: System
  - product: windows
    service: security
    events:
      - channel: Security
)";

Rules compiled() {
    const std::string text = R"(title: A
id: 11111111-1111-4111-8111-111111111111
name: a
logsource: {product: windows, service: system}
detection:
  sel: {EventID: 7045}
  condition: sel
---
title: B
id: 11111111-1111-4111-8111-111111111112
name: b
logsource: {product: windows, service: security}
detection:
  sel: {User: x}
  condition: sel
---
title: C
id: 11111111-1111-4111-8111-111111111113
correlation:
  type: event_count
  rules: [a]
  group-by: [Computer]
  timespan: 1h
  condition: {gte: 2}
---
title: D
id: 11111111-1111-4111-8111-111111111114
correlation:
  type: temporal
  rules: [a, b]
  group-by: [Computer]
  timespan: 1h
)";
    return Rules::compile({{"t", "a.yml", text}}, {log_sources, {}});
}

findings::LogCount log(std::uint32_t host, std::string channel, std::uint64_t id,
                       std::int64_t second) {
    findings::LogCount made{host, std::move(channel), "p", id, 1, {}, false};
    made.span.add(Time::from_unix_seconds(1'600'000'000 + second));
    return made;
}

}  // namespace

TEST_CASE("rule reach: hosts with records that a rule looks at, and since when") {
    const Rules rules = compiled();
    REQUIRE(rules.info().size() == 4);

    const EvidenceReach reach = reach_of(
        rules, {log(0, "SYSTEM", 7045, 50), log(0, "System", 7036, 1), log(1, "System", 7045, 20),
                log(2, "Security", 4624, 5), log(2, "Made/Operational", 1, 5)});

    CHECK(reach.rules[0].hosts == std::vector<std::uint32_t>{0, 1});
    CHECK(reach.rules[0].since == Time::from_unix_seconds(1'600'000'020));
    CHECK(reach.rules[1].hosts == std::vector<std::uint32_t>{2});
    CHECK(reach.rules[2].hosts == std::vector<std::uint32_t>{0, 1});
    CHECK(reach.rules[3].hosts == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(reach.is_looked_at == std::vector<bool>{true, false, true, true, false});
}

TEST_CASE("rule reach: which rules a correlation lists, and which of them it needs") {
    const EvidenceReach reach = reach_of(compiled(), {});
    REQUIRE(reach.lists.size() == 4);
    CHECK(reach.lists[0].rules.empty());
    CHECK(reach.lists[2].rules == std::vector<std::uint32_t>{0});
    CHECK(reach.lists[2].needs == Needs::any);
    CHECK(reach.lists[3].rules == std::vector<std::uint32_t>{0, 1});
    CHECK(reach.lists[3].needs == Needs::each);
}

}  // namespace konseki::detect
