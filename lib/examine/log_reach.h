#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/records/batch.h"
#include "stretch_set.h"

namespace konseki::examine {

/// Which numbers and hours the logs of a run have. Logs are numbered in the order in which threads meet them:
/// numbers never reach an output. Thread-safe.
class ReachStore {
  public:
    static constexpr std::uint32_t no_log = 0xffffffff;

    /// What a thread saw of a log in one piece of it.
    struct Piece {
        enum class Kind : std::uint8_t { numbers, hours };
        std::uint32_t log = no_log;
        Kind kind = Kind::numbers;
        std::uint64_t records = 0;  ///< of hours only
        Stretch stretch;
    };

    /// The number of a host's log; the host is a number of the run's HostTable.
    std::uint32_t number(std::uint32_t host, std::string_view channel);
    void add(std::span<const Piece> pieces);
    /// In the order of outputs; `host_index` gives for each host number its index.
    std::vector<findings::LogReach> reaches(const std::vector<std::uint32_t>& host_index);

  private:
    struct Log {
        std::uint32_t host = 0;
        std::string channel;
        std::uint64_t records = 0;
        findings::Span span;
        StretchSet numbers, hours;
    };
    static findings::LogReach reach_of(Log& log);

    std::mutex mutex_;
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> known_;  ///< by folded channel
    std::deque<Log> logs_;
};

/// Finds what is missing in logs while their records go by, in the order in which they stand in the file. One
/// per thread.
class ReachTracker {
  public:
    explicit ReachTracker(ReachStore& store) : store_(store) {}

    /// `logs` gives for each record of the batch the number of its log.
    void take(const records::Batch& batch, std::span<const std::uint32_t> logs);
    /// Hands over what was gathered; call after the last batch.
    void flush();

  private:
    /// What is open of one log in the batch at hand.
    struct Open {
        std::uint64_t batch = 0;     ///< that it was last seen in
        std::uint64_t sequence = 0;  ///< of record numbers that it was last seen in
        std::uint64_t records = 0;
        bool has_hours = false;
        Stretch hours;
    };
    void add_hour(std::uint32_t log, Open& open, Time time);
    void add_number(std::uint32_t log, Open& open, const records::Record& record);
    void end_sequence();
    void end_hours(std::uint32_t log, Open& open);

    ReachStore& store_;
    std::vector<Open> open_;                    ///< by log
    std::vector<std::uint32_t> touched_;        ///< logs in the batch at hand
    std::vector<std::uint32_t> sequence_logs_;  ///< logs with a record in the sequence
    Stretch sequence_;
    std::uint64_t batches_ = 0, sequences_ = 0;
    std::vector<ReachStore::Piece> pieces_;
};

}  // namespace konseki::examine
