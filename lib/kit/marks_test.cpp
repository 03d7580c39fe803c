#include "marks.h"

#include <doctest/doctest.h>

#include <string>

#include "csv_rows.h"
#include "konseki/render/csv.h"
#include "previous.h"
#include "test_bench.h"

namespace konseki::kit {
namespace {

std::vector<std::vector<std::string>> cells_of(std::string_view text) {
    std::vector<std::vector<std::string>> out;
    const Result<std::vector<CsvRow>> rows = read_csv(text);
    REQUIRE(rows.has_value());
    for (const CsvRow& row : *rows) out.push_back(row.cells);
    return out;
}

TEST_CASE("csv: quotes, commas, line breaks and empty lines as RFC 4180 has them") {
    CHECK(cells_of("a,b\r\n\"x,\"\"y\",\"1\n2\"\n\n,\n") ==
          std::vector<std::vector<std::string>>{{"a", "b"}, {"x,\"y", "1\n2"}, {"", ""}});
    CHECK(cells_of("\xef\xbb\xbf"
                   "a") == std::vector<std::vector<std::string>>{{"a"}});
    CHECK(cells_of("").empty());
    CHECK(read_csv("a\n\"b\nc").error().offset == 2);
    CHECK_FALSE(read_csv(std::string(max_csv_cells + 1, ',')).has_value());
    CHECK(read_csv("a\n\"b\nc\"\nd").value()[2].line == 4);
}

TEST_CASE("csv: what our writer writes is read as it was") {
    std::string text;
    render::CsvWriter csv(text);
    const std::vector<std::string> cells = {"=1+1", "a\"b", " x ", "'", "-", "日本語"};
    for (const std::string& cell : cells) csv.cell(cell);
    csv.end_row();
    CHECK(cells_of(text).at(0) == cells);
}

std::string problem_of(const std::string& text) {
    TestBench bench;
    bench.write("m.csv", text);
    Marks marks;
    const Result<void> read = marks.read(bench.folder() / "m.csv", Talk(bench.environment));
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().kind == ErrorKind::usage);
    return read.error().message.substr(bench.folder().string().size() + 1);
}

TEST_CASE("marks: a row that makes no sense is named with its line") {
    CHECK(problem_of("finding,judgement\n").starts_with("m.csv:1: the first row"));
    CHECK(problem_of("finding,reason\nab,x\n").starts_with("m.csv:1: the first row"));
    CHECK(problem_of("finding,verdict\nab,good\n").starts_with("m.csv:2: verdict must"));
    CHECK(problem_of("finding,rule,verdict\n,,useful\n").starts_with("m.csv:2: a row needs"));
    CHECK(problem_of("finding,rule,verdict\na,b,useful\n").starts_with("m.csv:2: a row needs"));
    CHECK(problem_of("finding,verdict\n\"ab,useful\n").starts_with("m.csv:2: this is no CSV"));
}

TEST_CASE(
    "marks: a finding's own counts before that of its rule on its host, before that of its rule") {
    TestBench bench;
    bench.write("m.csv",
                "verdict,rule,host,finding,reason,who\n"
                "false_alarm,R1,,,everywhere,ann\n"
                "useful,R1,PC01,,here,ann\n"
                "useful,,,00ff,this one,bob\n");
    Marks marks;
    REQUIRE(marks.read(bench.folder() / "m.csv", Talk(bench.environment)).has_value());
    findings::RuleInfo one, other;
    one.id = "R1";
    other.id = "R2";
    std::vector<findings::HostInfo> hosts(2);
    hosts[0].name = "pc01.example.jp";
    hosts[1].name = "PC02";
    marks.bind({one, other}, findings::HostNames(hosts, {}));
    findings::Finding finding;
    finding.host = 1;

    finding.id = "aa";
    REQUIRE(marks.of(finding) != nullptr);
    CHECK(marks.of(finding)->reason == "everywhere");
    finding.host = 0;
    CHECK(marks.of(finding)->reason == "here");
    finding.id = "00ff";
    CHECK(*marks.of(finding) == findings::Mark{findings::MarkVerdict::useful, "this one", "bob"});
    finding.id = "aa";
    finding.rule = 1;
    CHECK(marks.of(finding) == nullptr);

    bench.write("again.csv", marks.to_csv());
    Marks again;
    REQUIRE(again.read(bench.folder() / "again.csv", Talk(bench.environment)).has_value());
    CHECK(again.to_csv() == marks.to_csv());
}

TEST_CASE("check: a mark for a short name of two hosts counts for neither, and one line says so") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC01.example.jp", 2));
    bench.write("evidence/b.evtx", TestBench::process_log("PC01.other.example.jp", 3));
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));
    CheckOptions options;
    options.marks = bench.folder() / "m.csv";
    bench.write("m.csv", "rule,host,verdict\nA shell was started,PC01,false_alarm\n");
    CHECK(bench.check_all(options).status == ExitStatus::done);
    CHECK_FALSE(bench.read("report/findings.jsonl").contains(R"("mark":{)"));
    const std::string said = "PC01, named in the profile";
    REQUIRE(bench.err.contains(said));
    CHECK(bench.err.contains("PC01.example.jp or PC01.other.example.jp"));
    CHECK(bench.err.find(said) == bench.err.rfind(said));

    bench.write("m.csv",
                "rule,host,verdict\nA shell was started,PC01.other.example.jp,false_alarm\n");
    bench.err.clear();
    options.out = bench.folder() / "second";
    CHECK(bench.check_all(options).status == ExitStatus::done);
    CHECK(bench.read("second/summary.json").contains(R"("false_alarm":3})"));
    CHECK_FALSE(bench.err.contains(said));
}

