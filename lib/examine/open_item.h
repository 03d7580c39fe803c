#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "konseki/base/hash.h"
#include "konseki/evidence/file.h"
#include "konseki/findings/examination.h"
#include "konseki/formats/evtx.h"

namespace konseki::examine {

/// A file that is being read. Threads take its chunks; what they share is atomic or behind the mutex.
class OpenItem {
  public:
    OpenItem(std::uint32_t index, evidence::File file, formats::evtx::FileFacts facts)
        : index_(index),
          file_(std::move(file)),
          facts_(facts),
          slots_(formats::evtx::slot_count(file_.size())) {}

    std::uint32_t index() const { return index_; }
    const evidence::File& file() const { return file_; }
    const formats::evtx::FileFacts& facts() const { return facts_; }
    std::uint64_t slots() const { return slots_; }

    /// Code page of the host's language, counted over the first chunks when first asked for.
    std::optional<CodePage> host_code_page();
    /// Where the live records are; the file is walked for it when first asked for, unless `cancelled`
    /// (may be null) says so.
    const formats::evtx::LiveRecords& live_records(const std::atomic<bool>* cancelled);

    std::atomic<std::uint64_t> slots_in_use{0};
    std::atomic<std::uint64_t> records{0};
    std::atomic<std::uint64_t> recovered{0};
    /// From here on the file was found to be shorter than when it was opened; UINT64_MAX: it was not.
    std::atomic<std::uint64_t> missing_from{UINT64_MAX};
    void note_missing(std::uint64_t offset);

    /// Touched only under the mutex of the queue, but for `hash`, which belongs to whoever holds the
    /// hash piece.
    struct Schedule {
        std::uint64_t next_slot = 0;
        std::uint64_t pending = 0;  ///< units handed out and not yet done
        bool wants_hash = false;
        bool hash_in_flight = false;
        std::uint64_t hashed_bytes = 0;
    } schedule;
    std::unique_ptr<Sha256Stream> hash;
    std::optional<formats::evtx::FileHeader> header;  ///< absent where it could not be read

  private:
    std::uint32_t index_;
    evidence::File file_;
    formats::evtx::FileFacts facts_;
    std::uint64_t slots_;
    /// Of the two that are made when first asked for.
    std::mutex language_mutex_, live_mutex_;
    bool language_is_known_ = false;
    std::optional<CodePage> language_page_;
    std::optional<formats::evtx::LiveRecords> live_;
};

}  // namespace konseki::examine
