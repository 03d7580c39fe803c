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

/// Whether the one trial fires under a rule with this check. `setting` stands in the file of trials.
bool fires(const std::string& check, const std::string& fields, const std::string& setting = {},
           const std::string& time = "2026-03-02T03:00:00Z") {
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
        {"t", "a.test.yml",
         setting + "fires:\n  - {log: System, id: 1, time: \"" + time + "\", fields: " + fields +
             "}\n"},
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

TEST_CASE("own check: a time outside of work, in the zone of Japan or another") {
    const std::string office = "calendar: {hours: ['mon-fri 08:30-17:30'], holidays: [japan]}\n";
    const auto outside = [&](const std::string& time, const std::string& more = {}) {
        return fires("{calendar: outside}", "{Name: a, Other: b}", office + more, time);
    };
    // Monday 2026-03-02; Friday 2026-03-20 is the equinox.
    CHECK(!outside("2026-03-02T03:00:00Z"));
    CHECK(outside("2026-03-02T09:00:00Z"));
    CHECK(outside("2026-03-20T03:00:00Z"));
    CHECK(!outside("2026-03-02T09:00:00Z", "zone: UTC\n"));
    CHECK(outside("2026-03-02T03:00:00Z", "zone: UTC\n"));
}

TEST_CASE("own check: without a calendar of the organisation nothing is outside of work") {
    CHECK(!fires("{calendar: outside}", "{Name: a, Other: b}", "", "2026-01-01T18:00:00Z"));
}

TEST_CASE("own check: a calendar of trials that makes no sense is named with its line") {
    const Result<TrialResult> result = run_trials(
        {"t", "a.yml",
         "title: T\nlogsource: {product: windows, service: system}\n"
         "detection: {sel: {EventID: 1}, condition: sel}\n"},
        {"t", "a.test.yml",
         "calendar: {hours: [always]}\nfires:\n  - {log: System, id: 1, fields: {A: b}}\n"},
        {log_sources, {}});
    REQUIRE(!result);
    CHECK(result.error().message.contains("a.test.yml:1: `hours` takes mon-fri 08:30-17:30"));
}

}  // namespace konseki::detect
