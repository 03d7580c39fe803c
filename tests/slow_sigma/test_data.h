#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/detect/rules.h"

namespace konseki::slow_sigma {

/// Unpacked public samples: $KONSEKI_DATA, else `corpus` in the source tree. Nothing where they are missing;
/// says so once.
std::optional<std::filesystem::path> corpus();
/// Lists of what the samples hold: $KONSEKI_MANIFESTS, else `shared/data` beside the source tree.
std::optional<std::filesystem::path> manifests();
/// rules/windows-logsources.yml.
std::string log_sources_text();
/// Rules that came with these tests.
std::vector<detect::RuleFile> own_rules();
/// SigmaHQ's rules for Windows and without a product, in the order of their paths.
std::vector<detect::RuleFile> sigmahq_rules(const std::filesystem::path& corpus);

std::string read_text(const std::filesystem::path& path);
/// Rows of a file with tabs and a header line: column name → text.
std::vector<std::map<std::string, std::string>> read_table(const std::filesystem::path& path);

/// A number from the environment, or the given one.
std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise);

}  // namespace konseki::slow_sigma
