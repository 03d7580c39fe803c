#include <doctest/doctest.h>

#include <algorithm>

#include "rule_files.h"
#include "rule_store.h"
#include "test_bench.h"

namespace konseki::kit {
namespace {

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("records: lines come in the order of path and offset for any number of threads") {
    TestBench bench;
    for (const char* name : {"b", "a"})
        bench.write(std::string("evidence/") + name + ".evtx",
                    TestBench::process_log(std::string("PC-") + name, 300));
    RecordsOptions options;
    options.read.paths = {bench.evidence()};
    std::vector<std::string> outs;

    for (const unsigned threads : {1u, 2u, 8u}) {
        bench.environment.threads = threads;
        bench.out.clear();
        CHECK(records(options, bench.environment).status == ExitStatus::done);
        outs.push_back(bench.out);
    }

    CHECK(lines(outs[0]) == 601);
    CHECK(outs[0] == outs[1]);
    CHECK(outs[0] == outs[2]);
    CHECK(outs[0].find("PC-a") < outs[0].find("PC-b"));
}

TEST_CASE("records: a reader that has gone ends it quietly with 0") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 900));
    bench.environment.out = [](std::string_view) { return false; };
    RecordsOptions options;
    options.read.paths = {bench.evidence()};

    CHECK(records(options, bench.environment).status == ExitStatus::done);
    options.format = RecordFormat::evtx_json;
    CHECK(records(options, bench.environment).status == ExitStatus::done);
    CHECK(bench.err.empty());
}

TEST_CASE("records: every --where must hold, and what is no condition is wrong usage") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 5));
    RecordsOptions options;
    options.read.paths = {bench.evidence()};

    options.where = {"EventID=1", "Image|endswith=\\CMD.exe"};
    CHECK(records(options, bench.environment).status == ExitStatus::done);
    CHECK(lines(bench.out) == 6);
    bench.out.clear();
    options.where = {"EventID=1", "Image|endswith=\\other.exe"};
    CHECK(records(options, bench.environment).status == ExitStatus::done);
    CHECK(lines(bench.out) == 1);
    options.where = {"no condition"};
    CHECK(records(options, bench.environment).status == ExitStatus::usage);
    options.where = {"Image|nonsense=x"};
    CHECK(records(options, bench.environment).status == ExitStatus::usage);
}

TEST_CASE("search: records that hold the text come in time order over all files") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 20));
    bench.write("evidence/b.evtx", TestBench::process_log("PC-02", 20));
    SearchOptions options;
    options.read.paths = {bench.evidence()};
    options.pattern = "WHOAMI";

    CHECK(search(options, bench.environment).status == ExitStatus::done);

    CHECK(lines(bench.out) == 41);
    std::vector<std::string> times;
    for (std::size_t at = bench.out.find("{\"time\":"); at != std::string::npos;
         at = bench.out.find("{\"time\":", at + 1))
        times.push_back(bench.out.substr(at, 37));
    CHECK(times.size() == 40);
    CHECK(std::is_sorted(times.begin(), times.end()));
}

TEST_CASE("search: stars and backslashes in a text mean themselves, a regex is one") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 2));
    SearchOptions options;
    options.read.paths = {bench.evidence()};

    options.pattern = "cmd*whoami";
    search(options, bench.environment);
    CHECK(lines(bench.out) == 1);
    bench.out.clear();
    options.pattern = "Windows\\System32\\";
    search(options, bench.environment);
    CHECK(lines(bench.out) == 3);
    bench.out.clear();
    options.kind = SearchKind::regex;
    options.pattern = "cmd\\.exe /c who[a-z]+";
    search(options, bench.environment);
    CHECK(lines(bench.out) == 3);
}

TEST_CASE(
    "rules: what is installed is used, named in the first line, and gone after it is removed") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("set/rules/shell.yml", TestBench::firing_rule("low"));
    bench.write("set/deprecated/old.yml", TestBench::firing_rule("critical"));

    CHECK(rules_add({bench.folder() / "set", "ours", {}}, bench.environment).status ==
          ExitStatus::done);
    CHECK(bench.exists("data/rules/ours.pack"));
    bench.out.clear();
    CHECK(bench.check_all().status == ExitStatus::done);
    CHECK(bench.out.starts_with("Rules: konseki "));
    CHECK(bench.out.substr(0, bench.out.find('\n')).ends_with(", ours 1"));
    CHECK(bench.read("report/findings.csv").find(",low,") != std::string::npos);
    CHECK(rules_remove({"ours"}, bench.environment).status == ExitStatus::done);
    CHECK(rules_remove({"ours"}, bench.environment).status == ExitStatus::failed);
    CHECK_FALSE(bench.exists("data/rules/ours.pack"));
}

