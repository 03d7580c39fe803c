#include <doctest/doctest.h>

#include <sys/resource.h>
#include <algorithm>
#include <csignal>

#include "test_bench.h"

namespace konseki::kit {
namespace {

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("check: a report folder is whole and holds nothing else") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));

    CHECK(bench.check_all().status == ExitStatus::done);

    CHECK(bench.list("report") ==
          std::vector<std::string>{"findings.csv", "findings.jsonl", "logons.csv", "navigator.json",
                                   "report.html", "rules.jsonl", "run.json", "summary.json",
                                   "timeline.jsonl", "traces.csv", "traces.jsonl"});
    CHECK(bench.read("report/findings.jsonl").starts_with("{\"schema\":\"konseki/finding/1\"}\n"));
    CHECK(lines(bench.read("report/findings.jsonl")) == 4);
    CHECK(bench.read("report/findings.jsonl").find("\"author\":\"A. Author\"") !=
          std::string::npos);
    CHECK(bench.read("report/summary.json").find("\"partial\":false") != std::string::npos);
    CHECK(bench.list(".") ==
          std::vector<std::string>{"cache", "evidence", "report", "rules", "tmp"});
    CHECK(bench.out.starts_with("Rules: "));
}

TEST_CASE("check: everything but run.json is the same bytes for 1, 2 and 8 threads") {
    TestBench bench;
    for (const char* name : {"a", "b", "c"})
        bench.write(std::string("evidence/") + name + ".evtx",
                    TestBench::process_log(std::string("PC-") + name, 400));
    bench.write("evidence/torn.evtx", TestBench::process_log("PC-d", 90).substr(0, 80'000));
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));

    for (const unsigned threads : {1u, 2u, 8u}) {
        bench.environment.threads = threads;
        CheckOptions options;
        options.out = bench.folder() / ("report" + std::to_string(threads));
        CHECK(bench.check_all(options).status == ExitStatus::incomplete);
    }

    for (const std::string& name : bench.list("report1")) {
        if (name == "run.json") continue;
        CAPTURE(name);
        CHECK(bench.read("report1/" + name) == bench.read("report2/" + name));
        CHECK(bench.read("report1/" + name) == bench.read("report8/" + name));
    }
    CHECK(lines(bench.read("report1/findings.jsonl")) > 1'200);
}

TEST_CASE("check: files with the same bytes are read once and all their paths are listed") {
    TestBench bench;
    const std::string log = TestBench::process_log("PC-01", 3);
    bench.write("evidence/a.evtx", log);
    bench.write("evidence/copy/b.evtx", log);
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));

    CHECK(bench.check_all().status == ExitStatus::done);

    const std::string findings = bench.read("report/findings.jsonl");
    CHECK(lines(findings) == 4);
    CHECK(findings.find("\"path\":\"a.evtx\",\"also\":[\"copy/b.evtx\"],\"sha256\":\"") !=
          std::string::npos);
    CHECK(bench.read("report/summary.json")
              .find("\"copies\":[{\"path\":\"copy/b.evtx\",\"same_as\":\"a.evtx\"}]") !=
          std::string::npos);
}

TEST_CASE("check: other names of a host in the profile make one host") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("evidence/b.evtx", TestBench::process_log("pc-01.example.jp", 4));
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));
    bench.write("profile.yml",
                "version: 1\nhosts:\n  - {name: PC-01.example.jp, aliases: [Pc-01]}\n");
    CheckOptions options;

    CHECK(bench.check_all(options).status == ExitStatus::done);
    const std::string apart = bench.read("report/summary.json");
    std::filesystem::remove_all(bench.report());
    options.profile = bench.folder() / "profile.yml";
    CHECK(bench.check_all(options).status == ExitStatus::done);
    const std::string joined = bench.read("report/summary.json");

    CHECK(apart.contains(R"({"name":"pc-01.example.jp",)"));
    CHECK(apart.contains(R"({"name":"PC-01",)"));
    CHECK(joined.contains(R"({"name":"PC-01",)"));
    CHECK_FALSE(joined.contains(R"({"name":"pc-01.example.jp",)"));
    CHECK(joined.contains(R"("records":7)"));
}

TEST_CASE("check: a profile that makes no sense is a usage error before anything is written") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("profile.yml", "version: 1\nhosts: [{nmae: A}]\n");
    CheckOptions options;
    options.profile = bench.folder() / "profile.yml";

    CHECK(bench.check_all(options).status == ExitStatus::usage);
    CHECK(bench.err.contains("profile.yml:2: unknown key `nmae` in `hosts`"));
    CHECK_FALSE(bench.exists("report"));
}

TEST_CASE("check: a record of the collection that is a link is not followed") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));
    bench.write("elsewhere.json", "no json\n");
    std::filesystem::create_symlink(bench.folder() / "elsewhere.json",
                                    bench.evidence() / "collection.json");

    (void)bench.check_all();

    CHECK_FALSE(bench.err.contains("no JSON"));
}

