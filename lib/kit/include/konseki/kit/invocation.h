#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "konseki/base/time.h"
#include "konseki/kit/arguments.h"
#include "konseki/kit/commands.h"

namespace konseki::kit {

/// Asks for the help of a command, or of the program.
struct HelpRequest {
    CommandId command = CommandId::none;
    bool as_man_page = false;
};
/// Asks for the version line.
struct VersionRequest {};
/// Asks for a shell's completion script.
struct CompletionRequest {
    bool zsh = false;  ///< else bash
};

/// What a command line asks for.
using Invocation =
    std::variant<HelpRequest, VersionRequest, CompletionRequest, CheckOptions, RecordsOptions,
                 SearchOptions, TracesOptions, LogonsOptions, RulesAddOptions, RulesRemoveOptions,
                 RulesListOptions, RulesLintOptions, RulesTestOptions, GuideOptions,
                 ProfileInitOptions, DemoOptions>;

/// Settings that the environment of a command takes from the command line.
struct Settings {
    std::optional<Language> language;
    std::optional<Zone> zone;
    std::optional<unsigned> threads;
};

/// Most threads that `--threads` takes: more than any machine has, few enough to start.
inline constexpr unsigned max_threads = 1024;

/// Language, zone and threads as far as they were given. Fails on a zone or number that is none. Files of
/// zones are looked for in `zone_folder`.
std::expected<Settings, UsageProblem> settings_of(const Arguments& arguments,
                                                  const std::filesystem::path& zone_folder);

/// Turns words into options. Times without an offset are in `zone`.
std::expected<Invocation, UsageProblem> interpret(const Arguments& arguments, const Zone& zone);

}  // namespace konseki::kit
