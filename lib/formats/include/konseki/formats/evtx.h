#pragma once

// Windows XML Event Log (EVTX). Formats: [MS-EVEN6] 2.2.12 for BinXml; libyal/libevtx documentation,
// "Windows XML Event Log (EVTX) format", for file, chunk and record; docs/formats/evtx.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/codepage.h"
#include "konseki/base/result.h"
#include "konseki/records/batch.h"
#include "konseki/records/shape.h"

namespace konseki::formats::evtx {

inline constexpr std::size_t file_header_bytes = 4096;
inline constexpr std::size_t chunk_bytes = 65536;
inline constexpr std::uint32_t chunk_header_bytes = 512;

/// True where bytes from the start of a file carry the file magic `ElfFile\0`.
bool has_file_magic(Bytes start);
/// True where bytes carry the chunk magic `ElfChnk\0`.
bool has_chunk_magic(Bytes start);

/// What the file header says. Nothing of it is trusted for reading: chunks are found by their place.
struct FileHeader {
    std::uint64_t first_chunk = 0, last_chunk = 0, next_record_id = 0;
    std::uint16_t minor_version = 0, major_version = 0,
                  chunk_count = 0;  ///< the count wraps at 65,536
    std::uint32_t flags = 0;        ///< 1 dirty, 2 full, 4 no checksums; other bits are kept
    bool checksum_is_right = false;

    bool is_dirty() const { return (flags & 1) != 0; }
    bool has_no_checksums() const { return (flags & 4) != 0; }
};
/// Reads the first 128 bytes. Fails with truncated, or bad_value without the magic.
Result<FileHeader> read_file_header(Bytes start);

/// Number of chunk slots of a file of this size, a partial last one included: slot n starts at
/// file_header_bytes + n * chunk_bytes.
std::uint64_t slot_count(std::uint64_t file_bytes);

/// Differences between what the header says and what is there (stale header, wrong checksum, fewer chunks
/// than named), for the damage list. `slots_in_use` is the number of slots with the chunk magic.
std::vector<records::Damage> check_header(const FileHeader& header, std::uint64_t file_bytes,
                                          std::uint64_t slots_in_use);

/// Facts about a file that reading its chunks needs. A value: the same for all threads.
struct FileFacts {
    bool no_checksums = false;
    /// For ANSI values: asked for by the person.
    std::optional<CodePage> code_page;
    /// For ANSI values: of the host's language, where its records show it (see HostLanguage).
    std::optional<CodePage> host_code_page;
    /// Also carve chunk slack and slots without records.
    bool recover = false;
};

/// How much of a chunk, from its start, must be at hand for ChunkReader::read_beginning: the records that
/// its header vouches for and what tells whether more follow; chunk_bytes where the header is not sound.
/// `header` is the first chunk_header_bytes or more.
std::size_t bytes_in_use(Bytes header, const FileFacts& facts);

/// Counts the scripts in a log's UTF-16 values to tell Japanese, Chinese and Korean Windows. Batches of one
/// file may come in any order: the sums, and so the answer, do not depend on it.
class HostLanguage {
  public:
    void add(const records::Batch& batch);
    /// 932, 949, 936, 950 or nothing.
    std::optional<CodePage> code_page() const;

  private:
    std::uint64_t kana_ = 0, hangul_ = 0, simplified_ = 0, traditional_ = 0;
};

/// Which chunks of a file hold which live records, to tell a carved record from one that is still there
/// elsewhere in the file: a log that wrapped leaves copies behind. 24 bytes per chunk.
class LiveRecords {
  public:
    /// Chunks that are looked at for one number: a log whose chunks all claim it must not cost more.
    static constexpr std::size_t max_candidates = 4;

    /// Takes the numbers of a chunk's live records; chunks in any order, then sort().
    void add(Bytes chunk, std::uint64_t offset, const FileFacts& facts);
    void sort();
    /// Offsets of up to max_candidates chunks that may hold a record of this number.
    std::vector<std::uint64_t> chunks_with(std::uint64_t record_id) const;

  private:
    struct Range {
        std::uint64_t first = 0, last = 0, offset = 0;
    };
    std::vector<Range> ranges_;
};

/// Decodes chunks. One per thread; the shapes are shared by the run.
class ChunkReader {
  public:
    explicit ChunkReader(records::ShapeTable& shapes);
    ~ChunkReader();
    ChunkReader(const ChunkReader&) = delete;
    ChunkReader& operator=(const ChunkReader&) = delete;

    /// Decodes the chunk in `batch.bytes` (at most chunk_bytes; less at a cut end), which stands at
    /// `batch.base_offset` of the item: appends records in the order of their place and damage. Live
    /// records come first; with facts.recover carved ones follow, exact repeats of live ones left out.
    void read(records::Batch& batch, const FileFacts& facts);
    /// The same for an empty batch of which only bytes_in_use() were read. False where the rest of the
    /// chunk could change anything: read() must get the whole then. Carves nothing.
    bool read_beginning(records::Batch& batch, const FileFacts& facts);

    /// The chunk last read held ANSI text that is not ASCII, and neither code page was given.
    bool wants_host_code_page() const;

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace konseki::formats::evtx
