#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "spill.h"

namespace konseki::examine {

/// Sorts rows of bytes outside memory: a full buffer is sorted and written as a run, the runs are merged
/// at the end. Rows that compare equal come out in no particular order, so an order that outputs depend
/// on must be total. One thread at a time.
class RowSorter {
  public:
    using Less = std::function<bool(Bytes, Bytes)>;
    /// Rows of one buffer. Two sorters and the open groups of correlations stay below 80 MB.
    static constexpr std::size_t default_buffer_bytes = 8u << 20;
    /// Runs merged at once: each needs a read buffer of at least min_read_bytes.
    static constexpr std::size_t max_fan_in = 256;
    static constexpr std::size_t min_read_bytes = 16 * 1024;
    /// A row longer than this is a broken invariant of the caller.
    static constexpr std::size_t max_row_bytes = 1u << 24;

    RowSorter(SpillFile& spill, Less less, std::size_t buffer_bytes = default_buffer_bytes);

    Result<void> add(Bytes row);
    /// Call once, after the last add.
    Result<void> finish();
    /// The next row in order, valid until the next call; false at the end.
    Result<bool> next(Bytes& row);
    std::uint64_t rows() const { return rows_; }

  private:
    struct Run {
        std::uint64_t position = 0, end = 0;
    };
    /// Reads one run forward.
    struct RunReader {
        Run run;
        std::vector<std::byte> buffer;
        std::size_t at = 0, filled = 0;
        Bytes row;
    };
    Bytes row_at(std::uint32_t start) const;
    void sort_buffer();
    Result<void> write_run();
    Result<void> merge_surplus();
    Result<void> open(std::size_t count);
    Result<bool> advance(RunReader& reader);
    Result<bool> fill(RunReader& reader, std::size_t need);
    Result<bool> pop(Bytes& row);

    SpillFile& spill_;
    Less less_;
    std::size_t buffer_bytes_;
    std::vector<std::byte> buffer_;
    std::vector<std::uint32_t> starts_;
    std::size_t next_start_ = 0;
    std::vector<Run> runs_;
    std::vector<RunReader> readers_;
    std::vector<std::size_t> heap_;
    bool advance_first_ = false;
    std::uint64_t rows_ = 0;
};

}  // namespace konseki::examine
