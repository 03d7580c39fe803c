#include "zip_directory.h"

#include "entry_name.h"
#include "konseki/base/codepage.h"
#include "konseki/base/hash.h"
#include "konseki/base/text.h"
#include "meter.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace konseki::containers {
namespace {

constexpr std::uint32_t end_signature = 0x06054b50;            // APPNOTE 4.3.16
constexpr std::uint32_t end64_signature = 0x06064b50;          // 4.3.14
constexpr std::uint32_t end64_locator_signature = 0x07064b50;  // 4.3.15
constexpr std::uint32_t record_signature = 0x02014b50;         // 4.3.12
constexpr std::size_t end_bytes = 22;
constexpr std::size_t end64_bytes = 56;
constexpr std::size_t end64_locator_bytes = 20;
constexpr std::size_t longest_comment = 65'535;
constexpr std::uint16_t utf8_flag = 1 << 11;          // 4.4.4
constexpr std::uint16_t zip64_extra = 0x0001;         // 4.5.3
constexpr std::uint16_t unicode_path_extra = 0x7075;  // 4.6.9
constexpr std::uint32_t folder_attribute = 0x10;      // MS-DOS
/// The directory is held in memory: 200,000 records of 300 bytes are 60 MB.
constexpr std::uint64_t largest_directory = std::uint64_t{64} << 20;

/// Where the end record says that the directory lies.
struct Extent {
    std::uint64_t offset = 0, bytes = 0, records = 0;
    std::uint64_t behind = 0;  ///< where the structure after the directory begins
};

/// The place of the end record in the last bytes of the file. One whose comment reaches exactly to the
/// end is preferred: a comment may hold the signature, and a file may have bytes behind the archive.
std::optional<std::size_t> find_end(Bytes tail) {
    std::optional<std::size_t> loose;
    if (tail.size() < end_bytes) return loose;
    for (std::size_t at = tail.size() - end_bytes + 1; at-- > 0;) {
        if (load_u32(&tail[at]) != end_signature) continue;
        const std::size_t comment = load_u16(&tail[at + 20]);
        const std::size_t behind = tail.size() - at - end_bytes;
        if (comment == behind) return at;
        if (comment < behind && !loose) loose = at;
    }
    return loose;
}

/// ZIP64: the locator lies right before the end record and points to the larger one.
Result<std::optional<Extent>> read_end64(const Source& source, std::uint64_t end_offset) {
    if (end_offset < end64_locator_bytes) return std::optional<Extent>{};
    const std::uint64_t locator_offset = end_offset - end64_locator_bytes;
    const std::vector<std::byte> locator =
        TRY(read_exactly(source, locator_offset, end64_locator_bytes, "ZIP64 locator"));
    if (load_u32(locator.data()) != end64_locator_signature) return std::optional<Extent>{};
    const std::uint64_t offset = load_u64(locator.data() + 8);
    const std::vector<std::byte> end =
        TRY(read_exactly(source, offset, end64_bytes, "ZIP64 end record"));
    if (load_u32(end.data()) != end64_signature)
        return fail(Error::bad_value("the ZIP64 locator points to no end record", offset));
    return std::optional(Extent{.offset = load_u64(end.data() + 48),
                                .bytes = load_u64(end.data() + 40),
                                .records = load_u64(end.data() + 32),
                                .behind = offset});
}

Result<Extent> find_extent(const Source& source) {
    const std::uint64_t tail_bytes =
        std::min<std::uint64_t>(source.size(), end_bytes + longest_comment);
    const std::uint64_t tail_offset = source.size() - tail_bytes;
    const std::vector<std::byte> tail =
        TRY(read_exactly(source, tail_offset, tail_bytes, "end of the zip file"));
    const std::optional<std::size_t> at = find_end(tail);
    if (!at)
        return fail(Error{.kind = ErrorKind::truncated,
                          .message = "the zip file ends before its directory",
                          .offset = source.size()});
    const std::byte* const end = tail.data() + *at;
    if (load_u16(end + 4) != load_u16(end + 6))
        return fail(Error::unsupported("the zip file is one of several parts"));
    const std::uint64_t end_offset = tail_offset + *at;
    if (const std::optional<Extent> large = TRY(read_end64(source, end_offset))) return *large;
    return Extent{.offset = load_u32(end + 16),
                  .bytes = load_u32(end + 12),
                  .records = load_u16(end + 10),
                  .behind = end_offset};
}

/// The value of a 64-bit size or offset whose 32-bit field is full (4.5.3: in this order, each only
/// where its field is full).
std::uint64_t take_large(std::uint64_t small, Cursor& zip64) {
    return small == 0xffffffff ? zip64.u64("ZIP64 value") : small;
}

struct Extras {
    Bytes zip64;
    std::string unicode_path;
};
/// The extra fields that matter. A field that lies about its size ends the list.
Extras read_extras(Bytes bytes, Bytes name) {
    Extras out;
    Cursor in(bytes);
    while (in.left() >= 4) {
        const std::uint16_t id = in.u16("extra id");
        const Bytes field = in.take(in.u16("extra size"), "extra field");
        if (in.failed()) break;
        if (id == zip64_extra) out.zip64 = field;
        const bool is_path =
            id == unicode_path_extra && field.size() > 5 && load_u8(&field[0]) == 1;
        if (is_path && load_u32(&field[1]) == crc32(name) &&
            is_valid_utf8(as_text(field.subspan(5))))
            out.unicode_path = as_text(field.subspan(5));
    }
    return out;
}

/// One record at the cursor; `shift` is what stands before the archive.
Result<ZipRecord> read_record(Cursor& in, std::uint64_t shift) {
    ZipRecord out;
    if (in.u32("directory record") != record_signature && !in.failed())
        return fail(Error::bad_value("no directory record where one must be", in.offset() - 4));
    in.skip(4, "versions");
    out.flags = in.u16("flags");
    out.method = in.u16("method");
    in.skip(4, "time");
    out.crc = in.u32("CRC");
    const std::uint32_t packed_bytes = in.u32("packed size");
    const std::uint32_t bytes = in.u32("size");
    const std::uint16_t name_bytes = in.u16("name size");
    const std::uint16_t extra_bytes = in.u16("extra size");
    const std::uint16_t comment_bytes = in.u16("comment size");
    in.skip(4, "disk and attributes");
    const std::uint32_t attributes = in.u32("attributes");
    const std::uint32_t offset = in.u32("offset");
    const Bytes name = in.take(name_bytes, "name");
    const Extras extras = read_extras(in.take(extra_bytes, "extra fields"), name);
    in.skip(comment_bytes, "comment");
    if (in.failed()) return fail(in.error());
    Cursor zip64(extras.zip64);
    out.entry.size = take_large(bytes, zip64);
    out.packed_bytes = take_large(packed_bytes, zip64);
    const std::uint64_t large_offset = take_large(offset, zip64);
    // An offset near 2^64 stays there and fails where it is used.
    constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
    out.entry.offset = large_offset > largest - shift ? largest : large_offset + shift;
    const bool is_utf8 = (out.flags & utf8_flag) != 0;
    out.entry.path = with_slashes(!extras.unicode_path.empty() ? extras.unicode_path
                                  : is_utf8                    ? decode(65001, name)
                                                               : decode_name(name));
    out.entry.leaves_folder = leaves_folder(out.entry.path);
    out.is_folder = out.entry.path.ends_with('/') ||
                    ((attributes & folder_attribute) != 0 && out.entry.size == 0);
    return out;
}

}  // namespace

