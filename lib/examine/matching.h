#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "hit_rows.h"
#include "hosts.h"
#include "konseki/base/result.h"
#include "konseki/detect/check.h"
#include "konseki/detect/join.h"
#include "konseki/detect/match.h"
#include "konseki/detect/movements.h"
#include "konseki/examine/options.h"
#include "konseki/findings/printer.h"
#include "konseki/records/batch.h"
#include "konseki/traces/collect.h"
#include "log_counter.h"
#include "log_reach.h"
#include "row_sorter.h"
#include "spill.h"

namespace konseki::examine {

/// What the threads of a check share. The mutex guards the two sorters.
struct MatchingShared {
    detect::Engine& engine;
    SpillFile& entries;
    HostTable& hosts;
    ReachStore& reach;
    RowSorter& hits;
    RowSorter& joins;
    std::mutex& mutex;
    const Options& options;
    const findings::WorkDays& days;
    std::uint64_t choice = 0;  ///< the same for the same input: what is kept past a cap
};

/// What one thread does with a batch: counts, rules, traces.
class Matching {
  public:
    Matching(const MatchingShared& shared, std::unique_ptr<findings::FindingPrinter> printer);

    void collect_traces(const traces::CollectorOptions& options, traces::RunStore& store);
    /// Takes records out that lie outside of the time asked for. Fails where the spill does, and where the table
    /// of hosts is over.
    Result<void> take(records::Batch& batch);
    /// Writes what was gathered; call after the last batch too.
    Result<void> flush();

    const LogCounter& counter() const { return counter_; }
    const detect::MovementCollector& movements() const { return movements_; }
    void move_collector(std::vector<traces::Collector>& to);

  private:
    void match(const records::Batch& batch);
    void leave_out(records::Batch& batch);
    void count(const records::Batch& batch);
    void note_levels(const records::Batch& batch);
    std::span<const traces::RecordTrace> traces_of(std::uint32_t record);
    void gather(const records::Batch& batch);
    void gather_record(const records::Batch& batch, std::size_t first, std::size_t last);
    void append_why(const records::Batch& batch, const detect::Hit& hit);

    MatchingShared shared_;
    LogCounter counter_;
    ReachTracker reach_;
    detect::MovementCollector movements_;
    detect::Matcher matcher_;
    detect::HitCheck check_;
    detect::JoinFeeder feeder_;
    std::optional<traces::Collector> collector_;
    std::unique_ptr<findings::FindingPrinter> printer_;
    std::vector<detect::Hit> hits_;
    std::vector<std::uint32_t> hosts_;  ///< per record
    std::vector<std::uint32_t> logs_;  ///< per record, those outside of the time asked for included
    std::vector<std::uint8_t> levels_;  ///< per record: 1 + highest level of its findings
    std::span<const traces::RecordTrace> traces_;  ///< of records with findings, not yet printed
    std::vector<findings::MatchedValue> matched_;
    std::vector<findings::UncheckedFilter> unchecked_;
    std::vector<std::string_view> unchecked_fields_;
    std::vector<std::byte> whys_;        ///< hit entries, in the order of hits_
    std::vector<std::size_t> why_ends_;  ///< per hit: where its entry ends in whys_
    std::vector<std::byte> entries_;     ///< not written yet; rows count from its start until it is
    std::vector<HitRow> rows_;
    std::vector<detect::JoinRow> join_rows_;
    std::size_t join_key_bytes_ = 0;  ///< of these rows
    std::vector<std::byte> join_bytes_;
};

}  // namespace konseki::examine
