#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/formats/evtx.h"
#include "konseki/records/batch.h"

namespace konseki::formats::evtx {

inline constexpr std::uint32_t record_header_bytes = 24;
/// Header, the size's copy behind the record, and at least one token.
inline constexpr std::uint32_t min_record_bytes = record_header_bytes + 4 + 1;

/// Where a record lies in its chunk, its header checked.
struct RecordPlace {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
    std::uint64_t record_id = 0;
    std::uint64_t written = 0;  ///< FILETIME of the header; 0 in a third of all samples
};

/// The record whose magic stands at `offset`, if it is whole: size in bounds of the chunk. With
/// `needs_copy` its trailing size must agree, which tells a record from chance.
std::optional<RecordPlace> record_at(Bytes chunk, std::uint32_t offset, bool needs_copy);

/// Where the live records of a chunk lie, and what is wrong with it. Offsets are within the chunk.
struct ChunkPlan {
    std::vector<RecordPlace> live;
    std::vector<records::Damage> damage;
    std::uint32_t live_end = 0;  ///< from here on there is only slack
};
/// Writes a new plan over the old one. Never fails: a chunk without a sound header is walked for whatever
/// records it holds.
void plan_chunk(Bytes chunk, const FileFacts& facts, ChunkPlan& plan);
/// The same where only bytes_in_use() of the chunk are there; false where that does not do.
bool plan_beginning(Bytes chunk, const FileFacts& facts, ChunkPlan& plan);

/// Whole records behind the live ones, found by their magic and both sizes.
std::vector<RecordPlace> carve(Bytes chunk, std::uint32_t from);

}  // namespace konseki::formats::evtx
