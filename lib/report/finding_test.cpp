#include "konseki/report/findings.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "made_examination.h"

namespace konseki::report {
namespace {

TEST_CASE("finding line: members stand in the order of the contract, absent ones are left out") {
    const findings::Examination examination = made_examination();
    render::JsonBuffer out;

    FindingLines(examination, {}, render::Language::en).append_json(out, made_finding());

    CHECK(
        out.text() ==
        R"({"id":"00ff","rule":{"id":"r-1","title":"Somebody did something","level":"high",)"
        R"("kind":"sigma","origin":"ours","author":"A. Author","license":"MIT",)"
        R"("references":["https://example.org/1"]},"time":"2019-04-17T01:02:03.0000000Z",)"
        R"("host":"PC-01","account":"CORP\\ann","events":[{"time":"2019-04-17T01:02:03.0000000Z",)"
        R"("host":"PC-01","path":"logs/Security.evtx","record":7,"offset":5120,"recovered":false}],)"
        R"("count":1,"attack":["T1059.001"],"fields":{"EventID":4688,"CommandLine":"=cmd"},)"
        R"("matched":[{"field":"CommandLine","value":"=cmd","pattern":"=cmd*"}],)"
        R"("unchecked":[],"traces":[],"label":null,)"
        R"("says":{"ja":"ルール「Somebody did something」に一致する記録があります。",)"
        R"("en":"A record matches the rule \"Somebody did something\"."}})"
        "\n");
}

TEST_CASE("finding line: a rule of our own says its sentence, why, what else, next and do not") {
    findings::Examination examination = made_examination();
    examination.rules[0].own = findings::OwnTexts{.id = "E001",
                                                  .title_ja = {},
                                                  .needs = "c",
                                                  .own_collection = false,
                                                  .says = {"ja {A}", "en {A}"},
                                                  .why = {"なぜ", "why"},
                                                  .other = {"他", "other"},
                                                  .next = {"collect_file"},
                                                  .do_not = {"no_wipe"}};
    findings::Finding finding = made_finding();
    finding.match.says_ja = "「\"x」";
    finding.match.says_en = "en x";
    render::JsonBuffer out;

    FindingLines(examination, {}, render::Language::en).append_json(out, finding);

    CHECK(out.text().ends_with(
        R"("traces":[],"label":null,"says":{"ja":"「\"x」","en":"en x"},"why":{"ja":"なぜ","en":"why"},)"
        R"("other":{"ja":"他","en":"other"},"next":["collect_file"],"do_not":["no_wipe"]})"
        "\n"));
}

/// A finding on a record of this log whose fields are these.
findings::Finding finding_with(std::string_view log, std::string_view fields) {
    findings::Finding finding = made_finding();
    finding.record.log = log;
    finding.record.fields = fields;
    return finding;
}

constexpr std::string_view security_log =
    R"("channel":"Security","provider":"Microsoft-Windows-Security-Auditing","event_identifier":"5145")";

std::string line_of(const findings::Finding& finding) {
    const findings::Examination examination = made_examination();
    render::JsonBuffer out;
    FindingLines(examination, {}, render::Language::ja).append_json(out, finding);
    return std::string(out.text());
}

TEST_CASE("finding line: numbers of the Security log have words, each once, the fields stay raw") {
    const findings::Finding finding =
        finding_with(security_log,
                     R"({"AccessList":"%%1538\r\n\t%%4417","A":"%%1538","B":"%%1","C":"%%1459…"})");

    const std::string line = line_of(finding);

    CHECK(line.contains(
        R"("fields":{"AccessList":"%%1538\r\n\t%%4417","A":"%%1538","B":"%%1","C":"%%1459…"},)"
        R"j("words":{"%%1538":"READ_CONTROL","%%4417":"WriteData (or AddFile)"},"matched":)j"));
}

TEST_CASE("finding line: the numbers of other providers, or none that is known, get no words") {
    constexpr std::string_view services =
        R"("channel":"System","provider":"Service Control Manager","event_identifier":"7000")";
    constexpr std::string_view longer =
        R"("channel":"x","provider":"Microsoft-Windows-Security-Auditing2","event_identifier":"1")";

    CHECK_FALSE(line_of(finding_with(services, R"({"param2":"%%1842"})")).contains("words"));
    CHECK_FALSE(line_of(finding_with(longer, R"({"param2":"%%1842"})")).contains("words"));
    CHECK_FALSE(line_of(finding_with({}, R"({"param2":"%%1842"})")).contains("words"));
    CHECK_FALSE(line_of(finding_with(security_log, R"({"A":"%%1","B":"%%"})")).contains("words"));
}

TEST_CASE("finding line: a record that is full of numbers has words for the first 64 kinds") {
    std::string fields = R"({"A":")";
    for (int number = 1; number < 20'000; ++number) fields += "%%" + std::to_string(number) + ' ';
    fields += R"("})";

    const std::string line = line_of(finding_with(security_log, fields));

    const std::size_t start = line.find(R"("words":{)");
    REQUIRE(start != std::string::npos);
    const std::string words = line.substr(start, line.find(R"(,"matched":)") - start);
    CHECK(std::ranges::count(words, ':') == 65);
}