TEST_CASE("check: a record of the collection on a mounted Windows volume is not read by itself") {
    for (const char* deep : {"WINDOWS/system32/x.txt", "users/x.txt"}) {
        CAPTURE(deep);
        TestBench bench;
        bench.write("evidence/a.evtx", TestBench::process_log("PC01", 1));
        bench.write(std::filesystem::path("evidence") / deep, "x");
        // A line that is named on standard error as soon as it is read.
        bench.write("evidence/collection.json", "no record\n");
        bench.check_all();
        CHECK(bench.err.contains("collection.json was not read"));
        CHECK(bench.err.contains("--collection"));
        CHECK_FALSE(bench.err.contains("collection.json:1"));
    }
}

TEST_CASE("check: a record on a mounted Windows volume is taken where --collection names it") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC01", 1));
    bench.write("evidence/Users/x.txt", "x");
    bench.write("evidence/collection.json", "no record\n");
    CheckOptions options;
    options.collection = {bench.evidence() / "collection.json"};
    bench.check_all(options);
    CHECK(bench.err.contains("collection.json:1"));
    CHECK_FALSE(bench.err.contains("was not read"));
}

TEST_CASE("check: a collection that holds Windows logs below Windows alone is no volume") {
    TestBench bench;
    bench.write("evidence/Windows/a.evtx", TestBench::process_log("PC01", 1));
    bench.write("evidence/collection.json", "no record\n");
    bench.check_all();
    CHECK(bench.err.contains("collection.json:1"));
}

TEST_CASE("exit status: a finding at the asked level counts more than damage") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("evidence/torn.evtx", TestBench::process_log("PC-02", 90).substr(0, 80'000));
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));
    CheckOptions options;
    options.fail_on = findings::Level::high;

    CHECK(bench.check_all(options).status == ExitStatus::found);
    options.fail_on = findings::Level::critical;
    options.out = bench.folder() / "other";
    CHECK(bench.check_all(options).status == ExitStatus::incomplete);
}

TEST_CASE("exit status: a rule that cannot be used counts only where that was asked") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    bench.write("rules/broken.yml", TestBench::broken_rule());

    CHECK(bench.check_all().status == ExitStatus::done);
    CHECK(bench.out.find("broken.yml:7:") != std::string::npos);
    CheckOptions options;
    options.rules.strict = true;
    options.out = bench.folder() / "other";
    CHECK(bench.check_all(options).status == ExitStatus::incomplete);
}

TEST_CASE("exit status: nothing recognised is a failure and leaves no folder") {
    TestBench bench;
    bench.write("evidence/readme.txt", "no log");

    CHECK(bench.check_all().status == ExitStatus::failed);

    CHECK(bench.list(".") == std::vector<std::string>{"cache", "evidence", "tmp"});
    CHECK(bench.err.find("no event log") != std::string::npos);
}

TEST_CASE("check: a report inside the evidence, or over something that exists, is refused") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 1));
    CheckOptions options;
    options.out = bench.evidence() / "deep" / "report";
    CHECK(bench.check_all(options).status == ExitStatus::usage);

    bench.write("taken/file", "");
    options.out = bench.folder() / "taken";
    CHECK(bench.check_all(options).status == ExitStatus::failed);

    CHECK(bench.list("evidence") == std::vector<std::string>{"a.evtx"});
    CHECK(bench.list("taken") == std::vector<std::string>{"file"});
}

TEST_CASE("check: Ctrl-C leaves a report that says it is partial") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 400));
    bench.write("evidence/b.evtx", TestBench::process_log("PC-02", 400));
    bench.cancelled = true;

    CHECK(bench.check_all().status == ExitStatus::interrupted);

    CHECK(bench.read("report/summary.json").find("\"partial\":true") != std::string::npos);
}

TEST_CASE("check: where no rules are added one line says which archive to download") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));

    CHECK(bench.check_all().status == ExitStatus::done);

    CHECK(lines(bench.err) == 1);
    CHECK(bench.err.find("only konseki's own rules") != std::string::npos);
    CHECK(bench.err.find("sigma_all_rules.zip") != std::string::npos);
    CHECK(bench.out.starts_with("Rules: konseki "));
}

TEST_CASE("check: without any rules one line says so and records are counted") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 3));
    CheckOptions options;
    options.rules.use_built_in = false;

    CHECK(bench.check_all(options).status == ExitStatus::done);

    CHECK(lines(bench.err) == 1);
    CHECK(bench.err.find("no rules are loaded") != std::string::npos);
    CHECK(bench.err.find("sigma_all_rules.zip") != std::string::npos);
    CHECK(bench.read("report/summary.json").find("\"records\":3") != std::string::npos);
}

TEST_CASE("check: a disk that takes no more leaves nothing that looks like a report") {
    TestBench bench;
    bench.write("evidence/a.evtx", TestBench::process_log("PC-01", 600));
    bench.write("rules/shell.yml", TestBench::firing_rule("high"));
    CheckOptions options;
    options.rules.use_cache = false;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    rlimit small = old;
    small.rlim_cur = 100'000;
    setrlimit(RLIMIT_FSIZE, &small);

    const CommandResult result = bench.check_all(options);
    setrlimit(RLIMIT_FSIZE, &old);

    CHECK(result.status == ExitStatus::failed);
    CHECK(lines(bench.err) == 1);
    CHECK(bench.list(".") == std::vector<std::string>{"evidence", "rules", "tmp"});
}

}  // namespace
}  // namespace konseki::kit
