#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "konseki/base/bytes.h"

namespace konseki::containers {

/// A file inside a container. Its path is text for people and for choosing by name; nothing of it is
/// ever written to a disk.
struct Entry {
    std::string path;            ///< UTF-8 with `/`, as the container says it
    std::uint64_t size = 0;      ///< in bytes, as the container says it; gzip says none: 0
    std::uint64_t offset = 0;    ///< of its header: in the zip file, or in the unpacked tar stream
    bool leaves_folder = false;  ///< absolute, with a drive letter, or climbing out through `..`
};

/// What could not be read, and why.
struct EntryDamage {
    std::string path;          ///< empty where no single entry is meant
    std::uint64_t offset = 0;  ///< as in Entry
    std::string reason;        ///< one English sentence without a final dot
};

/// What to do with an entry that was found.
enum class EntryWish { skip, read, stop };

/// Takes what a container holds, in its order. Only whole, verified contents are handed over.
class EntrySink {
  public:
    virtual ~EntrySink() = default;
    virtual EntryWish wish(const Entry& entry) = 0;
    /// The contents live only during the call.
    virtual void take(const Entry& entry, Bytes contents) = 0;
    virtual void note(const EntryDamage& damage) = 0;
};

/// How much a container may cost. Skipped entries count as entries only.
struct Limits {
    /// SigmaHQ's whole repository has about 13,000 entries, a full collection of logs a few thousand.
    std::size_t entries = 200'000;
    /// One entry is held in memory while it is handed over.
    std::uint64_t entry_bytes = std::uint64_t{256} << 20;
    std::uint64_t total_bytes = std::uint64_t{4} << 30;
    /// Unpacked bytes per byte of the container; text packs 1:20 at best, event logs about 1:30.
    std::uint64_t ratio = 200;
    /// So much may be unpacked whatever the ratio: small files of blanks are no bomb.
    std::uint64_t ratio_free_bytes = std::uint64_t{1} << 20;
};

}  // namespace konseki::containers
