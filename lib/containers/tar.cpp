#include "konseki/containers/tar.h"

#include "entry_name.h"
#include "meter.h"
#include "tar_header.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace konseki::containers {
namespace {

/// A pax header or a long name; PATH_MAX is 4096, pax headers carry a few attributes beside.
constexpr std::uint64_t largest_extension = std::uint64_t{1} << 20;
constexpr std::size_t piece_bytes = std::size_t{64} << 10;

class TarReader {
  public:
    TarReader(Stream& stream, const Limits& limits, EntrySink& sink)
        : stream_(stream),
          sink_(sink),
          // The stream itself is not packed: the ratio is the packed stream's own business.
          meter_(limits, std::numeric_limits<std::uint64_t>::max()) {}

    /// True as long as there may be another entry.
    Result<bool> step();
    /// Of the last header looked at.
    std::uint64_t header_offset() const { return header_offset_; }

  private:
    Result<bool> handle(const TarHeader& header);
    Result<bool> handle_file(Entry entry);
    Result<void> read_contents(const Entry& entry);
    Result<void> fill(std::span<std::byte> out, const char* what);
    Result<std::vector<std::byte>> read_padded(std::uint64_t size, const char* what);
    Result<void> skip_padded(std::uint64_t size);
    Result<void> skip_sparse_map(bool has_more);
    void note(std::string path, std::string reason) {
        sink_.note({std::move(path), header_offset_, std::move(reason)});
    }

    Stream& stream_;
    EntrySink& sink_;
    Meter meter_;
    std::uint64_t offset_ = 0, header_offset_ = 0;
    TarOverride override_;
};

std::uint64_t padding(std::uint64_t size) {
    return (tar_block_bytes - size % tar_block_bytes) % tar_block_bytes;
}

Result<void> TarReader::fill(std::span<std::byte> out, const char* what) {
    const std::size_t got = TRY(stream_.read(out));
    offset_ += got;
    if (got < out.size()) {
        // A stream keeps the reason of its end for the next read.
        std::byte probe{};
        (void)TRY(stream_.read(std::span(&probe, 1)));
        return fail(Error::truncated(what, offset_ - got, out.size(), got));
    }
    return {};
}

/// Grows with what is really there: a lying size costs nothing.
Result<std::vector<std::byte>> TarReader::read_padded(std::uint64_t size, const char* what) {
    std::vector<std::byte> out;
    while (out.size() < size) {
        const std::size_t before = out.size();
        const std::uint64_t piece = std::min<std::uint64_t>(size - before, piece_bytes);
        out.resize(before + piece);
        TRY_VOID(fill(std::span(out).subspan(before), what));
    }
    std::array<std::byte, tar_block_bytes> rest;
    TRY_VOID(fill(std::span(rest).first(padding(size)), what));
    return out;
}

Result<void> TarReader::skip_padded(std::uint64_t size) {
    std::array<std::byte, piece_bytes> piece;
    for (std::uint64_t left = size + padding(size); left > 0;) {
        const std::uint64_t step = std::min<std::uint64_t>(left, piece.size());
        TRY_VOID(fill(std::span(piece).first(step), "contents of a tar entry"));
        left -= step;
    }
    return {};
}

/// Each further block of a sparse map says at 504 whether one more follows; the stream's end ends it.
Result<void> TarReader::skip_sparse_map(bool has_more) {
    while (has_more) {
        std::array<std::byte, tar_block_bytes> block;
        TRY_VOID(fill(block, "map of a sparse tar entry"));
        has_more = load_u8(&block[504]) != 0;
    }
    return {};
}

Result<void> TarReader::read_contents(const Entry& entry) {
    const std::vector<std::byte> contents = TRY(read_padded(entry.size, "contents of a tar entry"));
    sink_.take(entry, contents);
    return {};
}

Result<bool> TarReader::handle_file(Entry entry) {
    const EntryWish wish = sink_.wish(entry);
    if (wish == EntryWish::stop) return false;
    Result<void> room =
        wish == EntryWish::read ? meter_.check_entry_size(entry.size) : Result<void>{};
    if (room && wish == EntryWish::read) room = meter_.add_bytes(entry.size);
    if (!room) note(entry.path, room.error().message);
    const Result<void> done =
        wish == EntryWish::read && room ? read_contents(entry) : skip_padded(entry.size);
    if (done) return true;
    if (done.error().kind == ErrorKind::io) return fail(done.error());
    note(entry.path, done.error().message);
    return false;
}

Result<bool> TarReader::handle(const TarHeader& header) {
    const bool is_extension = header.type == 'x' || header.type == 'L';
    if (is_extension) {
        if (header.size > largest_extension)
            return fail(Error::limit("a tar extension header is larger than 1 MiB"));
        const std::vector<std::byte> bytes = TRY(read_padded(header.size, "tar extension header"));
        const std::string_view text = as_text(bytes);
        if (header.type == 'x')
            TRY_VOID(read_pax_records(bytes, override_));
        else
            override_.path = std::string(text.substr(0, text.find('\0')));
        return true;
    }
    if (header.type == 'g' || header.type == 'K') {
        TRY_VOID(skip_padded(header.size));
        return true;
    }
    const TarOverride said = std::exchange(override_, {});
    const std::string name = said.path.value_or(header.name);
    Entry entry{.path = with_slashes(decode_name(as_bytes(name))),
                .size = said.size.value_or(header.size),
                .offset = header_offset_};
    entry.leaves_folder = leaves_folder(entry.path);
    // Links (1, 2), devices (3, 4), folders (5) and pipes (6) have no contents.
    if (header.type >= '1' && header.type <= '6') return true;
    const bool is_file = header.type == '0' || header.type == '\0' || header.type == '7';
    if (is_file && !said.is_sparse && !entry.path.ends_with('/'))
        return handle_file(std::move(entry));
    if (header.type == 'S' || said.is_sparse)
        note(entry.path, "is a sparse file, which is not read");
    TRY_VOID(skip_sparse_map(header.has_more_sparse_blocks));
    TRY_VOID(skip_padded(entry.size));
    return true;
}

Result<bool> TarReader::step() {
    header_offset_ = offset_;
    std::array<std::byte, tar_block_bytes> block;
    TRY_VOID(fill(block, "tar header"));
    if (std::ranges::all_of(block, [](std::byte byte) { return byte == std::byte{0}; }))
        return false;
    TRY_VOID(meter_.add_entry());
    return handle(TRY(read_tar_header(block)));
}

}  // namespace

bool is_tar(Bytes first) { return has_tar_checksum(first); }

Result<void> for_each_tar_entry(Stream& stream, const Limits& limits, EntrySink& sink) {
    TarReader reader(stream, limits, sink);
    while (true) {
        const Result<bool> more = reader.step();
        if (more && *more) continue;
        if (more) return {};
        if (more.error().kind == ErrorKind::io) return fail(more.error());
        sink.note({.path = {}, .offset = reader.header_offset(), .reason = more.error().message});
        return {};
    }
}

}  // namespace konseki::containers
