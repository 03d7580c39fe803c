#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "konseki/records/batch.h"
#include "konseki/records/shape.h"
#include "open_item.h"

namespace konseki::examine {

/// Leaves out of a chunk's carved records those that are exact repeats of live ones elsewhere in the file.
/// (Repeats within the chunk are left out by its reader.) A live record that cannot be read is none: then
/// the carved one is the better copy, or all that is left. One per thread.
class Repeats {
  public:
    /// Other chunks that are read for one chunk. Slack of a former pass lies in one or two; where records are
    /// forged to lie in more, a repeat stays: nothing is lost by it.
    static constexpr std::size_t max_reads = 8;

    Repeats();
    void leave_out(OpenItem& item, records::Batch& batch, const std::atomic<bool>* cancelled);

  private:
    bool is_live_elsewhere(OpenItem& item, const formats::evtx::LiveRecords& live,
                           std::uint64_t record_id, Bytes record);
    bool load(OpenItem& item, std::uint64_t offset);
    bool is_live_here(std::uint64_t record_id, Bytes record) const;

    /// Shapes of its own, few: only whether a record can be read is asked.
    records::ShapeTable shapes_;
    formats::evtx::ChunkReader reader_;
    records::Batch other_;                       ///< the chunk that was read last
    std::vector<const records::Record*> by_id_;  ///< its records by number
    bool is_loaded_ = false;
    std::size_t reads_ = 0;
};

}  // namespace konseki::examine
