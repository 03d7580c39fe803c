#include "open_item.h"

#include <algorithm>
#include <vector>

namespace konseki::examine {
namespace {

/// Chunks whose text is counted: 16 MB tell a language, and a log of 10 GB is not read twice.
constexpr std::uint64_t max_language_chunks = 256;

}  // namespace

std::optional<CodePage> OpenItem::host_code_page() {
    const std::lock_guard lock(language_mutex_);
    if (language_is_known_) return language_page_;
    formats::evtx::HostLanguage language;
    // Tables of its own: what is read here must not show in the run.
    records::ShapeTable shapes;
    formats::evtx::ChunkReader reader(shapes);
    records::Batch batch;
    for (std::uint64_t slot = 0; slot < std::min(slots_, max_language_chunks); ++slot) {
        const std::uint64_t offset =
            formats::evtx::file_header_bytes + slot * formats::evtx::chunk_bytes;
        batch.clear();
        batch.bytes.resize(formats::evtx::chunk_bytes);
        const Result<std::size_t> got = file_.read_at(offset, batch.bytes);
        if (!got) continue;
        batch.bytes.resize(*got);
        batch.base_offset = offset;
        reader.read(batch, facts());
        language.add(batch);
    }
    language_page_ = language.code_page();
    language_is_known_ = true;
    return language_page_;
}

void OpenItem::note_missing(std::uint64_t offset) {
    std::uint64_t known = missing_from.load();
    while (offset < known && !missing_from.compare_exchange_weak(known, offset)) {
    }
}

const formats::evtx::LiveRecords& OpenItem::live_records(const std::atomic<bool>* cancelled) {
    const std::lock_guard lock(live_mutex_);
    if (live_) return *live_;
    formats::evtx::LiveRecords live;
    std::vector<std::byte> chunk(formats::evtx::chunk_bytes);
    for (std::uint64_t slot = 0; slot < slots_; ++slot) {
        if (cancelled != nullptr && cancelled->load()) break;
        const std::uint64_t offset =
            formats::evtx::file_header_bytes + slot * formats::evtx::chunk_bytes;
        const Result<std::size_t> got = file_.read_at(offset, chunk);
        if (got) live.add(Bytes(chunk).first(*got), offset, facts_);
    }
    live.sort();
    live_ = std::move(live);
    return *live_;
}

}  // namespace konseki::examine
