#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "konseki/base/hash.h"
#include "konseki/base/result.h"
#include "rule_files.h"

namespace konseki::kit {

/// An installed rule set: its sources and what they compile to, in one file. The compiled part is used
/// as it stands where the set is the only one; several sets are compiled together from their sources.
/// Read as if hostile.
struct RuleSetFile {
    Sha256 key{};  ///< of the built-in rules and log sources: another program has another
    /// rules_key of the sources by themselves, with the placeholders and the table of log sources: what they come to
    /// without the built-in rules may be in the cache.
    Sha256 plain_key{};
    std::vector<std::byte> pack;          ///< detect::Rules::to_pack
    std::vector<detect::RuleFile> files;  ///< all with the licence of the set
    std::vector<findings::RuleProblem>
        problems;                       ///< files that could not be read when it was installed
    detect::Placeholders placeholders;  ///< given when it was installed
};

/// The longest set file: sources of 13,000 rules and their pack are under 80 MB.
inline constexpr std::uint64_t max_set_bytes = 512u << 20;

std::string to_set_bytes(const RuleSetFile& set);
/// How much is wanted: keys and problems alone, the pack too, or all. Reading the pack without the sources takes
/// milliseconds.
enum class SetPart : std::uint8_t { keys, pack, all };
/// Fails with bad_value where it is no set file of this version, or damaged.
Result<RuleSetFile> read_set_file(const std::filesystem::path& path, std::string_view origin,
                                  SetPart part);

/// What identifies the outcome of a compilation.
Sha256 rules_key(const std::vector<detect::RuleFile>& files, const detect::CompileOptions& options);

}  // namespace konseki::kit