TEST_CASE("rules: an installed set that was damaged is said and the others are used") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("set/shell.yml", TestBench::firing_rule("low"));
    rules_add({bench.folder() / "set", "ours", {}}, bench.environment);
    bench.write("data/rules/bad.pack", "not a pack");
    bench.out.clear();

    CHECK(bench.check_all().status == ExitStatus::done);

    CHECK(bench.out.starts_with("Rules: bad 0 (1 refused), konseki "));
    CHECK(bench.out.substr(0, bench.out.find('\n')).ends_with(", ours 1"));
}

TEST_CASE("rules: values for placeholders stay with their set beside another one") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("set/shell.yml",
                "title: By list\nid: 33333333-3333-4333-8333-333333333333\nlogsource:\n"
                "  product: windows\n  category: process_creation\ndetection:\n  s:\n"
                "    Image|expand: '%shells%'\n  condition: s\n");
    bench.write("names.yml", "shells:\n  - C:\\Windows\\System32\\cmd.exe  # the one\n");
    bench.write("other/shell.yml", TestBench::firing_rule("low"));
    rules_add({bench.folder() / "set", "ours", bench.folder() / "names.yml"}, bench.environment);
    rules_add({bench.folder() / "other", "other", {}}, bench.environment);

    CHECK(bench.check_all().status == ExitStatus::done);

    CHECK(lines(bench.read("report/findings.jsonl")) == 7);
}

TEST_CASE("rules: every cut of an installed set is refused, never read past") {
    TestBench bench;
    bench.write("set/shell.yml", TestBench::firing_rule("low"));
    rules_add({bench.folder() / "set", "ours", {}}, bench.environment);
    const std::string whole = bench.read("data/rules/ours.pack");

    // Every part at both ends, where the lengths and the set's own rules are, and some of the long middle.
    constexpr std::size_t end_bytes = 500, few = 200;
    RulesListOptions options;
    options.rules.use_built_in = false;
    const std::size_t middle = (whole.size() - 2 * end_bytes) / few;
    for (std::size_t size = 0; size < whole.size();
         size += size < end_bytes || size > whole.size() - end_bytes ? 7 : middle) {
        bench.write("data/rules/ours.pack", whole.substr(0, size));
        bench.out.clear();
        CHECK(rules_list(options, bench.environment).status == ExitStatus::done);
        CHECK(bench.out.find("ours 0 (1 refused)") != std::string::npos);
    }
}

TEST_CASE("rules: folders of withdrawn and test rules are left out, hidden files too") {
    CHECK(is_rule_path("rules/windows/a.yml"));
    CHECK(is_rule_path("rules/linux/other/a.yaml"));
    CHECK_FALSE(is_rule_path("sigma/deprecated/windows/a.yml"));
    CHECK_FALSE(is_rule_path("regression_data/x/info.yml"));
    CHECK_FALSE(is_rule_path("rules/.hidden.yml"));
    CHECK_FALSE(is_rule_path("rules/readme.md"));
}

TEST_CASE("rules: a set's name never leaves its folder") {
    CHECK(RuleStore::name_for("/x/sigma_all_rules.zip") == "sigma_all_rules");
    CHECK(RuleStore::name_for("/x/rules.tar.gz") == "rules");
    CHECK(RuleStore::name_for("/x/folder/") == "folder");
    CHECK_FALSE(RuleStore::is_name("konseki"));
    CHECK(RuleStore::name_for("/x/konseki.zip") == "rules");
    CHECK_FALSE(RuleStore::is_name("../x"));
    CHECK_FALSE(RuleStore::is_name(".x"));
    CHECK_FALSE(RuleStore::is_name(""));
    TestBench bench;
    bench.write("r.yml", TestBench::firing_rule("low"));
    CHECK(rules_add({bench.folder() / "r.yml", "../x", {}}, bench.environment).status ==
          ExitStatus::usage);
}

TEST_CASE("traces: lines of the asked types only") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    TracesOptions options;
    options.read.paths = {bench.evidence()};
    options.types = {"file_name"};

    CHECK(traces(options, bench.environment).status == ExitStatus::done);

    CHECK(bench.out.starts_with("{\"schema\":\"konseki/trace/1\"}\n"));
    CHECK(bench.out.find("\"value\":\"cmd.exe\"") != std::string::npos);
    CHECK(bench.out.find("\"type\":\"file_path\"") == std::string::npos);
    options.types = {"nonsense"};
    CHECK(traces(options, bench.environment).status == ExitStatus::usage);
}

TEST_CASE("logons: a file is written once, never into the evidence nor over another") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    LogonsOptions options;
    options.read.paths = {bench.evidence()};
    options.out = bench.folder() / "moves.svg";
    options.format = LogonFormat::svg;

    CHECK(logons(options, bench.environment).status == ExitStatus::done);
    CHECK(bench.read("moves.svg").starts_with("<?xml"));
    CHECK(bench.out.empty());
    CHECK(logons(options, bench.environment).status == ExitStatus::failed);
    options.out = bench.evidence() / "moves.svg";
    CHECK(logons(options, bench.environment).status == ExitStatus::usage);
    CHECK(!bench.exists("evidence/moves.svg"));
}

}  // namespace
}  // namespace konseki::kit
