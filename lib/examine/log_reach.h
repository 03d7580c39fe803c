#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hosts.h"
#include "konseki/examine/options.h"
#include "konseki/findings/examination.h"
#include "konseki/records/batch.h"
#include "stretch_set.h"

namespace konseki::examine {

/// Which numbers and hours the logs of a run have. Logs are numbered in the order in which threads meet them:
/// numbers never reach an output. Thread-safe.
class ReachStore {
  public:
    static constexpr std::uint32_t no_log = 0xffffffff;
    /// Breaks of a file's numbers within its chunks. A live log has next to none. While it is read a set of numbers
    /// takes memory for these and one piece per chunk, in whatever order the threads bring them.
    static constexpr std::size_t max_breaks = 262'144;

    /// `choice` decides which logs are told past the caps: the same for the same input.
    struct Setup {
        std::uint64_t choice = 0;
        Caps caps = {};
        std::size_t breaks = max_breaks;
    };
    explicit ReachStore(const HostTable& hosts) : ReachStore(hosts, Setup{}) {}
    ReachStore(const HostTable& hosts, const Setup& setup) : hosts_(hosts), setup_(setup) {}

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
        bool is_break = false;  ///< of numbers only: not the first of its chunk
    };

    /// The number of a host's log; the host is a number of the HostTable. None for a log that the caps leave out.
    std::uint32_t number(std::uint32_t host, std::string_view channel);
    void add(std::span<const Piece> pieces);
    /// In the order of outputs; `host_index` gives for each host number its index.
    std::vector<findings::LogReach> reaches(const std::vector<std::uint32_t>& host_index);
    /// Records of logs that the caps leave out; ask after reaches().
    std::uint64_t left_out() const { return left_out_; }

  private:
    using Key = std::pair<std::uint32_t, std::string>;  ///< host, folded channel
    struct Log {
        std::uint32_t host = 0;
        std::uint64_t choice = 0;  ///< smaller ones are kept
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
    struct FileNumbers {
        StretchSet set;
        std::size_t breaks = 0;
    };
    /// Logs of a host that are kept, and the largest choice that a new one may have.
    struct HostLogs {
        std::size_t count = 0;
        std::uint64_t limit = ~std::uint64_t{0};
    };
    std::uint32_t add_log(const Key& key, std::string_view channel);
    void leave_out(const Caps& caps);
    void add_numbers(const Piece& piece);
    const Numbers& numbers_of(const std::set<std::uint32_t>& items);
    findings::LogReach reach_of(Log& log);

    const HostTable& hosts_;
    const Setup setup_;
    std::mutex mutex_;
    std::map<Key, std::uint32_t> known_;
    std::vector<std::unique_ptr<Log>> logs_;   ///< null where it is left out
    std::map<std::uint32_t, HostLogs> kept_;   ///< by host
    std::uint64_t limit_ = ~std::uint64_t{0};  ///< the largest choice that a new log may have
    std::uint64_t left_out_ = 0;
    std::map<std::uint32_t, FileNumbers> numbers_;     ///< by item
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
    bool has_sequence_ = false, is_break_ = false;
    Stretch sequence_;  ///< of record numbers
    std::uint64_t batches_ = 0;
    std::vector<ReachStore::Piece> pieces_;
};

}  // namespace konseki::examine
