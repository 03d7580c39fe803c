#pragma once

#include <cstdint>

#include "konseki/containers/entry.h"

namespace konseki::containers {

/// Counts what a container costs and says when a limit is reached.
class Meter {
  public:
    Meter(const Limits& limits, std::uint64_t packed_bytes)
        : limits_(limits), packed_bytes_(packed_bytes) {}

    Result<void> add_entry();
    /// Before an entry of this size is unpacked.
    Result<void> check_entry_size(std::uint64_t bytes) const;
    /// Counts nothing where a limit would be passed, so that one lying entry does not hide the others.
    Result<void> add_bytes(std::uint64_t bytes);

  private:
    const Limits& limits_;
    std::uint64_t packed_bytes_;
    std::uint64_t entries_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace konseki::containers
