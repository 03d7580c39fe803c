#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/detect/rules.h"
#include "konseki/findings/rule.h"

namespace konseki::kit {

/// What a path of rules holds.
struct RuleSources {
    std::vector<detect::RuleFile> files;          ///< ordered by path
    std::vector<findings::RuleProblem> problems;  ///< files that could not be read
    std::string license = {};  ///< of the set, from its licence file; each of `files` carries it
};

/// SigmaHQ's repository has 13,000 files in all, its release archives 4,000 rules.
inline constexpr std::size_t max_rule_files = 100'000;
/// The longest rule of SigmaHQ has 60 KB.
inline constexpr std::size_t max_rule_file_bytes = 4u << 20;

/// Files with the trials of a rule, beside it: `E001.test.yml` of `E001.yml`.
inline constexpr std::string_view trial_ending = ".test.yml";

/// True for a path inside a rule set that holds usable rules: YAML, no trials, and in none of the folders
/// with rules that are withdrawn, not supported or made for tests.
bool is_rule_path(std::string_view path);

/// Reads a .yml file, a folder, a .zip, .tar or .tar.gz. `origin` names the set in outputs. Fails where
/// the path cannot be read or holds no rule file.
Result<RuleSources> read_rule_sources(const std::filesystem::path& path, std::string_view origin);

/// Regular names below these folders that `wanted` takes, sorted. Fails where a folder cannot be read to its
/// end.
Result<std::vector<std::filesystem::path>> files_below(
    const std::vector<std::filesystem::path>& folders,
    const std::function<bool(const std::string& name)>& wanted);

/// A whole small file. Fails with `limit` past `max_bytes`.
Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace konseki::kit