TEST_CASE("previous: ids of the lines, whatever their length") {
    TestBench bench;
    const std::string a(32, 'a'), b = "0123456789abcdef0123456789abcdef";
    bench.write("r/findings.jsonl", "{\"schema\":\"konseki/finding/1\"}\n{\"id\":\"" + a +
                                        "\",\"x\":\"" + std::string(3'000'000, 'y') +
                                        "\"}\n{\"id\":\"" + b + "\"}\n{\"id\":\"short\"}\n");
    Result<PreviousFindings> previous = PreviousFindings::read(bench.folder() / "r");
    REQUIRE(previous.has_value());
    CHECK(previous->gone() == 2);
    CHECK(previous->take(b));
    CHECK(previous->take(b));
    CHECK_FALSE(previous->take(std::string(32, 'c')));
    CHECK_FALSE(previous->take("zz"));
    CHECK(previous->gone() == 1);

    bench.write("none/findings.jsonl", "hello\n");
    CHECK_FALSE(PreviousFindings::read(bench.folder() / "none").has_value());
    bench.write("empty/findings.jsonl", "");
    CHECK_FALSE(PreviousFindings::read(bench.folder() / "empty").has_value());
    CHECK_FALSE(PreviousFindings::read(bench.folder()).has_value());
}

TEST_CASE("check: what is new is said, and marks are carried on from report to report") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 2));
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));
    bench.write("m.csv",
                "rule,verdict,reason,who\nA shell was started,false_alarm,build server,ann\n");
    CheckOptions options;
    options.out = bench.folder() / "first";
    options.marks = bench.folder() / "m.csv";
    CHECK(bench.check_all(options).status == ExitStatus::done);
    CHECK(bench.read("first/findings.jsonl")
              .contains(R"("mark":{"verdict":"false_alarm","reason":"build server","who":"ann"})"));
    CHECK_FALSE(bench.read("first/findings.jsonl").contains(R"("new":true)"));

    bench.write("evidence/b.evtx", TestBench::process_log("PC-02", 3));
    CheckOptions second;
    second.out = bench.folder() / "second";
    second.previous = bench.folder() / "first";
    CHECK(bench.check_all(second).status == ExitStatus::done);
    const std::string summary = bench.read("second/summary.json");
    CHECK(summary.contains(R"("compared":{"new":3,"kept":2,"gone":0})"));
    CHECK(summary.contains(R"("marks":{"useful":0,"false_alarm":5})"));
    CHECK(bench.read("second/findings.jsonl").contains(R"("label":null,"new":true,"mark":)"));
    CHECK(bench.read("second/marks.csv") == bench.read("first/marks.csv"));

    std::filesystem::remove(bench.evidence() / "a.evtx");
    CheckOptions third;
    third.out = bench.folder() / "third";
    third.previous = bench.folder() / "second";
    CHECK(bench.check_all(third).status == ExitStatus::done);
    CHECK(bench.read("third/summary.json").contains(R"("compared":{"new":0,"kept":3,"gone":2})"));
}

}  // namespace
}  // namespace konseki::kit
