#include "sniff.h"

#include <algorithm>
#include <array>

namespace konseki::examine {
namespace {

using namespace formats;

/// Bytes of the file header that are read, and of a chunk to know it.
constexpr std::size_t header_bytes = 128;
constexpr std::size_t magic_bytes = 8;

Result<bool> has_chunk(const evidence::File& file) {
    const std::uint64_t slots = std::min(evtx::slot_count(file.size()), max_sniffed_slots);
    std::array<std::byte, magic_bytes> magic{};
    for (std::uint64_t slot = 0; slot < slots; ++slot) {
        const std::uint64_t offset = evtx::file_header_bytes + slot * evtx::chunk_bytes;
        const std::size_t got = TRY(file.read_at(offset, magic));
        if (evtx::has_chunk_magic(Bytes(magic).first(got))) return true;
    }
    return false;
}

}  // namespace

Result<Kind> sniff(const evidence::File& file) {
    Kind kind;
    if (file.size() == 0) {
        kind.reason = "empty file";
        return kind;
    }
    std::array<std::byte, header_bytes> start{};
    const std::size_t got = TRY(file.read_at(0, start));
    const Bytes bytes = Bytes(start).first(got);
    kind.is_evtx = evtx::has_file_magic(bytes);
    if (!kind.is_evtx) kind.is_evtx = TRY(has_chunk(file));
    if (!kind.is_evtx) {
        kind.reason = "not a known format";
        return kind;
    }
    const Result<evtx::FileHeader> header = evtx::read_file_header(bytes);
    if (header) kind.header = *header;
    return kind;
}

}  // namespace konseki::examine
