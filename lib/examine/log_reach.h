#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
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

    /// What a thread saw in one piece of a file.
    struct Piece {
        enum class Kind : std::uint8_t {
            numbers,  ///< of the file: records that follow one another
            hours,    ///< of a log in the file
        };
        Kind kind = Kind::numbers;
        std::uint32_t item = 0;
        std::uint32_t log = no_log;  ///< of hours only
        std::uint64_t records = 0;   ///< of hours only
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
        StretchSet hours;
        std::set<std::uint32_t> items;  ///< files that it has records in
    };
    /// The numbers of one file or of several, as they are told.
    struct Numbers {
        std::uint64_t lowest = 0, highest = 0, missing = 0, jumps = 0;
        bool is_torn = false;
        std::vector<findings::LogGap> gaps;
    };
    const Numbers& numbers_of(const std::set<std::uint32_t>& items);
    findings::LogReach reach_of(Log& log);

    std::mutex mutex_;
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> known_;  ///< by folded channel
    std::deque<Log> logs_;
    std::map<std::uint32_t, StretchSet> numbers_;      ///< by item
    std::map<std::set<std::uint32_t>, Numbers> told_;  ///< by items: many hosts share a file
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
        std::uint64_t batch = 0;  ///< that it was last seen in
        std::uint64_t records = 0;
        bool has_hours = false;
        Stretch hours;
    };
    void add_hour(std::uint32_t log, Open& open, Time time);
    void add_number(const records::Record& record);
    void end_sequence();
    void end_hours(std::uint32_t log, Open& open);

    ReachStore& store_;
    std::vector<Open> open_;              ///< by log
    std::vector<std::uint32_t> touched_;  ///< logs in the batch at hand
    std::uint32_t item_ = 0;              ///< of the batch at hand
    bool has_sequence_ = false;
    Stretch sequence_;  ///< of record numbers
    std::uint64_t batches_ = 0;
    std::vector<ReachStore::Piece> pieces_;
};

}  // namespace konseki::examine
