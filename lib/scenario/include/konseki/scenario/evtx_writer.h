#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "konseki/scenario/evtx_content.h"

namespace konseki::scenario::evtx {

inline constexpr std::size_t header_bytes = 4096;
inline constexpr std::size_t chunk_bytes = 65536;
inline constexpr std::size_t chunk_header_bytes = 512;

/// A record to be written.
struct Record {
    std::uint64_t id = 0;
    std::uint64_t written = 0;  ///< FILETIME of the record header
    std::vector<Fragment> fragments;
    bool ends = true;  ///< an end-of-file token stands at the end
};
Record record(std::uint64_t id, std::uint64_t written, Instance instance);

/// How a log is written. The defaults are what Windows 10 writes.
struct LogOptions {
    std::uint16_t minor_version = 1;  ///< 1 or 2 (Windows 10 2004 and later)
    std::uint32_t flags = 0;          ///< 1 dirty, 2 full, 4 no checksums
    /// Names and templates are also listed in the chunk header's tables, with links between them.
    bool tables = true;
};

/// Where a record stands in the image; zero where it has no such thing.
struct RecordPlace {
    std::uint64_t offset = 0;  ///< in the file
    std::uint32_t size = 0;
    std::uint64_t id = 0;
    /// Of the first template instance, in the file: the offset field of its definition, the number of
    /// its values, the first descriptor.
    std::uint64_t definition_field = 0, count_field = 0, descriptors = 0;
    std::uint64_t definition =
        0;  ///< in the file, of the definition itself (its link to the next one)
};

/// A finished log in memory.
struct Image {
    std::vector<std::byte> bytes;
    std::vector<RecordPlace> records;
    std::size_t chunk_count() const { return (bytes.size() - header_bytes) / chunk_bytes; }
};

/// Takes each finished chunk of 65,536 bytes, in file order.
using ChunkSink = std::function<void(std::span<const std::byte>)>;

/// Writes records into chunks. Each chunk holds its names and templates at their first use, with links to
/// the older entry of the same bucket; a record that does not fit begins a new chunk.
class Log {
  public:
    explicit Log(LogOptions options = {});
    /// With a sink, chunks are handed over as they fill and places are not kept.
    Log(LogOptions options, ChunkSink sink);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// False where the record is larger than an empty chunk or a value larger than 65,535 bytes: then it
    /// is left out.
    bool add(const Record& record);
    /// Begins a new chunk with the next record.
    void end_chunk();
    /// The whole file; only for a log without a sink.
    Image finish();
    /// Hands over the last chunk and gives the 4,096 bytes of the file header; only for a log with a sink.
    std::vector<std::byte> finish_header();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The file header for these figures. The chunk count wraps at 65,536, as in the format.
std::vector<std::byte> file_header(const LogOptions& options, std::uint64_t first_chunk,
                                   std::uint64_t last_chunk, std::uint64_t next_record_id,
                                   std::uint64_t chunk_count);

/// One log with these records.
Image make_log(const std::vector<Record>& records, LogOptions options = {});

/// CRC-32 of RFC 1952.
std::uint32_t crc32(std::span<const std::byte> bytes, std::uint32_t start = 0);
/// The 16-bit name hash ([MS-EVEN6] 2.2.12, NameHash).
std::uint16_t name_hash(std::string_view utf16le);

}  // namespace konseki::scenario::evtx
