#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/findings/collection.h"
#include "konseki/findings/profile.h"
#include "konseki/findings/verdict_rules.h"

namespace konseki::detect {

/// What is wrong with a line of a file that people or scripts wrote.
struct LineProblem {
    std::uint32_t line = 0;
    std::string reason;  ///< one clause in English, known to messages/en/reason.json
    bool operator==(const LineProblem&) const = default;
};

/// A collection record as far as it could be read.
struct CollectionRecord {
    std::vector<findings::CollectionCommand> commands;  ///< in the order of the file
    std::vector<LineProblem> problems;                  ///< the first max_collection_problems
    std::uint64_t refused = 0;                          ///< lines with a problem
};

/// Our script runs about 600 commands on a host with every channel switched on.
inline constexpr std::size_t max_collection_commands = 5'000;
/// Of so many commands with long paths.
inline constexpr std::size_t max_collection_bytes = std::size_t{4} << 20;
/// Windows refuses command lines past 8,191 characters in a batch file.
inline constexpr std::size_t max_collection_line = 16 * 1024;
/// Nobody reads more.
inline constexpr std::size_t max_collection_problems = 100;
/// A command that ran longer would set aside too much: copying a disk takes less.
inline constexpr std::int64_t max_collection_hours = 24;

/// Reads collection.json: a JSON object a line with host, user, sid, command, start, end, exit, zone; UTF-8 or
/// CP932. It comes with the evidence, so it is read as if hostile: a line that cannot be used is a problem, and
/// the others are read. Unknown members are passed over.
CollectionRecord read_collection(std::string_view text);

/// Reads a profile (YAML, docs/profile.md). Times without an offset are in its `zone`, else in `zone`. Fails on
/// the first unknown key, missing or bad value.
std::expected<findings::Profile, LineProblem> read_profile(std::string_view yaml, const Zone& zone);

/// Reads rules of a verdict (YAML, as rules/verdict.yml and rules/trusted.yml): what the text gives takes the place
/// of what `rules` has. Fails on the first unknown key or bad value.
std::expected<findings::VerdictRules, LineProblem> read_verdict_rules(std::string_view yaml,
                                                                      findings::VerdictRules rules);

}  // namespace konseki::detect
