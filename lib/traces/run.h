#pragma once

#include <memory>
#include <vector>

#include "row.h"

namespace konseki::traces {

/// Sorted rows, one after the other: in a store, or in memory.
struct Run {
    RunStore* store = nullptr;  ///< null: all of it is in `bytes`
    std::uint64_t offset = 0, size = 0;
    std::vector<std::byte> bytes;
};

/// Writes rows in order to the end of a store, in large pieces.
class RunWriter {
  public:
    /// `end` is the size of the store, moved on as rows are written.
    RunWriter(RunStore& store, std::uint64_t& end) : store_(&store), end_(&end), start_(end) {}
    Result<void> add(const Row& row);
    Result<Run> finish();

  private:
    Result<void> flush();

    RunStore* store_;
    std::uint64_t* end_;
    std::uint64_t start_;
    std::vector<std::byte> buffer_;
};

/// Reads the rows of a run.
class RunReader {
  public:
    RunReader(Run run, std::size_t buffer_bytes)
        : run_(std::move(run)), buffer_bytes_(buffer_bytes) {}
    /// The next row into `row`; false at the end. Fails where the store does or its bytes changed.
    Result<bool> next(Row& row);

  private:
    Result<void> fill();

    Run run_;
    std::size_t buffer_bytes_;
    std::vector<std::byte> buffer_;
    std::size_t at_ = 0;
    std::uint64_t read_ = 0;
};

/// Merges sorted runs: rows of the same value become one.
class RunMerge {
  public:
    static Result<RunMerge> open(std::vector<Run> runs, std::size_t memory_bytes);
    Result<bool> next(Row& row);

  private:
    struct Source {
        RunReader reader;
        Row row;
    };
    Result<void> advance(std::size_t source);
    bool heap_before(std::size_t a, std::size_t b) const {
        return row_before(sources_[b].row, sources_[a].row);
    }

    std::vector<Source> sources_;
    std::vector<std::size_t> heap_;  ///< numbers of sources, the smallest row first
};

}  // namespace konseki::traces
