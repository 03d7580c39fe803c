#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "konseki/kit/arguments.h"
#include "konseki/kit/commands.h"

namespace konseki::kit {

/// The sentence behind a key of the message catalogue, in the language that was chosen.
using TextOf = std::function<std::string(std::string_view key)>;

/// The program's own catalogue in a language.
TextOf catalogue_in(Language language);

/// What `konseki help COMMAND` prints; for CommandId::none the overview. No line is wider than `width`
/// columns where its words allow it.
std::string help_text(CommandId command, const TextOf& text, std::size_t width);

/// One line that says what is wrong and where to read on, with a line break at its end.
std::string usage_line(const UsageProblem& problem, const TextOf& text);

/// The man page konseki(1) in troff.
std::string man_page(const TextOf& text, std::string_view version);

/// Completion scripts for the shells, made from the command table.
std::string bash_completion();
std::string zsh_completion(const TextOf& text);

}  // namespace konseki::kit
