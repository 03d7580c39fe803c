#include "konseki/evidence/file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace konseki::evidence {
namespace {

/// Without changing the access time where we may ask for that (the owner's files). A pipe with a
/// file's name must not stop us: O_NONBLOCK.
int open_quietly(const char* path) {
    const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    const int descriptor = ::open(path, flags | O_NOATIME);
    if (descriptor >= 0 || errno != EPERM) return descriptor;
    return ::open(path, flags);
}

}  // namespace

Result<File> File::open(const Item& item) {
    if (item.problem) return fail(*item.problem);
    return open(item.absolute);
}

Result<File> File::open(const std::filesystem::path& path) {
    File file;
    file.descriptor_ = open_quietly(path.c_str());
    if (file.descriptor_ < 0) return fail(Error::io("open " + path.string(), errno));
    struct stat status{};
    if (::fstat(file.descriptor_, &status) != 0)
        return fail(Error::io("read " + path.string(), errno));
    if (!S_ISREG(status.st_mode))
        return fail(Error::unsupported(path.string() + " is no regular file"));
    file.size_ = static_cast<std::uint64_t>(status.st_size);
    file.modified_seconds_ = status.st_mtim.tv_sec;
    file.modified_nanoseconds_ = status.st_mtim.tv_nsec;
    return file;
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      modified_seconds_(other.modified_seconds_),
      modified_nanoseconds_(other.modified_nanoseconds_) {}

File& File::operator=(File&& other) noexcept {
    if (this == &other) return *this;
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
    size_ = other.size_;
    modified_seconds_ = other.modified_seconds_;
    modified_nanoseconds_ = other.modified_nanoseconds_;
    return *this;
}

File::~File() { close(); }

void File::close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

Result<std::size_t> File::read_at(std::uint64_t offset, std::span<std::byte> out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        // Past the largest offset that the system knows there is nothing.
        if (offset + done > static_cast<std::uint64_t>(INT64_MAX)) break;
        const ssize_t got = ::pread(descriptor_, out.data() + done, out.size() - done,
                                    static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            return fail(Error::io("read a file at offset " + std::to_string(offset), errno));
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

bool File::has_changed() const {
    struct stat status{};
    if (::fstat(descriptor_, &status) != 0) return true;
    return static_cast<std::uint64_t>(status.st_size) != size_ ||
           status.st_mtim.tv_sec != modified_seconds_ ||
           status.st_mtim.tv_nsec != modified_nanoseconds_;
}

}  // namespace konseki::evidence
