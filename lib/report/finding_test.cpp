#include "konseki/report/findings.h"

#include <doctest/doctest.h>

#include "made_examination.h"

namespace konseki::report {
namespace {

TEST_CASE("finding line: members stand in the order of the contract, absent ones are left out") {
    const findings::Examination examination = made_examination();
    render::JsonBuffer out;

    FindingLines(examination).append(out, made_finding());

    CHECK(out.text() ==
          R"({"id":"00ff","rule":{"id":"r-1","title":"Somebody did something","level":"high",)"
          R"("kind":"sigma","origin":"ours","author":"A. Author","license":"MIT",)"
          R"("references":["https://example.org/1"]},"time":"2019-04-17T01:02:03.0000000Z",)"
          R"("host":"PC-01","account":"CORP\\ann","events":[{"time":"2019-04-17T01:02:03.0000000Z",)"
          R"("host":"PC-01","path":"logs/Security.evtx","record":7,"offset":5120,"recovered":false}],)"
          R"("count":1,"attack":["T1059.001"],"fields":{"EventID":4688,)"
          R"("CommandLine":"=cmd \u001b[31m\"x\"","Data":["a",null]},)"
          R"("matched":[{"field":"CommandLine","value":"=cmd","pattern":"=cmd*"}],)"
          R"("unchecked":[],"traces":[]})"
          "\n");
}

TEST_CASE("finding line: a rule without a level has null, an integer past 2^53 is text") {
    findings::Examination examination = made_examination();
    examination.rules[0].level.reset();
    findings::Finding finding = made_finding();
    finding.fields = {{"Keywords", {{findings::FieldKind::integer, "9232379236109516800"}}, false},
                      {"Small", {{findings::FieldKind::integer, "-9232379236109516800"}}, false}};
    render::JsonBuffer out;

    FindingLines(examination).append(out, finding);

    const std::string text(out.text());
    CHECK(text.find(R"("level":null,)") != std::string::npos);
    CHECK(text.find(R"("Keywords":"9232379236109516800")") != std::string::npos);
    CHECK(text.find(R"("Small":"-9232379236109516800")") != std::string::npos);
}

TEST_CASE("findings.csv: no cell that evidence fills is run as a formula by a spreadsheet") {
    findings::Examination examination = made_examination();
    examination.hosts[0].name = "=HYPERLINK(1)";
    findings::Finding finding = made_finding();
    finding.account = "@SUM(1)";
    std::string out;

    append_finding_csv_row(out, examination, finding, Zone{"+09:00", 9 * 3600});

    CHECK(out.find(",'=HYPERLINK(1),") != std::string::npos);
    CHECK(out.find(",'@SUM(1),") != std::string::npos);
    CHECK(out.starts_with("2019-04-17T01:02:03.0000000Z,2019-04-17 10:02:03 +09:00,high,"));
    CHECK(out.ends_with("\r\n"));
}

TEST_CASE("timeline: a line has what Timesketch asks for and no schema line goes before it") {
    const findings::Examination examination = made_examination();
    render::JsonBuffer out;

    append_timeline_line(out, examination, made_finding());

    const std::string text(out.text());
    CHECK(text.find(R"("datetime":"2019-04-17T01:02:03.000000+00:00")") != std::string::npos);
    CHECK(text.find(R"("timestamp":1555462923000000)") != std::string::npos);
    CHECK(text.find(R"("timestamp_desc":"Event Logged")") != std::string::npos);
    CHECK(text.find(R"({"message":"Somebody did something on PC-01: CommandLine==cmd")") == 0);
}

}  // namespace
}  // namespace konseki::report
