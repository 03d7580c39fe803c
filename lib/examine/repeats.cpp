#include "repeats.h"

#include <algorithm>

namespace konseki::examine {
namespace {

constexpr std::size_t max_shapes = 256;

Bytes bytes_of(const records::Batch& batch, const records::Record& record) {
    return Bytes(batch.bytes).subspan(record.offset - batch.base_offset, record.size);
}

}  // namespace

Repeats::Repeats() : shapes_(max_shapes), reader_(shapes_) {}

void Repeats::leave_out(OpenItem& item, records::Batch& batch, const std::atomic<bool>* cancelled) {
    if (std::ranges::none_of(batch.records, &records::Record::recovered)) return;
    reads_ = 0;
    is_loaded_ = false;
    const formats::evtx::LiveRecords& live = item.live_records(cancelled);
    std::erase_if(batch.records, [&](const records::Record& record) {
        return record.recovered &&
               is_live_elsewhere(item, live, record.record_id, bytes_of(batch, record));
    });
}

bool Repeats::is_live_elsewhere(OpenItem& item, const formats::evtx::LiveRecords& live,
                                std::uint64_t record_id, Bytes record) {
    for (const std::uint64_t offset : live.chunks_with(record_id))
        if (load(item, offset) && is_live_here(record_id, record)) return true;
    return false;
}

bool Repeats::load(OpenItem& item, std::uint64_t offset) {
    if (is_loaded_ && other_.base_offset == offset) return true;
    if (reads_ == max_reads) return false;
    ++reads_;
    other_.clear();
    other_.base_offset = offset;
    other_.bytes.resize(formats::evtx::chunk_bytes);
    const Result<std::size_t> got = item.file().read_at(offset, other_.bytes);
    other_.bytes.resize(got ? *got : 0);
    formats::evtx::FileFacts facts = item.facts();
    facts.recover = false;
    if (!other_.bytes.empty()) reader_.read(other_, facts);
    by_id_.clear();
    for (const records::Record& record : other_.records) by_id_.push_back(&record);
    std::ranges::stable_sort(by_id_, {}, &records::Record::record_id);
    is_loaded_ = true;
    return true;
}

bool Repeats::is_live_here(std::uint64_t record_id, Bytes record) const {
    const auto same = std::ranges::equal_range(by_id_, record_id, {}, &records::Record::record_id);
    return std::ranges::any_of(same, [&](const records::Record* live) {
        return std::ranges::equal(bytes_of(other_, *live), record);
    });
}

}  // namespace konseki::examine
