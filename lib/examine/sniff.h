#pragma once

#include <optional>
#include <string>

#include "konseki/evidence/file.h"
#include "konseki/formats/evtx.h"

namespace konseki::examine {

/// What a file is, by its bytes.
struct Kind {
    bool is_evtx = false;
    std::optional<formats::evtx::FileHeader> header;  ///< absent where it is damaged
    std::string reason;                               ///< why it is not examined
};

/// Slots looked at for a chunk where the file magic is missing: 16 MB, the usual limit of a log.
inline constexpr std::uint64_t max_sniffed_slots = 256;

/// Fails where the file cannot be read.
Result<Kind> sniff(const evidence::File& file);

}  // namespace konseki::examine
