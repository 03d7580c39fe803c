#include <algorithm>
#include <tuple>

#include "evtx/chunk.h"
#include "konseki/formats/evtx.h"

namespace konseki::formats::evtx {

void LiveRecords::add(Bytes chunk, std::uint64_t offset, const FileFacts& facts) {
    ChunkPlan plan;
    plan_chunk(chunk, facts, plan);
    const std::vector<RecordPlace>& live = plan.live;
    if (live.empty()) return;
    const auto [first, last] = std::ranges::minmax_element(live, {}, &RecordPlace::record_id);
    ranges_.push_back({first->record_id, last->record_id, offset});
}

void LiveRecords::sort() {
    std::ranges::sort(ranges_, [](const Range& a, const Range& b) {
        return std::tie(a.first, a.offset) < std::tie(b.first, b.offset);
    });
}

/// Numbers grow from chunk to chunk, so only the last ranges that begin before a number can hold it.
std::vector<std::uint64_t> LiveRecords::chunks_with(std::uint64_t record_id) const {
    std::vector<std::uint64_t> offsets;
    auto at = std::ranges::upper_bound(ranges_, record_id, {}, &Range::first);
    for (std::size_t i = 0; i < max_candidates && at != ranges_.begin(); ++i) {
        --at;
        if (record_id <= at->last) offsets.push_back(at->offset);
    }
    return offsets;
}

}  // namespace konseki::formats::evtx
