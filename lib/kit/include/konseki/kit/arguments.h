#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The command line as a table. Parsing, help, completion and the man page all read the same table, so
// that none of them can know an option which the others do not.

namespace konseki::kit {

/// Commands of the field kit. `none` is the program without a command.
enum class CommandId : std::uint8_t {
    none,
    check,
    records,
    search,
    traces,
    logons,
    rules_add,
    rules_remove,
    rules_list,
    rules_lint,
    rules_test,
    guide,
    profile_init,
    demo,
    completion,
    help,
};

/// Options of all commands.
enum class OptionId : std::uint8_t {
    help,
    version,
    lang,
    zone,
    threads,
    quiet,
    verbose,
    out,
    min_level,
    fail_on,
    no_hash,
    profile,
    verdict,
    collection,
    previous,
    marks,
    size,
    script,
    since,
    until,
    codepage,
    recover,
    rules,
    no_installed_rules,
    no_builtin_rules,
    no_cache,
    strict_rules,
    placeholders,
    log_sources,
    format,
    where,
    fields,
    type,
    regex,
    trace,
    name,
    refused,
    man,
};

/// What a shell may offer for a value.
enum class ValueKind : std::uint8_t {
    flag,    ///< no value
    text,    ///< anything
    file,    ///< a path
    folder,  ///< a path of a folder
    choice,  ///< one of OptionSpec::choices
};

/// One option as a command has it. `--format` has other choices in other commands, so options belong to
/// commands and are not shared by id.
struct OptionSpec {
    OptionId id{};
    std::string_view name;  ///< with its dashes
    ValueKind kind = ValueKind::flag;
    std::string_view value;  ///< placeholder for people: `DIR`
    std::span<const std::string_view> choices;
    bool repeatable = false;
    std::string_view about;  ///< key of the sentence in the catalogue
};

/// A line that can be typed, and the key of the sentence that says what it does.
struct ExampleSpec {
    std::string_view line, about;
};

/// One command: what it takes and the keys of what is said about it.
struct CommandSpec {
    CommandId id{};
    std::string_view name;      ///< `check`, `rules add`
    std::string_view operands;  ///< for people: `PATH...`
    ValueKind operand_kind = ValueKind::file;
    std::size_t min_operands = 0, max_operands = 0;
    std::string_view summary;  ///< key: one line
    std::string_view about;    ///< key: the paragraph of `help COMMAND`
    std::vector<OptionSpec> options;
    std::vector<ExampleSpec> examples;
};

/// No number of operands is too many.
inline constexpr std::size_t any_number = SIZE_MAX;

/// All commands in the order of the help; the program itself (CommandId::none) comes first.
const std::vector<CommandSpec>& command_table();
const CommandSpec& spec_of(CommandId id);

/// First words of commands, each once; and the second words that may stand behind one, none where it is a command
/// itself.
std::vector<std::string_view> first_words();
std::vector<std::string_view> second_words(std::string_view first);

/// What is wrong with a command line: a key of the catalogue and the values of its placeholders.
struct UsageProblem {
    std::string_view key;
    std::vector<std::pair<std::string_view, std::string>> values;
    CommandId command = CommandId::none;  ///< whose help would say more
};

/// A command line taken apart, every name known and every number of operands right.
struct Arguments {
    CommandId command = CommandId::none;
    std::vector<std::pair<OptionId, std::string>>
        options;  ///< in the order given; a flag's value is empty
    std::vector<std::string> operands;

    bool has(OptionId id) const;
    /// The last value given.
    std::optional<std::string> value(OptionId id) const;
    std::vector<std::string> values(OptionId id) const;
};

/// Takes words apart (without the program's name). `--name value` and `--name=value` are the same, `--`
/// ends the options, `-h` is `--help`. With --help or --version nothing else is asked for.
std::expected<Arguments, UsageProblem> parse_arguments(std::span<const std::string> words);

/// The candidate nearest to `word` by edits, empty where none is near enough to be meant.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace konseki::kit
