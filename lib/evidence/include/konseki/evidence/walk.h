#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "konseki/base/result.h"

namespace konseki::evidence {

/// One file of the input, or a place that could not be looked at. Its number in the run is its place in
/// the list that walk() gives.
struct Item {
    /// For people and reports: relative to the input, UTF-8, `/` between folders. Bytes of a name that are
    /// no UTF-8 stand as `\x93`. A folder that could not be read ends with `/`.
    std::string path;
    std::filesystem::path absolute;  ///< to open it
    std::uint64_t bytes = 0;         ///< when it was found
    /// Why it will not be read: no permission, a link that leaves the input, a folder too deep.
    std::optional<Error> problem;
};

/// Folders below an input. Windows paths rarely pass 30 folders; archives made to hurt do.
inline constexpr std::size_t deepest_folder = 128;
/// Files in one run: ten whole Windows disks. Each costs about 300 bytes.
inline constexpr std::size_t most_items = 4'000'000;

/// All files below the inputs (files or folders), in the byte order of their shown paths. Symbolic links
/// are not followed, but for an input that is one itself: what a link inside the input points to is read
/// at its own place, and a link that leads elsewhere is listed with a problem. Sockets, pipes and devices
/// are passed over. What cannot be read is listed with its problem. An input that lies in another one is
/// read once. With one input, paths are relative to it (a file input is shown by its name); with several,
/// they start with as much of the end of the input's path as makes the inputs different.
/// Fails where an input does not exist, and beyond most_items.
Result<std::vector<Item>> walk(std::span<const std::filesystem::path> inputs);

}  // namespace konseki::evidence
