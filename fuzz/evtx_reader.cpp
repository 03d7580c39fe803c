// A file: its header where it has one, and its first chunks; bytes without the file's magic are a chunk.

#include <algorithm>
#include <cstdint>
#include <span>

#include "konseki/formats/evtx.h"
#include "read_chunk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace konseki;
    Bytes file = std::as_bytes(std::span(data, size));
    if (!formats::evtx::has_file_magic(file)) {
        fuzz::read_in_all_ways(file.first(std::min(size, formats::evtx::chunk_bytes)));
        return 0;
    }
    if (const auto header = formats::evtx::read_file_header(file))
        (void)formats::evtx::check_header(*header, size, formats::evtx::slot_count(size));
    for (std::size_t at = formats::evtx::file_header_bytes; at < size;
         at += formats::evtx::chunk_bytes)
        fuzz::read_in_all_ways(file.subspan(at, std::min(size - at, formats::evtx::chunk_bytes)));
    return 0;
}
