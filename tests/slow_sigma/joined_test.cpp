// Correlations from YAML to finding: rules, engine, rows, joiner.

#include <algorithm>
#include <ostream>

#include "konseki/detect/join.h"
#include "konseki/detect/match.h"

#include <doctest/doctest.h>

#include "record_maker.h"
#include "test_data.h"

using namespace konseki;
using namespace konseki::slow_sigma;

namespace {

constexpr std::int64_t start = 133'000'000'000'000'000;

struct MadeEvent {
    std::int64_t second = 0;
    std::string host;
    std::uint64_t id = 0;
    std::vector<std::pair<std::string, std::string>> fields;
    std::string channel = "Security";
};

/// Texts that doctest can print.
struct Lines : std::vector<std::string> {
    using std::vector<std::string>::vector;
    friend std::ostream& operator<<(std::ostream& out, const Lines& lines) {
        for (const std::string& line : lines) out << "[" << line << "]";
        return out;
    }
};

/// Findings as `title: first..last xCount name=value`.
Lines joined(const std::string& yaml, const std::vector<MadeEvent>& events) {
    detect::CompileOptions options;
    const std::string log_sources = log_sources_text();
    options.log_sources = log_sources;
    const detect::Rules rules = detect::Rules::compile({{"test", "rules.yml", yaml}}, options);
    for (const findings::RuleProblem& problem : rules.problems())
        CHECK_MESSAGE(problem.kind != findings::RuleProblem::Kind::refused, problem.reason);
    detect::Engine engine(rules);
    detect::Matcher matcher(engine);
    records::ShapeTable shapes;
    RecordMaker maker(shapes);
    records::Batch batch;
    for (const MadeEvent& event : events) {
        std::vector<std::string> names{"Channel", "Computer", "EventID", "Provider_Name"};
        std::vector<std::optional<MadeValue>> values{
            made_text(event.channel, true), made_text(event.host, true),
            made_number(records::WireType::uint16, event.id, 2), made_text("P", true)};
        for (const auto& [name, value] : event.fields) {
            names.push_back(name);
            values.emplace_back(made_text(value, true));
        }
        maker.add(batch, *maker.shape(names, batch, false), values);
    }
    std::vector<detect::Hit> hits;
    matcher.match(batch, hits);
    std::vector<detect::JoinRow> rows;
    detect::JoinFeeder feeder(engine);
    feeder.begin(batch);
    for (const detect::Hit& hit : hits) {
        detect::EventPlace place;
        place.time = Time{start + events[hit.record].second * Time::per_second};
        place.record_id = hit.record;
        feeder.append(hit, place, rows);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return std::pair(a.place.time, a.place.record_id) <
               std::pair(b.place.time, b.place.record_id);
    });
    Lines out;
    detect::Joiner joiner(rules, [&](detect::JoinedFinding&& finding) {
        const auto second = [](const detect::EventPlace& place) {
            return std::to_string((place.time.ticks - start) / Time::per_second);
        };
        std::string text = rules.info()[finding.rule].title + ": " +
                           second(finding.events.front()) + ".." + second(finding.events.back()) +
                           " x" + std::to_string(finding.count);
        for (const auto& [name, value] : finding.fields) text += " " + name + "=" + value;
        out.push_back(std::move(text));
    });
    for (const detect::JoinRow& row : rows) joiner.take(row);
    joiner.finish();
    CHECK(joiner.losses().empty());
    return out;
}

const std::string logons = R"(title: failed
name: failed
logsource: {product: windows, service: security}
detection:
    sel: {EventID: 4625}
    condition: sel
---
title: succeeded
name: succeeded
logsource: {product: windows, service: security}
detection:
    sel: {EventID: 4624}
    condition: sel
---
)";

MadeEvent logon(std::int64_t second, std::uint64_t id, const std::string& user,
                const std::string& host = "dc") {
    return {second, host, id, {{"TargetUserName", user}}};
}

}  // namespace

