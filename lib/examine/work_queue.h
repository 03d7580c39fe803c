#pragma once

#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "konseki/evidence/walk.h"
#include "konseki/examine/options.h"
#include "konseki/findings/examination.h"
#include "open_item.h"

namespace konseki::examine {

/// A piece of work for one thread.
struct Unit {
    enum class Kind : std::uint8_t { chunk, hash_piece };
    Kind kind = Kind::chunk;
    OpenItem* item = nullptr;
    std::uint64_t slot = 0;  ///< chunk: its slot in the file
    std::uint64_t sequence =
        0;  ///< chunk: number over the whole run, in the order of (path, offset)
    std::uint64_t begin = 0, end = 0;  ///< hash_piece: bytes of the file
};

/// Hands out the chunks of all files in the order of their paths, and pieces of their hashes, which
/// follow closely behind so that the bytes are still in memory. Thread-safe.
class WorkQueue {
  public:
    /// Bytes hashed at once: long enough to cost no locking, short enough to share out.
    static constexpr std::uint64_t hash_piece_bytes = 4u << 20;

    /// `reading` gets items (states, hashes, counts) and damage; items that are already decided (copies,
    /// hashed ones) are respected. Must outlive the queue.
    WorkQueue(const std::vector<evidence::Item>& items, const Options& options,
              findings::Reading& reading);

    /// The next unit; waits while only a hash piece in flight holds up the rest. False at the end, when
    /// cancelled, or stopped.
    bool next(Unit& unit);
    /// Call once for each unit that next() gave.
    void done(const Unit& unit);
    void add_damage(findings::DamagedPlace place);
    /// Ends the run: next() gives no more.
    void stop();
    /// After a run that was cancelled: what was counted so far, and which files were not reached.
    void finish_rest();
    std::uint64_t bytes_done() const { return bytes_done_.load(std::memory_order_relaxed); }
    std::uint64_t bytes_total() const { return bytes_total_; }

  private:
    bool is_stopped() const;
    bool take_hash_piece(Unit& unit);
    bool take_chunk(Unit& unit);
    bool open_next();
    void open_one(std::uint32_t index);
    void finish_if_done(std::list<std::unique_ptr<OpenItem>>::iterator item);
    void finish(OpenItem& item);
    void add_missing(const OpenItem& item);

    const std::vector<evidence::Item>& items_;
    const Options& options_;
    findings::Reading& reading_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::list<std::unique_ptr<OpenItem>> open_;
    std::uint32_t next_item_ = 0;
    std::uint64_t next_sequence_ = 0;
    bool stopped_ = false;
    std::atomic<std::uint64_t> bytes_done_{0};
    std::uint64_t bytes_total_ = 0;
};

}  // namespace konseki::examine
