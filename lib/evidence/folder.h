#pragma once

#include <string>
#include <vector>

#include "konseki/base/result.h"

namespace konseki::evidence {

/// What an entry of a folder is. `other`: a socket, pipe or device.
enum class EntryKind { file, folder, link, other, unreadable };

struct FolderEntry {
    std::string name;  ///< raw bytes
    EntryKind kind = EntryKind::other;
    std::uint64_t bytes = 0;
    int error_number = 0;  ///< for unreadable
};

/// The entries of a folder in the byte order of their names. Fails where it cannot be read; what was read
/// of it before the failure is left in `out`.
Result<void> read_folder(const std::string& path, std::vector<FolderEntry>& out);
/// One place, links not followed.
FolderEntry look_at(const std::string& path, std::string name);

}  // namespace konseki::evidence
