#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::evidence {

/// A raw name as it is shown: bytes that are no UTF-8 become `\x93`.
std::string shown_name(std::string_view raw);

/// For each path the shortest end, in whole components, that no other has. The paths are absolute,
/// normal and different; an end that is also the end of a longer path of the list grows to the whole
/// path.
std::vector<std::string> unique_ends(std::span<const std::filesystem::path> paths);

}  // namespace konseki::evidence