TEST_CASE("joined: many failures, then a success of the same user") {
    const std::string rules = logons + R"(title: many failures
name: many
correlation:
    type: event_count
    rules: [failed]
    group-by: [TargetUserName]
    timespan: 10m
    condition: {gte: 3}
---
title: guessed
correlation:
    type: temporal_ordered
    rules: [many, succeeded]
    group-by: [TargetUserName]
    timespan: 10m
)";
    const std::vector<MadeEvent> failures{logon(0, 4625, "Ann"), logon(10, 4625, "ann"),
                                          logon(20, 4625, "ANN")};
    std::vector<MadeEvent> events = failures;
    events.push_back(logon(30, 4624, "ann"));
    CHECK(joined(rules, events) == Lines{"guessed: 0..30 x4 TargetUserName=Ann"});

    events.back() = logon(30, 4624, "bob");
    CHECK(joined(rules, events).empty());
}

TEST_CASE("joined: distinct users from one address, apart by host") {
    const std::string rules = logons + R"(title: spray
correlation:
    type: value_count
    rules: [failed]
    group-by: [Computer, IpAddress]
    timespan: 1m
    condition: {field: TargetUserName, gte: 2}
)";
    const auto event = [](std::int64_t second, const std::string& user, const std::string& host) {
        return MadeEvent{second, host, 4625, {{"TargetUserName", user}, {"IpAddress", "10.0.0.9"}}};
    };
    CHECK(joined(rules, {event(0, "a", "h1"), event(60, "b", "H1")}) ==
          Lines{"spray: 0..60 x2 Computer=h1 IpAddress=10.0.0.9"});
    CHECK(joined(rules, {event(0, "a", "h1"), event(61, "b", "h1")}).empty());
    CHECK(joined(rules, {event(0, "a", "h1"), event(1, "b", "h2")}).empty());
    CHECK(joined(rules, {event(0, "a", "h1"), logon(1, 4625, "b", "h1")}).empty());
}

TEST_CASE("joined: aliases and field maps name one thing in different events") {
    const std::string rules = logons + R"(title: shell
name: shell
logsource: {product: windows, category: process_creation}
detection:
    sel: {'Image|endswith': '\cmd.exe'}
    condition: sel
---
title: logon and shell
correlation:
    type: temporal
    rules: [succeeded, shell]
    group-by: [who, Computer]
    timespan: 5m
    aliases:
        who: {succeeded: TargetUserName, shell: User}
)";
    const MadeEvent security{
        20, "h", 4688, {{"NewProcessName", "C:\\cmd.exe"}, {"SubjectUserName", "ann"}}};
    MadeEvent sysmon{20, "h", 1, {{"Image", "C:\\cmd.exe"}, {"User", "ann"}}};
    sysmon.channel = "Microsoft-Windows-Sysmon/Operational";

    CHECK(joined(rules, {logon(0, 4624, "ANN", "h"), security}) ==
          Lines{"logon and shell: 0..20 x2 who=ANN Computer=h"});
    CHECK(joined(rules, {logon(0, 4624, "ANN", "h"), sysmon}) ==
          Lines{"logon and shell: 0..20 x2 who=ANN Computer=h"});
    CHECK(joined(rules, {logon(0, 4624, "bob", "h"), sysmon}).empty());
}

TEST_CASE("joined: Sigma 1's count is a correlation too") {
    const std::string rules = R"(title: old count
id: 11111111-0000-4000-8000-000000000001
logsource: {product: windows, service: security}
detection:
    sel: {EventID: 4625}
    timeframe: 1m
    condition: sel | count() by TargetUserName > 2
)";
    CHECK(joined(rules, {logon(0, 4625, "a"), logon(1, 4625, "a"), logon(60, 4625, "a")}) ==
          Lines{"old count: 0..60 x3 TargetUserName=a"});
    CHECK(joined(rules, {logon(0, 4625, "a"), logon(1, 4625, "a"), logon(61, 4625, "a")}).empty());
}
