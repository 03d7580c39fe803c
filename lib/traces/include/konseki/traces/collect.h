#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/base/time.h"
#include "konseki/records/batch.h"
#include "konseki/traces/trace.h"

namespace konseki::traces {

inline constexpr std::size_t max_written = 3;
inline constexpr std::size_t max_hosts = 20;
inline constexpr std::size_t max_lines = 20;
/// A host name longer than this is cut: DNS allows 253.
inline constexpr std::size_t max_host_bytes = 256;

/// A place in the evidence: one record.
struct Place {
    records::ItemId item{};
    std::uint64_t offset = 0;
    auto operator<=>(const Place&) const = default;
};

/// All that a run knows about one value. Every member is the same whatever the number of threads, the
/// order of batches or the memory cap.
struct TraceLine {
    TraceType type{};
    std::string value;
    std::vector<std::string> written;  ///< at most max_written spellings, the earliest places first
    Time first, last;                  ///< of records with a sound time; Time{} where there is none
    std::uint64_t count = 0;           ///< how often it stands in fields of records
    std::vector<std::string> hosts;  ///< as written; at most max_hosts, the smallest in byte order
    std::vector<Place> lines;        ///< records; at most max_lines, the earliest
    std::string domain;              ///< registered domain, or empty
    std::uint8_t level = 0;          ///< highest level given to take(); 0 = no finding touched it
    bool victim = false;
};

/// Where sorted runs go when memory is short: a file that only grows. Given by the caller, who also
/// removes it. Used by one thread at a time.
class RunStore {
  public:
    virtual ~RunStore() = default;
    /// Adds bytes at the end.
    virtual Result<void> append(Bytes bytes) = 0;
    /// Fills `out` from `offset`; all of it was appended before.
    virtual Result<void> read(std::uint64_t offset, std::span<std::byte> out) = 0;
};

/// A RunStore in memory, for tests and small runs.
class MemoryRunStore final : public RunStore {
  public:
    Result<void> append(Bytes bytes) override;
    Result<void> read(std::uint64_t offset, std::span<std::byte> out) override;
    std::size_t size() const { return bytes_.size(); }

  private:
    std::vector<std::byte> bytes_;
};

struct CollectorOptions {
    /// All collectors of a run together stay below this and the merge below merge_memory_bytes.
    static constexpr std::size_t run_memory_bytes = 18u << 20;
    static constexpr std::size_t merge_memory_bytes = 16u << 20;

    /// For one collector: run_memory_bytes / threads.
    std::size_t memory_bytes = run_memory_bytes;
    /// Random, so that evidence cannot aim at the table. Never shows in the lines.
    std::uint64_t seed = 0;
};

/// A trace of one record of a batch.
struct RecordTrace {
    std::uint32_t record = 0;  ///< index into Batch::records
    TraceType type{};
    std::string_view value;  ///< normal form
};

/// Extracts and aggregates the traces of batches. One per thread, each with its own store; batches may
/// come in any order. Costs nothing per record that has been seen before but table look-ups; when its
/// memory is full it writes a sorted run to the store and starts again.
class Collector {
  public:
    /// The store must outlive the collector and the TraceLines made from it.
    Collector(const CollectorOptions& options, RunStore& store);
    ~Collector();
    Collector(Collector&&) noexcept;
    Collector& operator=(Collector&&) noexcept;

    /// The level of a record that is not to be taken (outside the time limits).
    static constexpr std::uint8_t leave_out = 0xff;
    /// All records of a batch. `levels` is empty or has one number per record: 0 = no finding, else the
    /// level of the highest finding on it, in the caller's own scale (1 + findings::Level), or leave_out.
    /// Fails only where the store does.
    Result<void> take(const records::Batch& batch, std::span<const std::uint8_t> levels);
    /// The same for one record; slower.
    Result<void> take(const records::Batch& batch, const records::Record& record,
                      std::uint8_t level);

    /// Traces of those records of the batch last taken whose level was not 0: record by record, in the order
    /// of their fields; a trace that stands in a record twice comes twice. Valid until the next take().
    std::span<const RecordTrace> found() const;

    /// Bytes held, for tests of the cap.
    std::size_t memory_used() const;

  private:
    friend class TraceLines;
    struct State;
    std::unique_ptr<State> state_;
};

/// The lines of a whole run, in the order of (type, value in byte order), as a stream.
class TraceLines {
  public:
    /// Ends the collectors of all threads. Where they wrote more runs than can be merged at once, runs are
    /// merged to the first collector's store beforehand.
    static Result<TraceLines> open(std::vector<Collector> collectors);
    ~TraceLines();
    TraceLines(TraceLines&&) noexcept;
    TraceLines& operator=(TraceLines&&) noexcept;

    /// The next line, its members replaced; false at the end.
    Result<bool> next(TraceLine& line);

  private:
    struct State;
    explicit TraceLines(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace konseki::traces
