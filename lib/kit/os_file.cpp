#include "os_file.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rule_files.h"

namespace konseki::kit {
namespace {

/// Bytes gathered before a write.
constexpr std::size_t buffer_bytes = 256 * 1024;

Result<void> write_all(int descriptor, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return fail(Error::io("write " + path, written < 0 ? errno : ENOSPC));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

}  // namespace

Result<OsFile> OsFile::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail(Error::io("open " + path.string(), errno));
    struct stat status{};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return fail(Error::io("open " + path.string() + " as a file", EINVAL));
    }
    return OsFile(descriptor, static_cast<std::uint64_t>(status.st_size), path.string());
}

OsFile::OsFile(OsFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      path_(std::move(other.path_)) {}

OsFile& OsFile::operator=(OsFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    size_ = other.size_;
    path_ = other.path_;
    return *this;
}

OsFile::~OsFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> OsFile::read_at(std::uint64_t offset, std::span<std::byte> out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::pread(descriptor_, out.data() + done, out.size() - done,
                                    static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(Error::io("read " + path_, errno));
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Result<OutFile> OutFile::create(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return fail(Error::io("create " + path.string(), errno));
    return OutFile(descriptor, path.string());
}

OutFile::OutFile(OutFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      buffer_(std::move(other.buffer_)) {}

OutFile& OutFile::operator=(OutFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    path_.swap(other.path_);
    buffer_.swap(other.buffer_);
    return *this;
}

OutFile::~OutFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> OutFile::flush() {
    TRY_VOID(write_all(descriptor_, buffer_, path_));
    buffer_.clear();
    return {};
}

Result<void> OutFile::write(std::string_view text) {
    if (buffer_.empty() && text.size() >= buffer_bytes / 2)
        return write_all(descriptor_, text, path_);
    buffer_ += text;
    if (buffer_.size() >= buffer_bytes) return flush();
    return {};
}

Result<void> OutFile::finish() {
    TRY_VOID(flush());
    if (::close(std::exchange(descriptor_, -1)) != 0)
        return fail(Error::io("write " + path_, errno));
    return {};
}

Result<void> replace_file(const std::filesystem::path& path, std::string_view text) {
    std::string name = path.string() + ".XXXXXX";
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return fail(Error::io("create a file beside " + path.string(), errno));
    ::fchmod(descriptor, 0644);
    Result<void> written = write_all(descriptor, text, path.string());
    if (written && ::fdatasync(descriptor) != 0 && errno != EINVAL)
        written = fail(Error::io("write " + path.string(), errno));
    ::close(descriptor);
    if (written && ::rename(name.c_str(), path.c_str()) != 0)
        written = fail(Error::io("rename to " + path.string(), errno));
    if (!written) ::unlink(name.c_str());
    return written;
}

Result<void> make_folders(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return fail(Error::io("create the folder " + path.string(), error.value()));
    return {};
}

Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t max_bytes) {
    const OsFile file = TRY(OsFile::open(path));
    if (file.size() > max_bytes) return fail(Error::limit(path.string() + " is too long"));
    std::string text(file.size(), '\0');
    const std::size_t got = TRY(file.read_at(0, std::as_writable_bytes(std::span(text))));
    text.resize(got);
    return text;
}

}  // namespace konseki::kit
