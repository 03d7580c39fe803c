// The BinXML of one record in an otherwise sound chunk, whose first record brings names and templates.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "konseki/formats/evtx.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "read_chunk.h"

namespace {
namespace evtx = konseki::scenario::evtx;

void put_u32(std::vector<std::byte>& bytes, std::size_t at, std::size_t number) {
    const auto narrow = static_cast<std::uint32_t>(number);
    std::memcpy(bytes.data() + at, &narrow, sizeof narrow);
}

/// The header and first record of a chunk.
std::vector<std::byte> sound_start() {
    const evtx::Image image = evtx::process_log(1);
    const auto chunk = image.bytes.begin() + evtx::header_bytes;
    return {chunk, chunk + evtx::chunk_header_bytes + image.records[0].size};
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<std::byte> start = sound_start();
    constexpr std::size_t record_header = 24;
    std::vector<std::byte> chunk = start;
    const std::size_t at = chunk.size();
    size = std::min(size, evtx::chunk_bytes - at - record_header - 4);
    const std::size_t record = record_header + size + 4;
    chunk.resize(at + record);
    put_u32(chunk, at, 0x2a2a);
    put_u32(chunk, at + 4, record);
    put_u32(chunk, at + 8, 2);
    if (size != 0) std::memcpy(chunk.data() + at + record_header, data, size);
    put_u32(chunk, at + record - 4, record);
    put_u32(chunk, 44, at);
    put_u32(chunk, 48, chunk.size());
    chunk.resize(evtx::chunk_bytes);
    konseki::fuzz::read_in_all_ways(chunk);
    return 0;
}
