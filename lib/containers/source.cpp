#include "konseki/containers/source.h"

#include <algorithm>

namespace konseki::containers {

Result<std::size_t> MemorySource::read_at(std::uint64_t offset, std::span<std::byte> out) const {
    if (offset >= bytes_.size() || out.empty()) return std::size_t{0};
    const std::size_t size = std::min<std::size_t>(out.size(), bytes_.size() - offset);
    std::memcpy(out.data(), bytes_.data() + offset, size);
    return size;
}

Result<std::vector<std::byte>> read_exactly(const Source& source, std::uint64_t offset,
                                            std::uint64_t size, const char* what) {
    const std::uint64_t there = offset < source.size() ? source.size() - offset : 0;
    if (size > there) return fail(Error::truncated(what, offset, size, there));
    std::vector<std::byte> out(size);
    const std::size_t got = TRY(source.read_at(offset, out));
    if (got < size) return fail(Error::truncated(what, offset, size, got));
    return out;
}

Result<std::size_t> SourceStream::read(std::span<std::byte> out) {
    const std::size_t got = TRY(source_.read_at(at_, out));
    at_ += got;
    return got;
}

}  // namespace konseki::containers
