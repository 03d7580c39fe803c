#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/options.h"
#include "konseki/findings/examination.h"
#include "konseki/records/batch.h"

namespace konseki::examine {

/// What one thread does with the records of a chunk. `sequence` counts the chunks of the run in the order
/// of (path, offset) without a gap. An error ends the run; an exception is damage of the chunk.
using TakeBatch =
    std::move_only_function<Result<void>(records::Batch& batch, std::uint64_t sequence)>;

/// Reads all items with options.threads threads. `make` is called once per thread, before it starts, by
/// the calling thread. `on_stop` is called when the run ends early, to wake whoever waits in a TakeBatch.
/// Fails with what a TakeBatch failed with; cancelling is not a failure but `partial`.
Result<findings::Reading> read_all(const std::vector<evidence::Item>& items, const Options& options,
                                   const std::function<TakeBatch()>& make,
                                   const std::function<void()>& on_stop);

/// Whether the person asked for a part of the time only.
bool has_time_limits(const Options& options);
/// Takes records out of the batch that lie outside of the time asked for. read_all() gives all records, since
/// how far a log reaches does not depend on what was asked.
void leave_out_by_time(records::Batch& batch, const Options& options);

}  // namespace konseki::examine
