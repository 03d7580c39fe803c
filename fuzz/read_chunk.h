#pragma once

#include <string>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/formats/evtx.h"
#include "konseki/records/batch.h"
#include "konseki/records/value.h"

namespace konseki::fuzz {

/// Everything that a reader's user would look at: every field and step of every record, as text.
inline std::string all_text(const records::Batch& batch) {
    std::string out;
    for (const records::Record& record : batch.records) {
        out += std::to_string(record.record_id) + '@' + std::to_string(record.offset) + ':';
        for (const records::Field& field : record.shape->fields) {
            if (!batch.has(record, field)) continue;
            out.append(field.path) += '=';
            append_text(out, batch.value(record, field.slot));
            out += '\n';
        }
        for (const records::Step& step : record.shape->steps) {
            out.append(step.text);
            if (step.slot != records::no_slot)
                out += std::to_string(batch.value(record, step.slot).size);
            require(step.match < record.shape->steps.size(), "a step matches none");
        }
    }
    for (const records::Damage& damage : batch.damage) out += damage.reason + '\n';
    return out;
}

/// Reads a chunk and returns all of its text.
inline std::string read_all(formats::evtx::ChunkReader& reader, Bytes chunk,
                            const formats::evtx::FileFacts& facts) {
    records::Batch batch;
    batch.bytes.assign(chunk.begin(), chunk.end());
    reader.read(batch, facts);
    return all_text(batch);
}

/// Reads a whole chunk from no more than its bytes in use: where that does, it gives the same.
inline void read_beginning(formats::evtx::ChunkReader& reader, Bytes chunk) {
    const formats::evtx::FileFacts facts{
        .no_checksums = true, .code_page = {}, .host_code_page = {}, .recover = false};
    std::vector<std::byte> whole(chunk.begin(), chunk.end());
    whole.resize(formats::evtx::chunk_bytes);
    const std::size_t in_use = formats::evtx::bytes_in_use(whole, facts);
    if (in_use == formats::evtx::chunk_bytes) return;
    records::Batch batch;
    batch.bytes.assign(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(in_use));
    if (!reader.read_beginning(batch, facts)) return;
    require(all_text(batch) == read_all(reader, whole, facts), "the rest of a chunk matters");
}

/// Reads a chunk twice with the same shapes, then with others: what a run has seen before must not show.
inline void read_in_all_ways(Bytes chunk) {
    records::ShapeTable shapes, others;
    formats::evtx::ChunkReader reader(shapes), other(others);
    const formats::evtx::FileFacts plain;
    const std::string first = read_all(reader, chunk, plain);
    require(read_all(reader, chunk, plain) == first, "a second reading differs");
    const formats::evtx::FileFacts carving{
        .no_checksums = true, .code_page = 932, .host_code_page = {}, .recover = true};
    (void)read_all(other, chunk, carving);
    require(read_all(other, chunk, plain) == first, "a reading after another differs");
    read_beginning(other, chunk);
}

}  // namespace konseki::fuzz
