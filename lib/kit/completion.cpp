#include "konseki/kit/help.h"

#include <algorithm>

namespace konseki::kit {
namespace {

using std::string_view;

std::string joined(std::span<const string_view> words) {
    std::string out;
    for (const string_view word : words) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

std::string option_names(const CommandSpec& command) {
    std::vector<string_view> names;
    for (const OptionSpec& option : command.options) names.push_back(option.name);
    return joined(names);
}

/// `rules add` is `rules_add` where a shell wants one word.
std::string one_word(string_view name) {
    std::string out(name);
    std::ranges::replace(out, ' ', '_');
    return out;
}

/// First words behind which a second one must stand: `rules`, `profile`.
std::vector<string_view> groups() {
    std::vector<string_view> words;
    for (const string_view word : first_words())
        if (!second_words(word).empty()) words.push_back(word);
    return words;
}

std::vector<string_view> all_second_words() {
    std::vector<string_view> words;
    for (const string_view group : groups())
        for (const string_view word : second_words(group)) words.push_back(word);
    return words;
}

/// `rules LIST` offers its second words, then the command is `rules_list`.
std::string bash_group(string_view group) {
    const std::string name(group);
    return "    if [ \"$command\" = " + name +
           " ]; then\n"
           "        if [ \"$COMP_CWORD\" -eq 2 ]; then\n"
           "            COMPREPLY=($(compgen -W '" +
           joined(second_words(group)) +
           "' -- \"$word\")); return\n        fi\n"
           "        command=" +
           name + "_${COMP_WORDS[2]}\n    fi\n";
}

std::string zsh_group(string_view group) {
    const std::string name(group);
    return "    if [[ $command == " + name +
           " ]]; then\n"
           "        if (( CURRENT == 2 )); then compadd -- " +
           joined(second_words(group)) +
           "; return; fi\n"
           "        command=" +
           name + "_$words[2]; shift words; (( CURRENT-- ))\n    fi\n";
}

/// The line that offers values of one option, empty where the shell cannot know any.
std::string bash_values(const CommandSpec& command, const OptionSpec& option) {
    const std::string pattern =
        "        " + one_word(command.name) + ":" + std::string(option.name) + ") ";
    switch (option.kind) {
        case ValueKind::choice:
            return pattern + "COMPREPLY=($(compgen -W '" + joined(option.choices) +
                   "' -- \"$word\")); return ;;\n";
        case ValueKind::file: return pattern + "_konseki_paths -f \"$word\"; return ;;\n";
        case ValueKind::folder: return pattern + "_konseki_paths -d \"$word\"; return ;;\n";
        case ValueKind::text: return pattern + "COMPREPLY=(); return ;;\n";
        case ValueKind::flag: return {};
    }
    return {};
}

/// Text within a zsh specification inside single quotes.
std::string zsh_quoted(string_view text) {
    std::string out;
    for (const char character : text) {
        if (character == '[' || character == ']' || character == ':' || character == '\\')
            out += '\\';
        if (character == '\'')
            out += "'\\''";
        else
            out += character;
    }
    return out;
}

std::string zsh_option(const OptionSpec& option, const TextOf& text) {
    std::string out = "            '";
    if (option.repeatable) out += '*';
    out += std::string(option.name);
    if (option.kind != ValueKind::flag)
        out += '=';  // the value may stand behind it or in the next word
    out += '[' + zsh_quoted(text(option.about)) + ']';
    if (option.kind != ValueKind::flag) out += ':' + zsh_quoted(option.value);
    if (option.kind == ValueKind::choice) out += ":(" + joined(option.choices) + ')';
    if (option.kind == ValueKind::text) out += ": ";
    if (option.kind == ValueKind::file) out += ":_files";
    if (option.kind == ValueKind::folder) out += ":_files -/";
    return out + "' \\\n";
}

/// What stands behind the options: paths, or words that the shell knows.
std::string zsh_operands(const CommandSpec& command) {
    if (command.id == CommandId::help)
        return "'1:command:(" + joined(first_words()) + ")' '2:command:(" +
               joined(all_second_words()) + ")'";
    if (command.id == CommandId::completion) return "'1:shell:(bash zsh)'";
    return command.operand_kind == ValueKind::file ? "'*:path:_files'" : "'*:word: '";
}

}  // namespace

std::string bash_completion() {
    // Paths a line each: names may hold blanks. An `=` parts words for bash, the value stands behind it.
    std::string out =
        "# bash completion of konseki, made by `konseki completion bash`\n"
        "_konseki_paths() {\n"
        "    compopt -o filenames 2>/dev/null\n"
        "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$2\")\n}\n"
        "_konseki() {\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
        "    local command=${COMP_WORDS[1]:-}\n"
        "    if [ \"$word\" = = ]; then word=\n"
        "    elif [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]:-}; fi\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "        COMPREPLY=($(compgen -W '" +
        joined(first_words()) + " " + option_names(spec_of(CommandId::none)) +
        "' -- \"$word\")); return\n    fi\n";
    for (const string_view group : groups()) out += bash_group(group);
    out += "    case $command:$before in\n";
    for (const CommandSpec& command : command_table())
        for (const OptionSpec& option : command.options) out += bash_values(command, option);
    out +=
        "        completion:completion) COMPREPLY=($(compgen -W 'bash zsh' -- \"$word\")); return "
        ";;\n"
        "        help:help) COMPREPLY=($(compgen -W '" +
        joined(first_words()) + "' -- \"$word\")); return ;;\n";
    for (const string_view group : groups())
        out += "        help:" + std::string(group) + ") COMPREPLY=($(compgen -W '" +
               joined(second_words(group)) + "' -- \"$word\")); return ;;\n";
    out +=
        "    esac\n"
        "    if [[ $word != -* ]]; then _konseki_paths -f \"$word\"; return; fi\n"
        "    case $command in\n";
    for (const CommandSpec& command : command_table())
        if (command.id != CommandId::none)
            out += "        " + one_word(command.name) + ") COMPREPLY=($(compgen -W '" +
                   option_names(command) + "' -- \"$word\")) ;;\n";
    return out + "    esac\n}\ncomplete -F _konseki konseki\n";
}

std::string zsh_completion(const TextOf& text) {
    std::string out =
        "#compdef konseki\n# zsh completion of konseki, made by `konseki completion "
        "zsh`\n_konseki() {\n"
        "    local command=$words[2]\n"
        "    if (( CURRENT == 2 )); then compadd -- " +
        joined(first_words()) + " " + option_names(spec_of(CommandId::none)) +
        "; return; fi\n"
        "    shift words; (( CURRENT-- ))\n";
    for (const string_view group : groups()) out += zsh_group(group);
    out += "    case $command in\n";
    for (const CommandSpec& command : command_table()) {
        if (command.id == CommandId::none) continue;
        out += "        " + one_word(command.name) + ") _arguments \\\n";
        for (const OptionSpec& option : command.options) out += zsh_option(option, text);
        out += "            " + zsh_operands(command) + " ;;\n";
    }
    return out +
           "    esac\n}\nif [[ $funcstack[1] == _konseki ]]; then _konseki \"$@\"; else compdef "
           "_konseki konseki; fi\n";
}

}  // namespace konseki::kit
