#include "spill.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

namespace konseki::examine {

Result<std::unique_ptr<SpillFile>> SpillFile::create(const std::filesystem::path& folder) {
    std::string name = (folder / "spill-XXXXXX").string();
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0)
        return fail(Error::io("create a temporary file in " + folder.string(), errno));
    ::unlink(name.c_str());
    return std::make_unique<SpillFile>(descriptor, folder);
}

SpillFile::~SpillFile() { ::close(descriptor_); }

Result<std::uint64_t> SpillFile::append(Bytes bytes) {
    const std::uint64_t position = size_.fetch_add(bytes.size(), std::memory_order_relaxed);
    std::uint64_t at = position;
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0)
            return fail(Error::io("write a temporary file in " + folder_.string(),
                                  written < 0 ? errno : ENOSPC));
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        at += static_cast<std::uint64_t>(written);
    }
    return position;
}

Result<void> SpillFile::read(std::uint64_t position, std::span<std::byte> out) const {
    while (!out.empty()) {
        const ssize_t got =
            ::pread(descriptor_, out.data(), out.size(), static_cast<off_t>(position));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0)
            return fail(
                Error::io("read a temporary file in " + folder_.string(), got < 0 ? errno : EIO));
        out = out.subspan(static_cast<std::size_t>(got));
        position += static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<Bytes> SpillReader::read(std::uint64_t position, std::size_t size) {
    if (size == 0) return Bytes{};
    const std::uint64_t first = position / window_bytes;
    const std::size_t start = position % window_bytes;
    if (start + size <= window_bytes) {
        const Window* const one = TRY(window(first));
        if (start + size <= one->bytes.size()) return Bytes(one->bytes).subspan(start, size);
        return fail(Error::truncated("temporary file", position, size, one->bytes.size()));
    }
    joined_.resize(size);
    TRY_VOID(file_.read(position, joined_));
    return Bytes(joined_);
}

/// The window, read if it is not there, in place of the one that was not used for longest.
Result<const SpillReader::Window*> SpillReader::window(std::uint64_t number) {
    ++clock_;
    if (last_ < windows_.size() && windows_[last_].number == number) {
        windows_[last_].used = clock_;
        return &windows_[last_];
    }
    for (Window& kept : windows_)
        if (kept.number == number) {
            kept.used = clock_;
            last_ = static_cast<std::size_t>(&kept - windows_.data());
            return &kept;
        }
    if (windows_.size() < max_windows) windows_.emplace_back();
    Window& oldest =
        *std::min_element(windows_.begin(), windows_.end(),
                          [](const Window& a, const Window& b) { return a.used < b.used; });
    const std::uint64_t start = number * window_bytes;
    const std::uint64_t end = std::min<std::uint64_t>(start + window_bytes, file_.size());
    oldest.bytes.resize(end > start ? static_cast<std::size_t>(end - start) : 0);
    oldest.number = ~std::uint64_t{0};
    TRY_VOID(file_.read(start, oldest.bytes));
    oldest.number = number;
    oldest.used = clock_;
    last_ = static_cast<std::size_t>(&oldest - windows_.data());
    return &oldest;
}

Result<void> SpillRunStore::append(Bytes bytes) {
    const Result<std::uint64_t> position = file_->append(bytes);
    if (!position) return fail(position.error());
    return {};
}

Result<void> SpillRunStore::read(std::uint64_t offset, std::span<std::byte> out) {
    return file_->read(offset, out);
}

}  // namespace konseki::examine
