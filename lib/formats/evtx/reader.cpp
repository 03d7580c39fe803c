#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "evtx/chunk.h"
#include "evtx/decoder.h"
#include "konseki/formats/evtx.h"

namespace konseki::formats::evtx {

namespace {

using records::Batch;
using records::Damage;
using records::Record;

/// Event times beyond a record: never set.
constexpr Time never{};

Time time_of(const Batch& batch, const Record& record, std::uint64_t written) {
    // The header's time is 1601 in a third of the samples; the event's own is what Windows shows.
    const Time created = records::as_time(batch.field(record, record.shape->system.time));
    return created != never ? created : Time::from_filetime(written);
}

/// The carved records that are no exact repeat of a live one: same number, same time, same bytes.
std::vector<RecordPlace> without_repeats(Bytes chunk, const std::vector<RecordPlace>& carved,
                                         std::vector<RecordPlace> live) {
    std::ranges::stable_sort(live, {}, &RecordPlace::record_id);
    const auto repeats = [&](const RecordPlace& one) {
        return std::ranges::any_of(
            std::ranges::equal_range(live, one.record_id, {}, &RecordPlace::record_id),
            [&](const RecordPlace& other) {
                return other.size == one.size &&
                       std::memcmp(chunk.data() + other.offset, chunk.data() + one.offset,
                                   one.size) == 0;
            });
    };
    std::vector<RecordPlace> kept;
    std::ranges::copy_if(carved, std::back_inserter(kept),
                         [&](const RecordPlace& one) { return !repeats(one); });
    return kept;
}

}  // namespace

struct ChunkReader::State {
    explicit State(records::ShapeTable& shapes) : decoder(shapes) {}

    void read(Batch& batch, const FileFacts& facts);
    bool read_beginning(Batch& batch, const FileFacts& facts);
    void read_live(Batch& batch, const RecordPlace& place);
    void read_carved(Batch& batch, const RecordPlace& place);
    void finish(Batch& batch, Record& record, const RecordPlace& place) const;

    Decoder decoder;
    ChunkPlan plan;  ///< of the chunk at hand
    std::uint64_t base_offset = 0;
    /// For carved records that cannot be decoded: a shape without fields.
    records::Shape empty_shape;
};

void ChunkReader::State::finish(Batch& batch, Record& record, const RecordPlace& place) const {
    record.offset = base_offset + place.offset;
    record.size = place.size;
    record.record_id = place.record_id;
    record.time = time_of(batch, record, place.written);
    batch.records.push_back(record);
}

void ChunkReader::State::read_live(Batch& batch, const RecordPlace& place) {
    Record record;
    // Up to the size's copy behind the record.
    const Result<void> decoded =
        decoder.decode(place.offset + record_header_bytes, place.offset + place.size - 4, record);
    if (!decoded) {
        batch.damage.push_back({base_offset + place.offset, place.size,
                                "record " + std::to_string(place.record_id) +
                                    " cannot be read: " + decoded.error().message});
        return;
    }
    finish(batch, record, place);
}

void ChunkReader::State::read_carved(Batch& batch, const RecordPlace& place) {
    Record record;
    const Result<void> decoded =
        decoder.decode(place.offset + record_header_bytes, place.offset + place.size - 4, record);
    if (!decoded) {
        // Its template was overwritten: number and time are all that is left, and they are evidence.
        record.shape = &empty_shape;
        record.first_value = static_cast<std::uint32_t>(batch.values.size());
        record.notes = static_cast<std::uint8_t>(records::Note::value_damaged);
    }
    record.recovered = true;
    finish(batch, record, place);
}

void ChunkReader::State::read(Batch& batch, const FileFacts& facts) {
    base_offset = batch.base_offset;
    decoder.start_chunk(batch, facts);
    plan_chunk(batch.bytes, facts, plan);
    for (Damage& damage : plan.damage) {
        damage.offset += base_offset;
        batch.damage.push_back(std::move(damage));
    }
    decoder.check_template_ids(false);
    for (const RecordPlace& place : plan.live) read_live(batch, place);
    if (!facts.recover) return;
    decoder.check_template_ids(true);
    const std::vector<RecordPlace> carved =
        carve(batch.bytes, std::max(plan.live_end, chunk_header_bytes));
    for (const RecordPlace& place : without_repeats(batch.bytes, carved, plan.live))
        read_carved(batch, place);
}

bool ChunkReader::State::read_beginning(Batch& batch, const FileFacts& facts) {
    if (!plan_beginning(batch.bytes, facts, plan)) return false;
    base_offset = batch.base_offset;
    decoder.start_chunk(batch, facts);
    decoder.check_template_ids(false);
    for (const RecordPlace& place : plan.live) read_live(batch, place);
    // A name or a template may lie behind: what cannot be read here is asked for again.
    constexpr auto damaged = static_cast<std::uint8_t>(records::Note::value_damaged);
    if (decoder.template_was_cut() || !batch.damage.empty()) return false;
    return std::ranges::none_of(batch.records,
                                [](const Record& record) { return (record.notes & damaged) != 0; });
}

ChunkReader::ChunkReader(records::ShapeTable& shapes) : state_(std::make_unique<State>(shapes)) {}
ChunkReader::~ChunkReader() = default;

void ChunkReader::read(Batch& batch, const FileFacts& facts) { state_->read(batch, facts); }

bool ChunkReader::read_beginning(Batch& batch, const FileFacts& facts) {
    return state_->read_beginning(batch, facts);
}

bool ChunkReader::wants_host_code_page() const { return state_->decoder.wants_host_code_page(); }

}  // namespace konseki::formats::evtx
