#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "konseki/containers/source.h"
#include "konseki/evidence/walk.h"

namespace konseki::evidence {

/// A regular file, open for reading. Reading does not change its access time where the system lets us.
/// read_at may be called by several threads at once.
class File final : public containers::Source {
  public:
    /// Fails with the item's problem where it has one, and for what is no regular file.
    static Result<File> open(const Item& item);
    static Result<File> open(const std::filesystem::path& path);
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    ~File() override;

    /// When it was opened.
    std::uint64_t size() const override { return size_; }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) const override;
    /// True where its size or modification time is another than when it was opened, or cannot be asked
    /// for any more.
    bool has_changed() const;

  private:
    File() = default;
    void close();

    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::int64_t modified_seconds_ = 0, modified_nanoseconds_ = 0;
};

}  // namespace konseki::evidence
