#include "repeats.h"

#include <algorithm>

namespace konseki::examine {

void Repeats::leave_out(OpenItem& item, records::Batch& batch) {
    reads_ = 0;
    size_ = 0;
    std::erase_if(batch.records, [&](const records::Record& record) {
        if (!record.recovered) return false;
        const Bytes chunk(batch.bytes);
        return is_live_elsewhere(item, record.record_id,
                                 chunk.subspan(record.offset - batch.base_offset, record.size));
    });
}

bool Repeats::is_live_elsewhere(OpenItem& item, std::uint64_t record_id, Bytes record) {
    for (const std::uint64_t offset : item.live_records().chunks_with(record_id))
        if (load(item, offset) &&
            formats::evtx::holds_live_record(Bytes(chunk_).first(size_), record, item.facts()))
            return true;
    return false;
}

bool Repeats::load(OpenItem& item, std::uint64_t offset) {
    if (size_ > 0 && offset_ == offset) return true;
    if (reads_ == max_reads) return false;
    ++reads_;
    chunk_.resize(formats::evtx::chunk_bytes);
    const Result<std::size_t> got = item.file().read_at(offset, chunk_);
    offset_ = offset;
    size_ = got ? *got : 0;
    return size_ > 0;
}

}  // namespace konseki::examine
