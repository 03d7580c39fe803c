#include "konseki/kit/arguments.h"

#include "konseki/base/text.h"

#include <algorithm>

namespace konseki::kit {
namespace {

using std::string_view;
using Words = std::span<const std::string>;

bool is_option(string_view word) { return word.size() > 1 && word.front() == '-'; }

/// The command that the words name, or none; `used` is how many words named it.
CommandId find_command(Words words, std::size_t& used) {
    used = 0;
    if (words.empty()) return CommandId::none;
    for (const std::size_t count : {std::size_t{2}, std::size_t{1}}) {
        if (words.size() < count) continue;
        const std::string name = count == 2 ? words[0] + ' ' + words[1] : words[0];
        for (const CommandSpec& command : command_table()) {
            if (command.id == CommandId::none || command.name != name) continue;
            used = count;
            return command.id;
        }
    }
    return CommandId::none;
}

std::string comma_list(std::span<const string_view> items) {
    std::string out;
    for (const string_view item : items) {
        if (!out.empty()) out += ", ";
        out += item;
    }
    return out;
}

/// Names that could stand where `word` stands: commands, or the second words of a group of them.
UsageProblem unknown_command(Words words) {
    std::vector<string_view> candidates;
    std::string written = words[0];
    if (const std::vector<string_view> seconds = second_words(words[0]); !seconds.empty()) {
        if (words.size() < 2 || is_option(words[1]))
            return {"help.problem.group_what",
                    {{"group", words[0]}, {"commands", comma_list(seconds)}},
                    {}};
        written = words[0] + ' ' + words[1];
    }
    for (const CommandSpec& command : command_table())
        if (command.id != CommandId::none) candidates.push_back(command.name);
    const string_view near = nearest(written, candidates);
    if (near.empty()) return {"help.problem.unknown_command", {{"word", written}}, {}};
    return {
        "help.problem.unknown_command_near", {{"word", written}, {"near", std::string(near)}}, {}};
}

UsageProblem unknown_option(const CommandSpec& command, string_view name) {
    std::vector<string_view> candidates;
    for (const OptionSpec& option : command.options) candidates.push_back(option.name);
    const string_view near = nearest(name, candidates);
    if (near.empty())
        return {"help.problem.unknown_option", {{"word", std::string(name)}}, command.id};
    return {"help.problem.unknown_option_near",
            {{"word", std::string(name)}, {"near", std::string(near)}},
            command.id};
}

/// Walks over the words behind the command's name.
class Parser {
  public:
    Parser(const CommandSpec& command, Words words) : command_(command), words_(words) {}

    std::expected<Arguments, UsageProblem> run() {
        result_.command = command_.id;
        while (at_ < words_.size() && !problem_) {
            const std::string& word = words_[at_++];
            if (!only_operands_ && word == "--")
                only_operands_ = true;
            else if (!only_operands_ && is_option(word))
                take_option(word);
            else
                result_.operands.push_back(word);
        }
        if (!problem_) check_operands();
        if (problem_) return std::unexpected(std::move(*problem_));
        return std::move(result_);
    }

  private:
    void take_option(const std::string& word) {
        const std::size_t equals = word.find('=');
        const string_view name = word == "-h" ? "--help" : string_view(word).substr(0, equals);
        const auto option = std::ranges::find(command_.options, name, &OptionSpec::name);
        if (option == command_.options.end()) {
            problem_ = unknown_option(command_, name);
            return;
        }
        std::string value = equals == std::string::npos ? "" : word.substr(equals + 1);
        if (option->kind == ValueKind::flag) {
            if (equals != std::string::npos)
                refuse("help.problem.no_value_wanted", {{"option", std::string(name)}});
        } else if (equals == std::string::npos) {
            if (at_ == words_.size()) {
                refuse("help.problem.value_missing",
                       {{"option", std::string(name)}, {"value", std::string(option->value)}});
                return;
            }
            value = words_[at_++];
        }
        check_value(*option, value);
        result_.options.emplace_back(option->id, std::move(value));
    }

    void check_value(const OptionSpec& option, const std::string& value) {
        if (option.kind == ValueKind::choice &&
            std::ranges::find(option.choices, value) == option.choices.end())
            refuse("help.problem.bad_choice", {{"option", std::string(option.name)},
                                               {"value", value},
                                               {"choices", comma_list(option.choices)}});
        if (!option.repeatable && option.kind != ValueKind::flag && result_.has(option.id))
            refuse("help.problem.given_twice", {{"option", std::string(option.name)}});
    }

    void check_operands() {
        if (result_.has(OptionId::help) || result_.has(OptionId::version)) return;
        if (result_.operands.size() < command_.min_operands)
            refuse("help.problem.operand_missing", {{"operands", std::string(command_.operands)}});
        else if (result_.operands.size() > command_.max_operands)
            refuse("help.problem.operand_too_many",
                   {{"word", result_.operands[command_.max_operands]}});
    }

    /// Keeps the first problem: what follows from it is of no use to anybody.
    void refuse(string_view key, std::vector<std::pair<string_view, std::string>> values) {
        if (!problem_) problem_ = UsageProblem{key, std::move(values), command_.id};
    }

    const CommandSpec& command_;
    Words words_;
    std::size_t at_ = 0;
    bool only_operands_ = false;
    Arguments result_;
    std::optional<UsageProblem> problem_;
};

}  // namespace

bool Arguments::has(OptionId id) const {
    return std::ranges::any_of(options, [id](const auto& option) { return option.first == id; });
}

std::optional<std::string> Arguments::value(OptionId id) const {
    std::vector<std::string> all = values(id);
    if (all.empty()) return std::nullopt;
    return std::move(all.back());
}

std::vector<std::string> Arguments::values(OptionId id) const {
    std::vector<std::string> found;
    for (const auto& [option, value] : options)
        if (option == id) found.push_back(value);
    return found;
}

std::expected<Arguments, UsageProblem> parse_arguments(std::span<const std::string> words) {
    // `konseki --lang ja check …` means the same as `konseki check … --lang ja`.
    const std::size_t lead = words.empty()                     ? 0
                             : words[0] == "--lang"            ? 2
                             : words[0].starts_with("--lang=") ? 1
                                                               : 0;
    if (lead > 0 && lead < words.size()) {
        std::vector<std::string> turned(words.begin() + static_cast<std::ptrdiff_t>(lead),
                                        words.end());
        const bool names_command = !is_option(turned[0]);
        turned.insert(
            turned.begin() + (!second_words(turned[0]).empty() && turned.size() > 1 ? 2 : 1),
            words.begin(), words.begin() + static_cast<std::ptrdiff_t>(lead));
        if (names_command) return parse_arguments(turned);
    }
    std::size_t used = 0;
    const CommandId command = find_command(words, used);
    if (command == CommandId::none && !words.empty() && !is_option(words[0]))
        return std::unexpected(unknown_command(words));
    return Parser(spec_of(command), words.subspan(used)).run();
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t longest_word = 64;  // the work is length times length; no name is longer
    if (word.size() > longest_word) return {};
    // A third of the word may be wrong: `--lnag` means --lang, `--x` means nothing.
    std::size_t best = word.size() / 3 + 1;
    std::string_view found;
    for (const std::string_view candidate : candidates) {
        const std::size_t edits = edits_between(word, candidate);
        if (edits >= best) continue;
        best = edits;
        found = candidate;
    }
    return found;
}

}  // namespace konseki::kit
