#include "konseki/containers/zip.h"

#include "konseki/base/hash.h"
#include "meter.h"
#include "zip_directory.h"

#include <algorithm>
#include <memory>

#include <libdeflate.h>

namespace konseki::containers {
namespace {

constexpr std::uint32_t local_signature = 0x04034b50;  // APPNOTE 4.3.7
constexpr std::size_t local_bytes = 30;
constexpr std::uint16_t encrypted_flag = 1;        // 4.4.4
constexpr std::uint16_t stored = 0, deflated = 8;  // 4.4.5
/// DEFLATE cannot pack better (258 bytes from two bits): a larger claim is a lie, found before memory
/// is given to it.
constexpr std::uint64_t densest_deflate = 1032;

struct FreeDecompressor {
    void operator()(libdeflate_decompressor* decompressor) const {
        libdeflate_free_decompressor(decompressor);
    }
};

class ZipReader {
  public:
    ZipReader(const Source& source, const Limits& limits, EntrySink& sink)
        : source_(source), sink_(sink), meter_(limits, source.size()) {}

    Result<void> run(ZipDirectory directory);

  private:
    Result<void> unpack(const ZipRecord& record);
    Result<Bytes> inflate(const ZipRecord& record);
    Result<std::uint64_t> find_data(const ZipRecord& record) const;
    /// The end of what may belong to an entry: the next entry, or the directory.
    std::uint64_t next_start(std::uint64_t offset) const;

    const Source& source_;
    EntrySink& sink_;
    Meter meter_;
    std::vector<std::uint64_t> starts_;  ///< sorted offsets of all entries and the directory
    std::vector<std::byte> packed_, contents_;
    std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor_{
        libdeflate_alloc_decompressor()};
};

std::uint64_t ZipReader::next_start(std::uint64_t offset) const {
    const auto next = std::ranges::upper_bound(starts_, offset);
    return next == starts_.end() ? offset : *next;
}

Result<std::uint64_t> ZipReader::find_data(const ZipRecord& record) const {
    const auto [first, last] = std::ranges::equal_range(starts_, record.entry.offset);
    if (last - first > 1) return fail(Error::bad_value("shares its place with another entry"));
    const std::vector<std::byte> header =
        TRY(read_exactly(source_, record.entry.offset, local_bytes, "local header"));
    if (load_u32(header.data()) != local_signature)
        return fail(Error::bad_value("has no local header where the directory says"));
    const std::uint64_t start = record.entry.offset + local_bytes + load_u16(header.data() + 26) +
                                load_u16(header.data() + 28);
    const std::uint64_t limit = next_start(record.entry.offset);
    if (start > limit || record.packed_bytes > limit - start)
        return fail(Error::bad_value("overlaps what lies behind it"));
    return start;
}

Result<Bytes> ZipReader::inflate(const ZipRecord& record) {
    if (record.method == stored) {
        if (record.packed_bytes != record.entry.size)
            return fail(Error::bad_value("is stored, but its two sizes differ"));
        return Bytes(packed_);
    }
    if (record.entry.size / densest_deflate > record.packed_bytes)
        return fail(Error::bad_value("claims a size that its packed bytes cannot hold"));
    contents_.resize(record.entry.size);
    std::size_t used = 0, made = 0;
    const libdeflate_result result =
        libdeflate_deflate_decompress_ex(decompressor_.get(), packed_.data(), packed_.size(),
                                         contents_.data(), contents_.size(), &used, &made);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
        return fail(Error::bad_value("unpacks to more than the size it claims"));
    if (result != LIBDEFLATE_SUCCESS) return fail(Error::bad_value("its packed bytes are damaged"));
    if (made != contents_.size() || used != packed_.size())
        return fail(Error::bad_value("unpacks to another size than it claims"));
    return Bytes(contents_);
}

Result<void> ZipReader::unpack(const ZipRecord& record) {
    if ((record.flags & encrypted_flag) != 0) return fail(Error::unsupported("is encrypted"));
    if (record.method != stored && record.method != deflated)
        return fail(Error::unsupported("is packed by method " + std::to_string(record.method) +
                                       ", which is not read"));
    TRY_VOID(meter_.check_entry_size(record.entry.size));
    TRY_VOID(meter_.check_entry_size(record.packed_bytes));
    TRY_VOID(meter_.add_bytes(record.entry.size));
    const std::uint64_t start = TRY(find_data(record));
    packed_ = TRY(read_exactly(source_, start, record.packed_bytes, "packed bytes"));
    const Bytes contents = TRY(inflate(record));
    if (crc32(contents) != record.crc) return fail(Error::bad_value("its CRC is wrong"));
    sink_.take(record.entry, contents);
    return {};
}

Result<void> ZipReader::run(ZipDirectory directory) {
    for (const ZipRecord& record : directory.records) starts_.push_back(record.entry.offset);
    std::ranges::sort(starts_);
    starts_.push_back(directory.offset);
    std::ranges::sort(starts_);
    for (const ZipRecord& record : directory.records) {
        if (record.is_folder) continue;
        const EntryWish wish = sink_.wish(record.entry);
        if (wish == EntryWish::stop) return {};
        if (wish == EntryWish::skip) continue;
        const Result<void> unpacked = unpack(record);
        if (unpacked) continue;
        if (unpacked.error().kind == ErrorKind::io) return fail(unpacked.error());
        sink_.note({record.entry.path, record.entry.offset, unpacked.error().message});
    }
    return {};
}

}  // namespace

bool is_zip(Bytes first) {
    if (first.size() < 4) return false;
    const std::uint32_t signature = load_u32(first.data());
    return signature == local_signature || signature == 0x06054b50;
}

Result<void> for_each_zip_entry(const Source& source, const Limits& limits, EntrySink& sink) {
    ZipDirectory directory = TRY(
        read_zip_directory(source, limits, [&](const EntryDamage& damage) { sink.note(damage); }));
    return ZipReader(source, limits, sink).run(std::move(directory));
}

}  // namespace konseki::containers
