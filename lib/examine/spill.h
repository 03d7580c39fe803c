#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/traces/collect.h"

namespace konseki::examine {

/// A temporary file that only grows. It has no name once it is open, so nothing is left behind however
/// the run ends. Thread-safe.
class SpillFile {
  public:
    /// Fails with io where the folder cannot be written.
    static Result<std::unique_ptr<SpillFile>> create(const std::filesystem::path& folder);
    /// Owns the descriptor; `folder` is for messages. Use create().
    SpillFile(int descriptor, std::filesystem::path folder)
        : descriptor_(descriptor), folder_(std::move(folder)) {}
    ~SpillFile();
    SpillFile(const SpillFile&) = delete;
    SpillFile& operator=(const SpillFile&) = delete;

    /// Adds bytes and gives their position. Fails with io, for example on a full disk.
    Result<std::uint64_t> append(Bytes bytes);
    /// Fills `out` from `position`; all of it was appended before.
    Result<void> read(std::uint64_t position, std::span<std::byte> out) const;
    std::uint64_t size() const { return size_.load(std::memory_order_relaxed); }

  private:
    int descriptor_;
    std::filesystem::path folder_;
    std::atomic<std::uint64_t> size_{0};
};

/// A spill file read in pieces that lie near each other: keeps some windows of it. One thread.
class SpillReader {
  public:
    static constexpr std::size_t window_bytes = 64 * 1024;
    /// 64 windows are 4 MB: findings of up to so many files that overlap in time are read without seeking.
    static constexpr std::size_t max_windows = 64;

    explicit SpillReader(const SpillFile& file) : file_(file) {}
    /// The bytes at a position, valid until the next call. Fails where the file is shorter.
    Result<Bytes> read(std::uint64_t position, std::size_t size);

  private:
    struct Window {
        std::uint64_t number = ~std::uint64_t{0};
        std::uint64_t used = 0;
        std::vector<std::byte> bytes;
    };
    Result<const Window*> window(std::uint64_t number);

    const SpillFile& file_;
    std::vector<Window> windows_;
    std::uint64_t clock_ = 0;
    std::size_t last_ = 0;  ///< window of the last read, which the next one mostly needs again
    std::vector<std::byte> joined_;
};

/// A spill file as the trace collectors want it.
class SpillRunStore final : public traces::RunStore {
  public:
    explicit SpillRunStore(std::unique_ptr<SpillFile> file) : file_(std::move(file)) {}
    Result<void> append(Bytes bytes) override;
    Result<void> read(std::uint64_t offset, std::span<std::byte> out) override;

  private:
    std::unique_ptr<SpillFile> file_;
};

}  // namespace konseki::examine
