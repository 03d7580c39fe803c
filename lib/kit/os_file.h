#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/containers/source.h"

namespace konseki::kit {

/// A file of rules or of ours, opened for reading. Evidence is read through the room `evidence`.
class OsFile final : public containers::Source {
  public:
    static Result<OsFile> open(const std::filesystem::path& path);
    OsFile(OsFile&& other) noexcept;
    OsFile& operator=(OsFile&& other) noexcept;
    ~OsFile() override;

    std::uint64_t size() const override { return size_; }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) const override;

  private:
    OsFile(int descriptor, std::uint64_t size, std::string path)
        : descriptor_(descriptor), size_(size), path_(std::move(path)) {}

    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::string path_;
};

/// A file that is written forward through a buffer.
class OutFile {
  public:
    /// Creates it; fails where it exists.
    static Result<OutFile> create(const std::filesystem::path& path);
    OutFile(OutFile&& other) noexcept;
    OutFile& operator=(OutFile&& other) noexcept;
    ~OutFile();

    Result<void> write(std::string_view text);
    /// Writes what is buffered and closes. Fails where the system refused a write, also a late one.
    Result<void> finish();

  private:
    OutFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
    Result<void> flush();

    int descriptor_ = -1;
    std::string path_;
    std::string buffer_;
};

/// Writes a file so that readers see the old one or the whole new one.
Result<void> replace_file(const std::filesystem::path& path, std::string_view text);
/// Creates a folder and those above it.
Result<void> make_folders(const std::filesystem::path& path);

}  // namespace konseki::kit