Result<ZipDirectory> read_zip_directory(const Source& source, const Limits& limits,
                                        const std::function<void(EntryDamage)>& note) {
    const Extent extent = TRY(find_extent(source));
    if (extent.bytes > extent.behind || extent.bytes > largest_directory)
        return fail(Error::bad_value(
            "the zip directory claims " + std::to_string(extent.bytes) + " bytes", extent.behind));
    // The directory ends where the end record begins: what stands before the archive (a program that
    // unpacks itself) shifts every offset.
    const std::uint64_t offset = extent.behind - extent.bytes;
    if (extent.offset > offset)
        return fail(Error::bad_value("the zip directory overlaps its end record", extent.behind));
    ZipDirectory out{.records = {}, .offset = offset};
    const std::vector<std::byte> bytes =
        TRY(read_exactly(source, offset, extent.bytes, "zip directory"));
    Cursor in(bytes, offset);
    Meter meter(limits, source.size());
    while (in.left() > 0) {
        const std::uint64_t place = offset + in.offset();
        Result<void> counted = meter.add_entry();
        Result<ZipRecord> record = counted ? read_record(in, offset - extent.offset)
                                           : Result<ZipRecord>(fail(counted.error()));
        if (!record) {
            note({.path = {}, .offset = place, .reason = record.error().message});
            return out;
        }
        out.records.push_back(std::move(*record));
    }
    // The 16-bit count of an archive without ZIP64 may have run over.
    if ((out.records.size() & 0xffff) != (extent.records & 0xffff))
        note({.path = {},
              .offset = offset,
              .reason = "the zip file claims " + std::to_string(extent.records) + " entries, " +
                        std::to_string(out.records.size()) + " are there"});
    return out;
}

}  // namespace konseki::containers