TEST_CASE("finding line: what Windows itself says stands by language, escaped") {
    findings::Finding finding = made_finding();
    finding.windows = {{1'033, "An \"account\"\r\n"}, {1'041, "アカウント"}};

    CHECK(line_of(finding).contains(
        R"("fields":{"EventID":4688,"CommandLine":"=cmd"},"windows":)"
        R"({"1033":"An \"account\"\r\n","1041":"アカウント"},"matched":)"));
    CHECK_FALSE(line_of(made_finding()).contains("windows"));
}

TEST_CASE("finding line: a rule without a level has null") {
    findings::Examination examination = made_examination();
    examination.rules[0].level.reset();
    render::JsonBuffer out;

    FindingLines(examination, {}, render::Language::en).append_json(out, made_finding());

    CHECK(out.text().find(R"("level":null,)") != std::string_view::npos);
}

TEST_CASE("finding line: each event of a correlation has its own time, host and file") {
    findings::Examination examination = made_examination();
    examination.hosts.push_back({.name = "PC-\"2", .folded = "pc-\"2", .span = {}, .records = 1});
    findings::ItemInfo copy;
    copy.path = "b/Security.evtx";
    examination.reading.items.push_back(copy);
    examination.reading.items[0].copies = {1};
    findings::Finding finding = made_finding();
    finding.events.push_back({.time = Time::from_unix_seconds(1'555'462'924),
                              .host = 1,
                              .item = 1,
                              .offset = 4'608,
                              .record = 8,
                              .recovered = true});
    finding.events.push_back(finding.events.front());
    render::JsonBuffer out;

    FindingLines(examination, {}, render::Language::en).append_json(out, finding);

    const std::string first =
        R"({"time":"2019-04-17T01:02:03.0000000Z","host":"PC-01","path":"logs/Security.evtx",)"
        R"("also":["b/Security.evtx"],"record":7,"offset":5120,"recovered":false})";
    CHECK(
        out.text().find(R"("events":[)" + first +
                        R"(,{"time":"2019-04-17T01:02:04.0000000Z","host":"PC-\"2",)"
                        R"("path":"b/Security.evtx","record":8,"offset":4608,"recovered":true},)" +
                        first + "]") != std::string_view::npos);
}

TEST_CASE("findings.csv: no cell that evidence fills is run as a formula by a spreadsheet") {
    findings::Examination examination = made_examination();
    examination.hosts[0].name = "=HYPERLINK(1)";
    findings::Finding finding = made_finding();
    finding.record.account = "@SUM(1)";
    std::string out;

    FindingLines(examination, Zone{"+09:00", 9 * 3600}, render::Language::en)
        .append_row(out, finding);

    CHECK(out.find(",'=HYPERLINK(1),") != std::string::npos);
    CHECK(out.find(",'@SUM(1),") != std::string::npos);
    CHECK(out.starts_with("2019-04-17T01:02:03.0000000Z,2019-04-17 10:02:03 +09:00,high,"));
    CHECK(out.ends_with("\r\n"));
}

TEST_CASE("finding line and table: what is set aside says so, and why") {
    const findings::Examination examination = made_examination();
    findings::Finding finding = made_finding();
    finding.label = findings::Label::sanctioned;
    finding.label_reason = "=support, \"agreed\"";
    FindingLines lines(examination, {}, render::Language::ja);
    render::JsonBuffer json, timeline;
    std::string row, head;

    lines.append_json(json, finding);
    lines.append_timeline(timeline, finding);
    lines.append_row(row, finding);
    append_finding_csv_head(head);

    CHECK(json.text().contains(
        R"("label":"sanctioned","label_reason":"=support, \"agreed\"","says":)"));
    CHECK(timeline.text().contains(R"("label":"sanctioned")"));
    CHECK(head.ends_with(
        "time_utc,time_local,level,host,account,title,says,rule_id,count,path,record,attack,"
        "label,label_reason,rule_author\r\n"));
    CHECK(row.contains("Somebody did something,ルール「Somebody did something」"));
    CHECK(row.ends_with(
        ",r-1,1,logs/Security.evtx,7,T1059.001,sanctioned,\"'=support, \"\"agreed\"\"\",A. "
        "Author\r\n"));
}

TEST_CASE("timeline: a line has what Timesketch asks for and no schema line goes before it") {
    const findings::Examination examination = made_examination();
    render::JsonBuffer out;

    FindingLines(examination, {}, render::Language::en).append_timeline(out, made_finding());

    const std::string text(out.text());
    CHECK(text.find(R"("datetime":"2019-04-17T01:02:03.000000+00:00")") != std::string::npos);
    CHECK(text.find(R"("timestamp":1555462923000000)") != std::string::npos);
    CHECK(text.find(R"("timestamp_desc":"Event Logged")") != std::string::npos);
    CHECK(text.find(R"({"message":"Somebody did something on PC-01: CommandLine==cmd")") == 0);
}

}  // namespace
}  // namespace konseki::report
