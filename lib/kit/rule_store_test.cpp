#include "rule_store.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "rule_set_file.h"
#include "test_bench.h"

namespace konseki::kit {
namespace {

/// Titles of the rules of a load without the built-in ones.
std::string plain_titles(const RuleStore& store) {
    RuleChoice choice;
    choice.use_built_in = false;
    const Result<LoadedRules> loaded = store.load(choice);
    REQUIRE(loaded.has_value());
    std::string titles;
    for (const findings::RuleInfo& rule : loaded->rules.info()) titles += rule.title + '\n';
    return titles;
}

TEST_CASE("rule store: one set without the built-in rules comes from the cache the second time") {
    TestBench bench;
    bench.write("set/a.yml", TestBench::firing_rule("high"));
    const RuleStore store(bench.folder() / "data", bench.folder() / "cache");
    REQUIRE(store.install(bench.folder() / "set", "set", {}).has_value());
    const std::string first = plain_titles(store);
    REQUIRE(!first.empty());
    const std::size_t cached = bench.list("cache/rules").size();

    // Nobody reads the sources, which stand last: a rule that is broken there is not seen.
    const std::filesystem::path file = bench.folder() / "data" / "rules" / "set.pack";
    const std::string bytes = bench.read("data/rules/set.pack");
    const std::size_t title = bytes.rfind("title:");
    REQUIRE(title != bytes.npos);
    std::fstream(file, std::ios::binary | std::ios::in | std::ios::out)
        .seekp(static_cast<std::streamoff>(title))
        .write("broken", 6);

    CHECK(plain_titles(store) == first);
    CHECK(bench.list("cache/rules").size() == cached);
}

TEST_CASE("rule store: a set that was installed anew is not taken from the cache of the old one") {
    TestBench bench;
    bench.write("set/a.yml", TestBench::firing_rule("high"));
    const RuleStore store(bench.folder() / "data", bench.folder() / "cache");
    REQUIRE(store.install(bench.folder() / "set", "set", {}).has_value());
    const std::string first = plain_titles(store);
    std::string other = TestBench::firing_rule("low");
    other.replace(other.find("11111111"), 8, "33333333");
    bench.write("set/b.yml", other);
    REQUIRE(store.install(bench.folder() / "set", "set", {}).has_value());

    const std::string again = plain_titles(store);

    CHECK(again.size() > first.size());
    CHECK(plain_titles(store) == again);
}

}  // namespace
}  // namespace konseki::kit
