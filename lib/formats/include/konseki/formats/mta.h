#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"

namespace konseki::formats::mta {

// The texts that Windows writes beside a log that is saved with display information:
// `LocaleMetaData/<log>_<LCID>.MTA`, the message of each event in one language (docs/formats/mta.md).

/// True where the bytes begin like such a file.
bool has_file_magic(Bytes start);

/// Where a text stands in the file: UTF-16LE without its NUL.
struct Place {
    std::uint64_t offset = 0;
    std::uint32_t bytes = 0;

    bool operator==(const Place&) const = default;
};

/// Events of one file that are taken: an index of 32 MB. Windows' own limit of a log is far below.
inline constexpr std::size_t max_events = 1'000'000;

/// Which event has which message.
class Messages {
  public:
    /// One event of the log.
    struct Event {
        std::uint32_t position = 0;  ///< in the log, from 0
        std::uint64_t id = 0;        ///< its System/EventRecordID
        Place text;
    };

    /// `events` in any order; of two with one position the first counts.
    explicit Messages(std::vector<Event> events, std::uint64_t unread);

    /// The message of the record with this number in its header and this System/EventRecordID: that of the
    /// entry at its position (exported logs number their records from 1) where it has this id, else of the
    /// first entry with it. Nothing where there is none, or it is empty.
    std::optional<Place> find(std::uint64_t number, std::uint64_t id) const;

    std::size_t size() const { return events_.size(); }
    /// Entries that could not be read, or named a text that is not there.
    std::uint64_t unread() const { return unread_; }

  private:
    std::vector<Event> events_;         ///< by position
    std::vector<std::uint32_t> by_id_;  ///< indexes of events_, by (id, position)
    std::uint64_t unread_ = 0;
};

/// Reads a whole file. Fails where it is no such file, of another version, or has more than max_events;
/// what is damaged inside is passed over and counted.
Result<Messages> read(Bytes file);

}  // namespace konseki::formats::mta
