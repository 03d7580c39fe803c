#include "konseki/kit/invocation.h"

#include <doctest/doctest.h>

namespace {

using namespace konseki;
using namespace konseki::kit;

std::expected<Invocation, UsageProblem> ask(std::vector<std::string> words, const Zone& zone) {
    const auto parsed = parse_arguments(words);
    if (!parsed) return std::unexpected(parsed.error());
    return interpret(*parsed, zone);
}

std::string problem_of(std::vector<std::string> words) {
    const auto asked = ask(std::move(words), Zone{});
    return asked ? "none" : std::string(asked.error().key);
}

template <class T>
T options_of(std::vector<std::string> words) {
    const auto asked = ask(std::move(words), Zone{"+09:00", 9 * 3600});
    REQUIRE(asked.has_value());
    REQUIRE(std::holds_alternative<T>(*asked));
    return std::get<T>(*asked);
}

TEST_CASE("invocation: check takes every option to its place") {
    const auto options = options_of<CheckOptions>({"check",
                                                   "a",
                                                   "b",
                                                   "--out",
                                                   "r",
                                                   "--rules",
                                                   "x",
                                                   "--rules",
                                                   "y",
                                                   "--no-installed-rules",
                                                   "--no-cache",
                                                   "--strict-rules",
                                                   "--placeholders",
                                                   "p.yml",
                                                   "--min-level",
                                                   "low",
                                                   "--fail-on",
                                                   "high",
                                                   "--no-hash",
                                                   "--recover",
                                                   "--codepage",
                                                   "932",
                                                   "--quiet"});

    CHECK(options.read.paths.size() == 2);
    CHECK(options.read.recover);
    CHECK(options.read.code_page == CodePage{932});
    CHECK(options.rules.paths.size() == 2);
    CHECK(!options.rules.use_installed);
    CHECK(!options.rules.use_cache);
    CHECK(options.rules.strict);
    CHECK(options.rules.placeholders == "p.yml");
    CHECK(options.out == "r");
    CHECK(options.min_level == findings::Level::low);
    CHECK(options.fail_on == findings::Level::high);
    CHECK(!options.hash);
    CHECK(options.verbosity == Verbosity::quiet);
}

TEST_CASE("invocation: a time without an offset is in the zone of the run") {
    const auto local = options_of<RecordsOptions>({"records", "a", "--since", "2024-04-17 09:00"});
    const auto utc =
        options_of<RecordsOptions>({"records", "a", "--since", "2024-04-17T00:00:00Z"});

    CHECK(local.read.since == utc.read.since);
    CHECK(!local.read.until.has_value());
}

TEST_CASE("invocation: search takes its text from the first operand, or a trace from its option") {
    const auto text = options_of<SearchOptions>({"search", "mimikatz", "a"});
    CHECK(text.kind == SearchKind::text);
    CHECK(text.pattern == "mimikatz");
    CHECK(text.read.paths.size() == 1);

    const auto trace =
        options_of<SearchOptions>({"search", "--trace", "ipv4:203.0.113.5", "a", "b"});
    CHECK(trace.kind == SearchKind::trace);
    CHECK(trace.pattern == "ipv4:203.0.113.5");
    CHECK(trace.read.paths.size() == 2);

    CHECK(problem_of({"search", "only-one"}) == "help.problem.operand_missing");
    CHECK(problem_of({"search", "--regex", "--trace", "a:b", "p"}) == "help.problem.not_together");
}

TEST_CASE("invocation: fields are split at commas, and empty ones left out") {
    const auto options = options_of<RecordsOptions>(
        {"records", "a", "--fields", "EventID,,Image,", "--format", "csv"});

    CHECK(options.fields == std::vector<std::string>{"EventID", "Image"});
    CHECK(options.format == RecordFormat::csv);
}

TEST_CASE("invocation: rules lint takes operands and --rules alike") {
    CHECK(options_of<RulesLintOptions>({"rules", "lint", "a", "--rules", "b"}).rules.paths.size() ==
          2);
}

TEST_CASE("invocation: values that mean nothing are refused") {
    CHECK(problem_of({"check", "a", "--since", "yesterday"}) == "help.problem.bad_value");
    CHECK(problem_of({"check", "a", "--codepage", "12"}) == "help.problem.unknown_codepage");
    CHECK(problem_of({"check", "a", "--codepage", "932x"}) == "help.problem.unknown_codepage");
    CHECK(problem_of({"completion", "fish"}) == "help.problem.bad_value");
    CHECK(problem_of({"help", "chekc"}) == "help.problem.unknown_command_near");
}

TEST_CASE("invocation: threads and zones outside their range are refused") {
    for (const auto& [name, value] : {std::pair{"--threads", "0"},
                                      {"--threads", "1025"},
                                      {"--threads", "two"},
                                      {"--zone", "Mars/Olympus"}}) {
        const auto parsed = parse_arguments(std::vector<std::string>{"check", "a", name, value});
        REQUIRE(parsed.has_value());
        CHECK_MESSAGE(!settings_of(*parsed, "").has_value(), name, " ", value);
    }
    const auto parsed = parse_arguments(
        std::vector<std::string>{"check", "a", "--threads=8", "--zone", "+09:00", "--lang", "ja"});
    const auto settings = settings_of(*parsed, "");
    REQUIRE(settings.has_value());
    CHECK(settings->threads == 8u);
    CHECK(settings->zone->offset_seconds == 32400);
    CHECK(settings->language == Language::ja);
}

TEST_CASE("invocation: demo takes a folder, and no operand") {
    CHECK(options_of<DemoOptions>({"demo", "--out", "a/b"}).folder == "a/b");
    CHECK(options_of<DemoOptions>({"demo"}).folder.empty());
    CHECK(!parse_arguments(std::vector<std::string>{"demo", "a"}).has_value());
}

TEST_CASE("invocation: help finds commands of one and two words") {
    CHECK(options_of<HelpRequest>({"help"}).command == CommandId::none);
    CHECK(options_of<HelpRequest>({"help", "check"}).command == CommandId::check);
    CHECK(options_of<HelpRequest>({"help", "rules", "add"}).command == CommandId::rules_add);
    CHECK(options_of<HelpRequest>({"rules", "add", "--help"}).command == CommandId::rules_add);
    CHECK(options_of<HelpRequest>({"help", "--man"}).as_man_page);
    CHECK(options_of<CompletionRequest>({"completion", "zsh"}).zsh);
}

}  // namespace
