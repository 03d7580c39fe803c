#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "konseki/base/bytes.h"

namespace konseki::containers {

/// Bytes that can be read at any offset: a file, or memory.
class Source {
  public:
    virtual ~Source() = default;
    /// In bytes.
    virtual std::uint64_t size() const = 0;
    /// Fills as much of `out` as is there; fewer bytes only at the end, 0 past it.
    virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) const = 0;
};

/// Memory that outlives it.
class MemorySource final : public Source {
  public:
    explicit MemorySource(Bytes bytes) : bytes_(bytes) {}
    std::uint64_t size() const override { return bytes_.size(); }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) const override;

  private:
    Bytes bytes_;
};

/// Exactly `size` bytes; Error::truncated, which names `what`, where the source ends before. Nothing is
/// allocated for bytes that the source does not claim to have.
Result<std::vector<std::byte>> read_exactly(const Source& source, std::uint64_t offset,
                                            std::uint64_t size, const char* what);

/// Bytes that come one after the other.
class Stream {
  public:
    virtual ~Stream() = default;
    /// Fills as much of `out` as is there; fewer bytes only at the end, 0 from then on.
    virtual Result<std::size_t> read(std::span<std::byte> out) = 0;
};

/// A source from its beginning.
class SourceStream final : public Stream {
  public:
    explicit SourceStream(const Source& source) : source_(source) {}
    Result<std::size_t> read(std::span<std::byte> out) override;

  private:
    const Source& source_;
    std::uint64_t at_ = 0;
};

}  // namespace konseki::containers
