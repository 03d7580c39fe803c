#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "konseki/containers/entry.h"
#include "konseki/containers/source.h"

namespace konseki::containers {

/// One record of the central directory (APPNOTE 4.3.12).
struct ZipRecord {
    Entry entry;
    std::uint64_t packed_bytes = 0;
    std::uint32_t crc = 0;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    bool is_folder = false;
};

struct ZipDirectory {
    std::vector<ZipRecord> records;
    /// Where the directory starts: no entry's bytes may reach into it.
    std::uint64_t offset = 0;
};

/// Reads the directory; what is wrong inside it goes to `note`, and the records before it stand.
Result<ZipDirectory> read_zip_directory(const Source& source, const Limits& limits,
                                        const std::function<void(EntryDamage)>& note);

}  // namespace konseki::containers
