#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "konseki/formats/evtx.h"
#include "konseki/records/batch.h"

namespace konseki::slow_sigma {

/// What reading one file gave.
struct FileCount {
    std::uint64_t records = 0;
    std::uint64_t damage = 0;
};

/// Reads all live records of an EVTX file, chunk by chunk.
FileCount read_file(const std::filesystem::path& path, formats::evtx::ChunkReader& reader,
                    const std::function<void(const records::Batch&)>& sink);

}  // namespace konseki::slow_sigma
