#include "corpus_files.h"

#include <algorithm>

#include "test_data.h"

namespace konseki::slow_sigma {

FileCount read_file(const std::filesystem::path& path, formats::evtx::ChunkReader& reader,
                    const std::function<void(const records::Batch&)>& sink) {
    namespace evtx = formats::evtx;
    const std::string content = read_text(path);
    const Bytes bytes = as_bytes(content);
    evtx::FileFacts facts;
    if (const auto header =
            evtx::read_file_header(bytes.first(std::min<std::size_t>(bytes.size(), 128))))
        facts.no_checksums = header->has_no_checksums();
    FileCount count;
    records::Batch batch;
    for (std::uint64_t slot = 0; slot < evtx::slot_count(bytes.size()); ++slot) {
        const std::uint64_t offset = evtx::file_header_bytes + slot * evtx::chunk_bytes;
        if (offset >= bytes.size()) break;
        const Bytes chunk = bytes.subspan(
            offset, std::min<std::uint64_t>(evtx::chunk_bytes, bytes.size() - offset));
        batch.clear();
        batch.base_offset = offset;
        batch.bytes.assign(chunk.begin(), chunk.end());
        reader.read(batch, facts);
        for (const records::Record& record : batch.records)
            count.records += record.recovered ? 0 : 1;
        count.damage += batch.damage.size();
        sink(batch);
    }
    return count;
}

}  // namespace konseki::slow_sigma
