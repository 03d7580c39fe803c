#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "konseki/base/bytes.h"

namespace konseki::containers {

inline constexpr std::size_t tar_block_bytes = 512;

/// One header block.
struct TarHeader {
    std::string name;  ///< raw bytes
    std::uint64_t size = 0;
    char type = '0';
    bool has_more_sparse_blocks = false;  ///< GNU's type S: further map blocks follow
};

bool has_tar_checksum(Bytes block);
/// Fails where the checksum or a number is wrong.
Result<TarHeader> read_tar_header(Bytes block);

/// What the headers before an entry say about it.
struct TarOverride {
    std::optional<std::string> path;
    std::optional<std::uint64_t> size;
    bool is_sparse = false;
};
/// The records of a pax extended header, `<length> <key>=<value>\n` each.
Result<void> read_pax_records(Bytes bytes, TarOverride& out);

}  // namespace konseki::containers
