#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "evtx_chunk.h"
#include "konseki/base/bytes.h"
#include "konseki/scenario/evtx_writer.h"

namespace konseki::scenario::evtx {

namespace {
constexpr std::array<std::uint32_t, 256> make_crc_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t rest = i;
        for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1) ^ (0xedb88320u & (0u - (rest & 1)));
        table[i] = rest;
    }
    return table;
}
constexpr std::array<std::uint32_t, 256> crc_table = make_crc_table();

template <class T>
void set(std::vector<std::byte>& bytes, std::size_t at, T number) {
    std::memcpy(bytes.data() + at, &number, sizeof number);
}
}  // namespace

std::uint32_t crc32(std::span<const std::byte> bytes, std::uint32_t start) {
    std::uint32_t rest = ~start;
    for (const std::byte byte : bytes)
        rest = (rest >> 8) ^ crc_table[(rest ^ static_cast<std::uint32_t>(byte)) & 0xff];
    return ~rest;
}

std::uint16_t name_hash(std::string_view utf16le) {
    std::uint32_t hash = 0;
    for (std::size_t at = 0; at + 1 < utf16le.size(); at += 2)
        hash = hash * 65599 + load_u16(as_bytes(utf16le).data() + at);
    return static_cast<std::uint16_t>(hash);
}

Record record(std::uint64_t id, std::uint64_t written, Instance instance) {
    Record made;
    made.id = id;
    made.written = written;
    made.fragments.push_back(fragment(std::move(instance)));
    return made;
}

std::vector<std::byte> file_header(const LogOptions& options, std::uint64_t first_chunk,
                                   std::uint64_t last_chunk, std::uint64_t next_record_id,
                                   std::uint64_t chunk_count) {
    std::vector<std::byte> bytes(header_bytes);
    std::memcpy(bytes.data(), "ElfFile", 8);
    set(bytes, 8, first_chunk);
    set(bytes, 16, last_chunk);
    set(bytes, 24, next_record_id);
    set(bytes, 32, std::uint32_t{128});
    set(bytes, 36, options.minor_version);
    set(bytes, 38, std::uint16_t{3});
    set(bytes, 40, std::uint16_t{4096});
    set(bytes, 42, static_cast<std::uint16_t>(chunk_count));
    set(bytes, 120, options.flags);
    if ((options.flags & 4) == 0) set(bytes, 124, crc32(Bytes(bytes).first(120)));
    return bytes;
}

struct Log::State {
    LogOptions options;
    ChunkSink sink;
    std::optional<ChunkBuilder> chunk;
    Image image;
    std::uint64_t chunks = 0, next_number = 1, next_id = 1;

    void close() {
        if (!chunk || chunk->record_count() == 0) return;
        next_number += chunk->record_count();
        const std::string bytes = chunk->finish();
        chunk.reset();
        const Bytes view = as_bytes(bytes);
        if (sink)
            sink(view);
        else
            image.bytes.insert(image.bytes.end(), view.begin(), view.end());
        ++chunks;
    }
    std::vector<std::byte> header() const {
        return file_header(options, 0, chunks == 0 ? 0 : chunks - 1, next_id, chunks);
    }
};

Log::Log(LogOptions options) : Log(options, nullptr) {}
Log::Log(LogOptions options, ChunkSink sink) : state_(std::make_unique<State>()) {
    state_->options = options;
    state_->sink = std::move(sink);
    state_->image.bytes.resize(header_bytes);
}
Log::~Log() = default;

bool Log::add(const Record& record) {
    State& state = *state_;
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (!state.chunk) state.chunk.emplace(state.options, state.next_number);
        RecordPlace place;
        if (!state.chunk->add(record, place)) {
            state.close();
            continue;
        }
        state.next_id = std::max(state.next_id, record.id + 1);
        if (!state.sink) {
            const std::uint64_t base = header_bytes + state.chunks * chunk_bytes;
            for (std::uint64_t* offset :
                 {&place.offset, &place.definition_field, &place.count_field, &place.descriptors,
                  &place.definition})
                if (*offset != 0) *offset += base;
            state.image.records.push_back(place);
        }
        return true;
    }
    return false;
}

void Log::end_chunk() { state_->close(); }

Image Log::finish() {
    state_->close();
    const std::vector<std::byte> header = state_->header();
    std::copy(header.begin(), header.end(), state_->image.bytes.begin());
    return std::move(state_->image);
}

std::vector<std::byte> Log::finish_header() {
    state_->close();
    return state_->header();
}

Image make_log(const std::vector<Record>& records, LogOptions options) {
    Log log(options);
    for (const Record& record : records) log.add(record);
    return log.finish();
}

}  // namespace konseki::scenario::evtx
