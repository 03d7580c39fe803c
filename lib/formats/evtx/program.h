#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/records/value.h"

// BinXml, read in two steps.
//
// A BinXml stream (a template definition, or the content of a record or value that has no template) is
// *sketched*: walked once, its structure and names written as a flat text of our own, its varying values
// put aside. Two streams with the same sketch are the same thing wherever they stand, so the sketch is the
// key under which a *program* is kept; only a sketch that was not met before is compiled. That makes the
// cache right by construction: definitions of one GUID with other bodies, and bodies whose names lie
// elsewhere in the chunk, differ in their sketch or do not differ at all.

namespace konseki::formats::evtx {

/// Whether a stream is the body of a template definition. Only there do element starts carry a
/// DependencyId, are substitutions allowed, and is literal text part of the structure ([MS-EVEN6] 2.2.12).
enum class StreamKind : std::uint8_t { definition, content };

enum class OpKind : std::uint8_t {
    open,         ///< text: name; slot: DependencyId or no_slot
    attribute,    ///< text: name
    text,         ///< text: literal
    cdata,        ///< text: literal
    slot,         ///< substitution `slot`
    host_text,    ///< literal that differs by host only (Computer): host literal number `slot`
    splice,       ///< a template instance inside content: number `slot`
    close_start,  ///< end of a start tag that has attributes
    close_empty,  ///< `/>`
    close,        ///< end element
};
struct Op {
    OpKind kind = OpKind::close;
    bool optional = false;
    std::uint16_t slot = 0xffff;
    std::string_view text;
};

/// A compiled stream. Immutable; views point into `sketch`.
struct Program {
    std::string sketch;
    std::vector<Op> ops;
    std::uint16_t slot_count = 0;  ///< substitutions, or values of content
    std::uint16_t host_text_count = 0;
};

/// What a walk over a stream gives. Reused: the vectors keep their capacity.
struct Sketch {
    std::string text;
    std::vector<records::Value>
        values;  ///< content: the values in order; definition: host literals
    std::vector<std::uint32_t> splices;  ///< content: chunk offsets of template instance tokens
    std::vector<std::uint32_t> names;    ///< offsets of the names that lie outside the stream
    std::uint32_t end = 0;               ///< chunk offset behind the stream
    std::uint16_t slot_count = 0;        ///< definition: highest substitution + 1
};

/// Longest element or attribute name taken. Names are XML names of manifests; the longest in 40,000 sample
/// records has 44 characters. Without a cap 64 KiB of tokens could name the same huge name thousands of times.
inline constexpr std::uint32_t max_name_units = 512;
/// Open elements at a time: events nest to 6 or so.
inline constexpr std::uint32_t max_element_depth = 512;

/// Names of one chunk, each decoded once per chunk. Names are read where they are used: the string table
/// of the chunk header is only an index and may be damaged.
class NameCache {
  public:
    void start_chunk(Bytes chunk);
    /// The name at a chunk offset: u32 next, u16 hash, u16 units, the units, NUL (libyal/libevtx
    /// documentation, "Name"). Empty view on failure.
    std::string_view at(std::uint32_t offset);

  private:
    struct Entry {
        std::uint32_t epoch = 0, offset = 0, start = 0, length = 0;
    };
    static constexpr std::size_t entry_count = 1024;
    Bytes chunk_;
    std::uint32_t epoch_ = 0;
    std::array<Entry, entry_count> entries_;
    std::string texts_;
};

/// Walks the stream [begin, end) of the chunk. Fails with the offset within the chunk.
Result<void> sketch_stream(Bytes chunk, NameCache& names, std::uint32_t begin, std::uint32_t end,
                           StreamKind kind, Sketch& sketch);

/// Programs by sketch. One per thread (a program costs microseconds, a lock per look-up would cost more).
class ProgramCache {
  public:
    /// Never null. The pointer is good until clear().
    const Program* get(const Sketch& sketch);
    std::size_t bytes() const { return bytes_; }
    void clear();

  private:
    std::unordered_multimap<std::uint64_t, std::unique_ptr<Program>> programs_;
    std::size_t bytes_ = 0;
};

}  // namespace konseki::formats::evtx
