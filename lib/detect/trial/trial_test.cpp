#include "konseki/detect/trial.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::detect;

namespace {

constexpr std::string_view log_sources = R"(version: 1
sources:
  - product: windows
    service: system
    events:
      - channel: System
)";

constexpr std::string_view service_rule = R"(title: T
id: 11111111-1111-4111-8111-111111111111
name: made
logsource: {product: windows, service: system}
detection:
  sel: {EventID: 7045, ImagePath|contains: '\Users\'}
  condition: sel
level: high
)";

Result<TrialResult> run(std::string_view rule, std::string_view trials) {
    return run_trials({"t", "a.yml", std::string(rule)}, {"t", "a.test.yml", std::string(trials)},
                      {log_sources, {}});
}

constexpr std::string_view good =
    R"({log: System, provider: Service Control Manager, id: 7045, fields: {ImagePath: 'C:\Users\x.exe', ServiceType: ユーザー モード サービス}})";
constexpr std::string_view other =
    R"({log: System, id: 7045, fields: {ImagePath: 'C:\Windows\x.exe'}})";

}  // namespace

TEST_CASE("a rule that fires where it must and is silent where it must has no failed trial") {
    const auto result = run(service_rule, "fires:\n  - " + std::string(good) + "\nsilent:\n  - " +
                                              std::string(other) + '\n');

    REQUIRE(result.has_value());
    CHECK(result->trials == 2);
    CHECK(result->failed.empty());
}

TEST_CASE("a trial that goes otherwise is told with its line") {
    const auto result = run(service_rule, "fires:\n  - " + std::string(other) + "\nsilent:\n  - " +
                                              std::string(good) + '\n');

    REQUIRE(result.has_value());
    REQUIRE(result->failed.size() == 2);
    CHECK(result->failed[0].line == 2);
    CHECK(result->failed[0].must_fire);
    CHECK(result->failed[1].line == 4);
    CHECK_FALSE(result->failed[1].must_fire);
}

TEST_CASE("a correlation is tried on a list of records with their times") {
    const std::string rules =
        std::string(service_rule) +
        "---\ntitle: Many\nid: 22222222-2222-4222-8222-222222222222\n"
        "correlation:\n  type: event_count\n  rules: [made]\n  group-by: [Computer]\n"
        "  timespan: 10m\n  condition: {gte: 2}\nlevel: high\n";
    const auto at = [](std::string_view minute) {
        return "{log: System, id: 7045, time: \"2019-04-17T01:" + std::string(minute) +
               ":00Z\", fields: {ImagePath: 'C:\\Users\\x.exe'}}";
    };

    const auto result = run(rules, "fires:\n  - [" + at("00") + ", " + at("10") +
                                       "]\nsilent:\n  - [" + at("00") + ", " + at("11") + "]\n");

    REQUIRE(result.has_value());
    CHECK(result->failed.empty());
}

TEST_CASE("a repeated field is a list, and a number a number") {
    const std::string rule =
        "title: T\nid: x\nlogsource: {product: windows, service: system}\n"
        "detection:\n  sel: {Data|contains: beta, Count|gt: 5}\n  condition: sel\n";

    const auto result =
        run(rule,
            "fires:\n  - {log: System, id: 1, fields: {Data: [alpha, beta], Count: 6}}\n"
            "silent:\n  - {log: System, id: 1, fields: {Data: [alpha], Count: 6}}\n");

    REQUIRE(result.has_value());
    CHECK(result->failed.empty());
}

TEST_CASE("what is no file of trials is refused with file and line") {
    const auto message = [](std::string_view rule, std::string_view trials) {
        const auto result = run(rule, trials);
        return result ? std::string("accepted") : result.error().message;
    };

    CHECK(message(service_rule, "fires: []\n") == "a.test.yml:1: the file holds no trial");
    CHECK(message(service_rule, "fire:\n  - {id: 1}\n") == "a.test.yml:1: unknown key `fire`");
    CHECK(message(service_rule, "fires:\n  - {idd: 1}\n") ==
          "a.test.yml:2: unknown key `idd` of a record");
    CHECK(message(service_rule, "fires:\n  - {log: System}\n") ==
          "a.test.yml:2: a record needs the number of its event as `id`");
    CHECK(message(service_rule, "fires:\n  - {id: 1, time: noon}\n") ==
          "a.test.yml:2: `noon` is no time");
    CHECK(message(service_rule, "silent: [[]]\n") == "a.test.yml:1: a trial without a record");
    CHECK(message(service_rule, "fires:\n  - {id: 1, fields: [x]}\n") ==
          "a.test.yml:2: `fields` must be a map");
    CHECK(message(service_rule, "fires:\n  - {id: 1}\n---\nsilent: []\n")
              .ends_with("a second document in a file of trials"));
    CHECK(message("title: T\nid: x\n", "fires:\n  - {id: 1}\n").starts_with("a.yml:"));
}
