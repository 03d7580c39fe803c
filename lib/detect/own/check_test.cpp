#include "konseki/detect/check.h"

#include <doctest/doctest.h>

#include <string>

#include "konseki/detect/trial.h"

namespace konseki::detect {
namespace {

constexpr std::string_view log_sources = R"(version: 1
sources:
  - product: windows
    service: system
    events:
      - channel: System
)";

/// Whether the one trial fires under a rule with this check.
bool fires(const std::string& check, const std::string& fields) {
    const std::string rule = R"(title: T
id: 11111111-1111-4111-8111-111111111111
logsource: {product: windows, service: system}
detection:
  sel: {Name|exists: true, Other|exists: true}
  condition: sel
level: high
konseki:
  id: E999
  needs: c
  says: {ja: x, en: x}
  why: {ja: x, en: x}
  other: {ja: x, en: x}
  check: )" + check + "\n";
    const Result<TrialResult> result = run_trials(
        {"t", "a.yml", rule},
        {"t", "a.test.yml", "fires:\n  - {log: System, id: 1, fields: " + fields + "}\n"},
        {log_sources, {}});
    REQUIRE(result);
    return result->failed.empty();
}

const std::string near = "{near: [Name], words: [Windows Update, Spooler], edits: 2}";
const std::string apart = "{apart: [Name, Other], minutes: 5}";

}  // namespace

TEST_CASE("own check: a name with a letter or two changed is near, the name itself is not") {
    CHECK(fires(near, "{Name: Windows Updote, Other: x}"));
    CHECK(fires(near, "{Name: WINDOWS UPDTAES, Other: x}"));
    CHECK(!fires(near, "{Name: windows update, Other: x}"));
    CHECK(!fires(near, "{Name: Windows Upload, Other: x}"));
    CHECK(!fires(near, "{Name: Sp, Other: x}"));
}

TEST_CASE("own check: times more than five minutes apart, in either direction") {
    const auto times = [](const std::string& a, const std::string& b) {
        return "{Name: \"" + a + "\", Other: \"" + b + "\"}";
    };
    CHECK(fires(apart, times("2019-04-17T01:02:03.0000000Z", "2019-04-17T00:57:02.0000000Z")));
    CHECK(fires(apart, times("2019-04-17T00:57:02.0000000Z", "2019-04-17T01:02:03.0000000Z")));
    CHECK(!fires(apart, times("2019-04-17T01:02:03.0000000Z", "2019-04-17T00:57:03.0000000Z")));
    CHECK(!fires(apart, times("2019-04-17T01:02:03.0000000Z", "no time")));
}

}  // namespace konseki::detect
