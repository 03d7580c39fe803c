#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/options.h"
#include "konseki/findings/examination.h"
#include "konseki/records/batch.h"

namespace konseki::examine {

/// The order of the lines.
enum class LineOrder : std::uint8_t {
    place,  ///< by (path, offset)
    time,   ///< by (time, path, offset), sorted outside memory
};

/// Where a worker puts the text that it makes of records.
class LineSink {
  public:
    virtual ~LineSink() = default;
    /// Text for one record, or all lines of the batch with its first; line ends included. By place it must stay
    /// as it is until the lines of the next batch are made.
    virtual void add(const records::Record& record, std::string_view text) = 0;
};

/// Turns the records of a batch into text. One per thread.
using MakeLines = std::move_only_function<void(const records::Batch&, LineSink&)>;
/// Takes text in order; false where nobody reads it any more, which ends the run.
using Emit = std::function<bool(std::string_view)>;

/// Reads the items and gives the text of their records in order, the same for any number of threads.
/// `make` is called once per thread. Fails with `cancelled` when emit said that nobody reads, and with `io`
/// where the spill folder cannot be used (order by time only).
Result<findings::Reading> stream_lines(const std::vector<evidence::Item>& items, LineOrder order,
                                       const std::function<MakeLines()>& make, const Emit& emit,
                                       const Options& options);

}  // namespace konseki::examine
