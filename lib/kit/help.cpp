#include "konseki/kit/help.h"
#include "konseki/render/terminal.h"

#include "konseki/base/text.h"
#include "konseki/render/catalogue.h"

#include <algorithm>

namespace konseki::kit {
namespace {

using std::string_view;

constexpr std::size_t margin = 2;

std::string usage_of(const CommandSpec& command) {
    std::string out = "konseki ";
    if (!command.name.empty()) out.append(command.name) += ' ';
    if (!command.operands.empty()) out.append(command.operands) += ' ';
    return out + "[OPTION...]";
}

std::string label_of(const OptionSpec& option) {
    std::string label(option.name);
    if (option.kind != ValueKind::flag) label.append(" ").append(option.value);
    return label;
}

/// `label` and its sentence in two columns; a label that is too long has a line of its own.
std::string row(const std::string& label, string_view sentence, std::size_t column,
                std::size_t width) {
    std::string out(margin, ' ');
    if (display_width(label) + margin + 2 > column) {
        out.append(label) += '\n';
        out.append(column, ' ');
    } else {
        out += pad_to_width(label, column - margin);
    }
    return out + render::wrapped(sentence, width, column) + '\n';
}

std::string options_part(const CommandSpec& command, const TextOf& text, std::size_t width) {
    constexpr std::size_t widest_label = 26;
    constexpr std::size_t most_in_sentence = 3;  // so many choices the sentence itself names
    std::size_t column = 0;
    for (const OptionSpec& option : command.options)
        if (const std::size_t wide = display_width(label_of(option)); wide <= widest_label)
            column = std::max(column, wide + margin + 2);
    std::string out = '\n' + text("help.heading.options") + '\n';
    for (const OptionSpec& option : command.options) {
        std::string sentence = text(option.about);
        if (option.repeatable) sentence += ' ' + text("help.repeatable");
        if (option.kind == ValueKind::choice && option.choices.size() > most_in_sentence) {
            sentence += " [";
            for (const string_view choice : option.choices) sentence.append(choice) += ", ";
            sentence.replace(sentence.size() - 2, 2, "]");
        }
        out += row(label_of(option), sentence, column, width);
    }
    return out;
}

std::string examples_part(const CommandSpec& command, const TextOf& text, std::size_t width) {
    constexpr std::size_t indent = 6;
    std::string out = '\n' + text("help.heading.examples") + '\n';
    for (const ExampleSpec& example : command.examples) {
        out.append(margin, ' ').append(example.line) += '\n';
        out.append(indent, ' ').append(render::wrapped(text(example.about), width, indent)) += '\n';
    }
    return out;
}

std::string commands_part(const TextOf& text, std::size_t width) {
    std::size_t column = 0;
    for (const CommandSpec& command : command_table())
        column = std::max(column, command.name.size() + margin + 2);
    std::string out = '\n' + text("help.heading.commands") + '\n';
    for (const CommandSpec& command : command_table())
        if (command.id != CommandId::none)
            out += row(std::string(command.name), text(command.summary), column, width);
    return out;
}

constexpr std::pair<string_view, string_view> exit_statuses[] = {
    {"0", "help.exit.0"}, {"1", "help.exit.1"},   {"2", "help.exit.2"},
    {"3", "help.exit.3"}, {"10", "help.exit.10"}, {"130", "help.exit.130"},
};

std::string exit_part(const TextOf& text, std::size_t width) {
    constexpr std::size_t column = 7;
    std::string out = '\n' + text("help.heading.exit") + '\n';
    for (const auto& [status, key] : exit_statuses)
        out += row(std::string(status), text(key), column, width);
    return out;
}

/// Text for troff: a backslash, and a dot or quote at the start of a line, mean something there; a plain
/// hyphen would be printed as a typographic one that cannot be copied into a shell.
std::string troff(string_view words) {
    std::string out;
    for (const char character : words) {
        if (character == '\\')
            out += "\\e";
        else if (character == '-')
            out += "\\-";
        else if (character == '\'')
            out += "\\(aq";
        else if (character == '.' && (out.empty() || out.back() == '\n'))
            out += "\\&.";
        else
            out += character;
    }
    return out;
}

std::string troff_options(const CommandSpec& command, const TextOf& text) {
    std::string out;
    for (const OptionSpec& option : command.options) {
        out += ".TP\n.B " + troff(option.name) + '\n';
        if (option.kind != ValueKind::flag) {
            out.pop_back();
            out += " \\fI" + troff(option.value) + "\\fR\n";
        }
        out += troff(text(option.about)) + '\n';
    }
    return out;
}

std::string troff_command(const CommandSpec& command, const TextOf& text) {
    std::string out = ".SS konseki " + troff(command.name) + ' ' + troff(command.operands) + '\n';
    out += troff(text(command.about)) + '\n' + troff_options(command, text) + ".PP\n";
    for (const ExampleSpec& example : command.examples)
        out += ".PP\n" + troff(text(example.about)) + "\n.PP\n.RS\n.nf\n" + troff(example.line) +
               "\n.fi\n.RE\n";
    return out;
}

}  // namespace

TextOf catalogue_in(Language language) {
    const render::Language chosen =
        language == Language::ja ? render::Language::ja : render::Language::en;
    return [chosen](string_view key) { return std::string(render::say(chosen, key)); };
}

std::string help_text(CommandId id, const TextOf& text, std::size_t width) {
    const CommandSpec& command = spec_of(id);
    std::string out = usage_of(command) + "\n\n";
    out += render::wrapped(text(command.about), width, 0) + '\n';
    if (id == CommandId::none) out += commands_part(text, width);
    out += options_part(command, text, width) + examples_part(command, text, width);
    if (id == CommandId::none || id == CommandId::check) out += exit_part(text, width);
    if (id == CommandId::none) out += '\n' + render::wrapped(text("help.more"), width, 0) + '\n';
    return out;
}

std::string usage_line(const UsageProblem& problem, const TextOf& text) {
    std::string sentence = text(problem.key);
    for (const auto& [name, value] : problem.values) {
        const std::string placeholder = '{' + std::string(name) + '}';
        if (const std::size_t at = sentence.find(placeholder); at != std::string::npos)
            sentence.replace(at, placeholder.size(), for_terminal(value));
    }
    const string_view command = spec_of(problem.command).name;
    const std::string more =
        command.empty() ? "konseki --help" : "konseki help " + std::string(command);
    return "konseki: " + sentence + " (" + more + ")\n";
}

std::string man_page(const TextOf& text, string_view version) {
    const CommandSpec& program = spec_of(CommandId::none);
    std::string out = ".TH KONSEKI 1 \"\" \"konseki " + troff(version) + "\"\n";
    out += ".\\\" -*- coding: UTF-8 -*-\n";  // preconv(1) looks for it in the first two lines
    out += ".SH NAME\nkonseki \\- " + troff(text(program.summary)) + '\n';
    out += ".SH SYNOPSIS\n.B konseki\nCOMMAND [OPTION...]\n";
    out += ".SH DESCRIPTION\n" + troff(text(program.about)) + "\n.SH COMMANDS\n";
    for (const CommandSpec& command : command_table())
        if (command.id != CommandId::none) out += troff_command(command, text);
    out += ".SH OPTIONS\n" + troff_options(program, text);
    out += ".SH \"EXIT STATUS\"\n";
    for (const auto& [status, key] : exit_statuses)
        out += ".TP\n.B " + std::string(status) + '\n' + troff(text(key)) + '\n';
    out += ".SH ENVIRONMENT\n.TP\n.B LC_ALL, LC_MESSAGES, LANG\n" +
           troff(text("help.environment.lang")) + "\n.TP\n.B NO_COLOR\n" +
           troff(text("help.environment.no_color")) + "\n.TP\n.B XDG_DATA_HOME, XDG_CACHE_HOME\n" +
           troff(text("help.environment.xdg")) + '\n';
    return out;
}

}  // namespace konseki::kit
