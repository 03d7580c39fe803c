#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "konseki/records/batch.h"
#include "open_item.h"

namespace konseki::examine {

/// Leaves out of a chunk's carved records those that are exact repeats of live ones elsewhere in the file.
/// (Repeats within the chunk are left out by its reader.) One per thread.
class Repeats {
  public:
    /// Other chunks that are read for one chunk. Slack of a former pass lies in one or two; where records are
    /// forged to lie in more, a repeat stays: nothing is lost by it.
    static constexpr std::size_t max_reads = 8;

    void leave_out(OpenItem& item, records::Batch& batch);

  private:
    bool is_live_elsewhere(OpenItem& item, std::uint64_t record_id, Bytes record);
    bool load(OpenItem& item, std::uint64_t offset);

    std::vector<std::byte> chunk_;
    std::uint64_t offset_ = 0;  ///< of what is in chunk_
    std::size_t size_ = 0;
    std::size_t reads_ = 0;
};

}  // namespace konseki::examine
