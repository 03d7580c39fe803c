#include "konseki/kit/arguments.h"

#include <doctest/doctest.h>

#include <set>

namespace {

using namespace konseki::kit;

std::expected<Arguments, UsageProblem> parse(std::vector<std::string> words) {
    return parse_arguments(words);
}

std::string problem_of(std::vector<std::string> words) {
    const auto parsed = parse(std::move(words));
    return parsed ? "none" : std::string(parsed.error().key);
}

std::string value_in(const UsageProblem& problem, std::string_view name) {
    for (const auto& [key, value] : problem.values)
        if (key == name) return value;
    return "";
}

TEST_CASE("arguments: a value may follow its option or an equals sign") {
    for (const auto& words : {std::vector<std::string>{"check", "--out", "report", "logs"},
                              std::vector<std::string>{"check", "logs", "--out=report"}}) {
        const auto parsed = parse(words);

        REQUIRE(parsed.has_value());
        CHECK(parsed->command == CommandId::check);
        CHECK(parsed->value(OptionId::out) == "report");
        CHECK(parsed->operands == std::vector<std::string>{"logs"});
    }
}

TEST_CASE("arguments: a value may hold an equals sign and begin with a dash") {
    const auto parsed =
        parse({"records", "--where=CommandLine|contains=-enc", "--where", "-x=1", "a"});

    REQUIRE(parsed.has_value());
    CHECK(parsed->values(OptionId::where) ==
          std::vector<std::string>{"CommandLine|contains=-enc", "-x=1"});
}

TEST_CASE("arguments: behind two dashes every word is an operand") {
    const auto parsed = parse({"search", "--regex", "--", "--out", "logs"});

    REQUIRE(parsed.has_value());
    CHECK(parsed->operands == std::vector<std::string>{"--out", "logs"});
}

TEST_CASE("arguments: a single dash is an operand") {
    const auto parsed = parse({"rules", "lint", "-"});

    REQUIRE(parsed.has_value());
    CHECK(parsed->operands == std::vector<std::string>{"-"});
}

TEST_CASE("arguments: commands of two words are found, and rules alone asks for the second one") {
    CHECK(parse({"rules", "add", "a.zip"})->command == CommandId::rules_add);
    CHECK(problem_of({"rules"}) == "help.problem.group_what");
    CHECK(problem_of({"profile"}) == "help.problem.group_what");
    CHECK(problem_of({"rules", "--refused"}) == "help.problem.group_what");
}

TEST_CASE("arguments: a word near an option or a command is suggested, a far one is not") {
    const auto option = parse({"check", "--strict-rule", "a"});
    CHECK(option.error().key == "help.problem.unknown_option_near");
    CHECK(value_in(option.error(), "near") == "--strict-rules");
    const auto command = parse({"rules", "lits"});
    CHECK(value_in(command.error(), "near") == "rules list");
    CHECK(problem_of({"check", "--zebra-crossing", "a"}) == "help.problem.unknown_option");
    CHECK(problem_of({"zebra"}) == "help.problem.unknown_command");
    CHECK(problem_of({std::string(100'000, 'x')}) == "help.problem.unknown_command");
}

TEST_CASE("arguments: each wrong line says what is wrong with it") {
    CHECK(problem_of({"check"}) == "help.problem.operand_missing");
    CHECK(problem_of({"rules", "add", "a", "b"}) == "help.problem.operand_too_many");
    CHECK(problem_of({"check", "a", "--out"}) == "help.problem.value_missing");
    CHECK(problem_of({"check", "a", "--recover=yes"}) == "help.problem.no_value_wanted");
    CHECK(problem_of({"check", "a", "--fail-on", "hihg"}) == "help.problem.bad_choice");
    CHECK(problem_of({"check", "a", "--out", "x", "--out", "y"}) == "help.problem.given_twice");
    CHECK(problem_of({"records", "a", "--fail-on", "high"}) == "help.problem.unknown_option");
}

TEST_CASE("arguments: --help asks for nothing else") {
    CHECK(parse({"check", "--help"})->has(OptionId::help));
    CHECK(parse({"rules", "add", "-h"})->command == CommandId::rules_add);
    CHECK(parse({"--version"})->has(OptionId::version));
}

TEST_CASE("arguments: --lang before the command counts as behind it") {
    for (const auto& words : {std::vector<std::string>{"--lang", "ja", "check", "logs"},
                              std::vector<std::string>{"--lang=ja", "check", "logs"}}) {
        const auto parsed = parse(words);

        REQUIRE(parsed.has_value());
        CHECK(parsed->command == CommandId::check);
        CHECK(parsed->value(OptionId::lang) == "ja");
    }
    CHECK(parse({"--lang", "ja", "rules", "list"})->command == CommandId::rules_list);
    CHECK(problem_of({"--lang"}) == "help.problem.value_missing");
}

TEST_CASE("arguments: no command has an option twice, and every option belongs to help") {
    for (const CommandSpec& command : command_table()) {
        std::set<std::string_view> names;
        for (const OptionSpec& option : command.options) {
            CHECK_MESSAGE(names.insert(option.name).second, command.name, " ", option.name);
            CHECK(option.name.starts_with("--"));
            CHECK(!option.about.empty());
            CHECK((option.kind == ValueKind::flag) == option.value.empty());
            CHECK((option.kind == ValueKind::choice) != option.choices.empty());
        }
        CHECK(names.contains("--help"));
        CHECK(!command.examples.empty());
    }
}

}  // namespace
