#include "evtx/chunk.h"

#include <algorithm>
#include <string>

#include "konseki/base/hash.h"

// Chunk header and record: libyal/libevtx documentation, "Chunk header" and "Event record".
//
// Live records stand one behind the other from offset 512. The header says where they end (the free-space
// offset); behind it lies what the chunk held before. A header can lag behind its records (a log copied
// while it was written), so the walk goes on past the offset as long as the next record follows on in number.

namespace konseki::formats::evtx {

namespace {

constexpr std::uint32_t record_magic = 0x00002a2a;
constexpr std::uint32_t free_offset_at = 48;
constexpr std::uint32_t records_checksum_at = 52;
constexpr std::uint32_t header_checksum_at = 124;
/// Header bytes 120 to 127 are flags and the checksum itself.
constexpr std::uint32_t checksum_gap_at = 120, checksum_gap_end = 128;

bool is_all_zero(Bytes bytes) {
    return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{0}; });
}

std::optional<std::uint32_t> find_magic(Bytes chunk, std::uint32_t from, std::uint32_t end) {
    for (std::uint32_t at = from; at + record_header_bytes <= end; ++at)
        if (load_u8(chunk.data() + at) == 0x2a && load_u32(chunk.data() + at) == record_magic)
            return at;
    return std::nullopt;
}

/// The next whole record from `from` on; both its sizes agree.
std::optional<RecordPlace> next_whole_record(Bytes chunk, std::uint32_t from, std::uint32_t end) {
    while (const std::optional<std::uint32_t> at = find_magic(chunk, from, end)) {
        if (const std::optional<RecordPlace> record = record_at(chunk, *at, true)) return record;
        from = *at + 1;
    }
    return std::nullopt;
}

bool header_is_right(Bytes header) {
    const std::uint32_t crc =
        crc32(header.subspan(checksum_gap_end, chunk_header_bytes - checksum_gap_end),
              crc32(header.first(checksum_gap_at)));
    return crc == load_u32(header.data() + header_checksum_at);
}

bool is_within_chunk(std::uint32_t free_offset) {
    return free_offset >= chunk_header_bytes && free_offset <= chunk_bytes;
}

class Planner {
  public:
    /// `bytes_there` of the chunk are in the file; `chunk` may be fewer.
    Planner(Bytes chunk, std::size_t bytes_there, const FileFacts& facts, ChunkPlan& plan)
        : chunk_(chunk), bytes_there_(bytes_there), facts_(facts), plan_(plan) {
        plan_.live.clear();
        plan_.damage.clear();
        plan_.live_end = 0;
    }
    void plan();

  private:
    void check_header();
    void check_records_checksum();
    void walk();
    bool step_over_damage(std::uint32_t& at);
    bool may_follow(const RecordPlace& record) const;
    void damage(std::uint32_t offset, std::size_t bytes, std::string reason) {
        plan_.damage.push_back({offset, bytes, std::move(reason)});
    }

    Bytes chunk_;
    std::size_t bytes_there_;
    const FileFacts& facts_;
    ChunkPlan& plan_;
    std::uint32_t bound_ = 0;  ///< where live records end by the header, or the chunk's end
    bool bound_is_sure_ = false;
};

void Planner::check_header() {
    const auto size = static_cast<std::uint32_t>(chunk_.size());
    bound_ = size;
    if (!has_chunk_magic(chunk_)) {
        damage(0, std::min(size, chunk_header_bytes), "no chunk magic");
        return;
    }
    if (bytes_there_ < chunk_bytes)
        damage(size, chunk_bytes - size, "the file ends inside this chunk");
    const std::uint32_t named = load_u32(chunk_.data() + free_offset_at);
    const bool is_right = facts_.no_checksums || header_is_right(chunk_);
    if (!is_right) damage(0, chunk_header_bytes, "the chunk header's checksum is wrong");
    if (!is_within_chunk(named)) {
        damage(free_offset_at, 4, "the free-space offset lies outside the chunk");
        return;
    }
    bound_ = std::min(named, size);
    bound_is_sure_ = is_right;
    if (is_right && named <= size) check_records_checksum();
}

void Planner::check_records_checksum() {
    if (facts_.no_checksums) return;
    const std::uint32_t crc =
        crc32(chunk_.subspan(chunk_header_bytes, bound_ - chunk_header_bytes));
    if (crc != load_u32(chunk_.data() + records_checksum_at))
        damage(chunk_header_bytes, bound_ - chunk_header_bytes,
               "the checksum of the chunk's records is wrong");
}

/// Whether a record can belong to the live ones where the header does not vouch for it: slack holds
/// records of an earlier pass, with lower numbers.
bool Planner::may_follow(const RecordPlace& record) const {
    if (plan_.live.empty()) return true;
    const std::uint64_t last = plan_.live.back().record_id;
    const bool is_past_bound = record.offset >= bound_;
    return is_past_bound ? record.record_id == last + 1 : record.record_id > last;
}

/// Skips what is no record at `at`, up to the next whole record within the bound. False: there is none.
bool Planner::step_over_damage(std::uint32_t& at) {
    const std::optional<RecordPlace> next = next_whole_record(chunk_, at + 1, bound_);
    const std::uint32_t end = next ? next->offset : bound_;
    if (!is_all_zero(chunk_.subspan(at, end - at))) {
        const bool is_record = end - at >= 4 && load_u32(chunk_.data() + at) == record_magic;
        damage(at, end - at,
               is_record ? "a record whose size is wrong" : "bytes that are no record");
    }
    if (next) at = next->offset;
    return next.has_value();
}

void Planner::walk() {
    std::uint32_t at = chunk_header_bytes;
    const auto size = static_cast<std::uint32_t>(chunk_.size());
    // Every turn moves `at` forward by at least one byte.
    while (at + record_header_bytes <= size) {
        const bool is_past_bound = at >= bound_;
        const std::optional<RecordPlace> record =
            record_at(chunk_, at, is_past_bound || !bound_is_sure_);
        const bool takes =
            record && (is_past_bound || !bound_is_sure_ ? may_follow(*record) : true);
        if (takes) {
            if (load_u32(chunk_.data() + at + record->size - 4) != record->size)
                damage(at + record->size - 4, 4, "the copy of a record's size is wrong");
            plan_.live.push_back(*record);
            at += record->size;
            continue;
        }
        // Past the bound, and where a sound record starts an older pass, there is only slack.
        if (is_past_bound || (record && !bound_is_sure_)) break;
        if (!step_over_damage(at)) {
            at = bound_;
        }
    }
    plan_.live_end = std::min(at, size);
}

void Planner::plan() {
    if (is_all_zero(chunk_)) return;  // a slot that was never used
    if (chunk_.size() < chunk_header_bytes) {
        damage(0, chunk_.size(), "the file ends inside a chunk header");
        plan_.live_end = static_cast<std::uint32_t>(chunk_.size());
        return;
    }
    check_header();
    walk();
}

}  // namespace

std::optional<RecordPlace> record_at(Bytes chunk, std::uint32_t offset, bool needs_copy) {
    if (offset > chunk.size() || chunk.size() - offset < min_record_bytes) return std::nullopt;
    const std::byte* const data = chunk.data() + offset;
    if (load_u32(data) != record_magic) return std::nullopt;
    const std::uint32_t size = load_u32(data + 4);
    if (size < min_record_bytes || size > chunk.size() - offset) return std::nullopt;
    if (needs_copy && load_u32(data + size - 4) != size) return std::nullopt;
    return RecordPlace{offset, size, load_u64(data + 8), load_u64(data + 16)};
}

void plan_chunk(Bytes chunk, const FileFacts& facts, ChunkPlan& plan) {
    Planner(chunk, chunk.size(), facts, plan).plan();
}

bool plan_beginning(Bytes chunk, const FileFacts& facts, ChunkPlan& plan) {
    Planner(chunk, chunk_bytes, facts, plan).plan();
    // The records must end where the header says: one that reaches past it may have others behind.
    if (!plan.damage.empty() || plan.live_end + record_header_bytes != chunk.size()) return false;
    return load_u32(chunk.data() + plan.live_end) != record_magic;
}

std::size_t bytes_in_use(Bytes header, const FileFacts& facts) {
    if (header.size() < chunk_header_bytes || !has_chunk_magic(header)) return chunk_bytes;
    const std::uint32_t named = load_u32(header.data() + free_offset_at);
    if (!is_within_chunk(named) || (!facts.no_checksums && !header_is_right(header)))
        return chunk_bytes;
    // With room for a record's header, so that the walk takes the same steps.
    return std::min<std::size_t>(named + record_header_bytes, chunk_bytes);
}

std::vector<RecordPlace> carve(Bytes chunk, std::uint32_t from) {
    std::vector<RecordPlace> out;
    const auto end = static_cast<std::uint32_t>(chunk.size());
    while (const std::optional<RecordPlace> record = next_whole_record(chunk, from, end)) {
        out.push_back(*record);
        from = record->offset + record->size;
    }
    return out;
}

}  // namespace konseki::formats::evtx
