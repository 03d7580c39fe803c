#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hosts.h"
#include "konseki/base/arena.h"
#include "konseki/findings/examination.h"
#include "konseki/records/batch.h"
#include "log_reach.h"

namespace konseki::examine {

/// Counts records by (host, channel, provider, event id). One per thread: a record like the one before of its
/// shape costs a comparison of its raw values, another of a kind seen before one hash of them and one look-up.
class LogCounter {
  public:
    /// Whose a record is.
    struct Owner {
        std::uint32_t host = 0;                  ///< number in the HostTable
        std::uint32_t log = ReachStore::no_log;  ///< number in the ReachStore; none past the cap
    };

    /// `choice` decides which kinds are kept past the caps: the same for the same input.
    struct Setup {
        std::uint64_t seed = 0, choice = 0;
        Caps caps = {};
    };

    LogCounter(HostTable& hosts, ReachStore& reach, const Setup& setup);

    /// Says whose a record is without counting it.
    Owner owner(const records::Batch& batch, const records::Record& record);
    /// Counts a record and says whose it is.
    Owner count(const records::Batch& batch, const records::Record& record);

  private:
    friend class LogSums;
    struct Kind {
        std::string_view key;  ///< raw values, see make_key
        std::uint64_t hash = 0;
        std::uint64_t choice = 0;  ///< smaller ones are kept
        std::uint64_t group = 0;   ///< of those of its host as written
        Owner owner;
        std::string computer, channel, provider;
        std::uint64_t event_id = 0;
        std::uint64_t records = 0;
        findings::Span span;
        std::uint32_t first_item = 0;  ///< earliest place, which decides how the host is written
        std::uint64_t first_offset = 0;
    };
    /// The kind that a record of a shape had last: mostly the next one's, too. What a shape says itself (in a
    /// literal) needs no comparison.
    struct Recent {
        struct Part {
            std::uint16_t field = 0, key_at = 0;
        };
        const records::Shape* shape = nullptr;
        std::uint32_t kind = 0;  ///< index into kinds_
        std::uint32_t part_count = 0;
        std::array<Part, 4> parts;
    };
    /// Parts `kinds` into those that the caps allow, in front, and the others; gives the number of the first.
    static std::size_t sort_out(const Caps& caps, std::vector<const Kind*>& kinds);
    static void absorb(Kind& into, const Kind& other);
    void make_key(const records::Batch& batch, const records::Record& record);
    bool is_recent(const Recent& recent, const records::Batch& batch,
                   const records::Record& record) const;
    void note_recent(const records::Shape& shape, const Kind& kind);
    Kind& find(const records::Batch& batch, const records::Record& record);
    Kind& find_or_add(const records::Batch& batch, const records::Record& record);
    Kind* known_kind();
    Kind& add(Kind kind);
    Kind make_kind(const records::Batch& batch, const records::Record& record) const;
    void add_to(Kind& kind, const records::Batch& batch, const records::Record& record);
    void leave_out();
    void enter(std::size_t number);
    void rebuild(std::size_t size);

    HostTable& hosts_;
    ReachStore& reach_;
    Setup setup_;
    std::string key_;
    std::uint64_t hash_ = 0;       ///< of key_
    std::size_t group_bytes_ = 0;  ///< of key_: the host as written
    Arena keys_;
    std::vector<Kind> kinds_;
    std::vector<std::uint32_t> table_;  ///< index + 1 into kinds_, 0 = free; size is a power of two
    std::vector<Recent> recent_;        ///< by the number of the shape
    std::unordered_map<std::uint64_t, std::size_t> groups_;  ///< kinds of each
    std::vector<Kind> others_;  ///< by host number: what was of kinds that are left out
    std::uint64_t not_counted_ = 0;
};

/// The sums of all threads, in the order of outputs.
class LogSums {
  public:
    explicit LogSums(const Caps& caps) : caps_(caps) {}

    void add(const LogCounter& counter);
    /// Fills hosts, logs and logs_not_counted; gives for each host number its index in
    /// `examination.hosts`.
    std::vector<std::uint32_t> fill(const HostTable& hosts, findings::Examination& examination);

  private:
    /// A host while it is summed up.
    struct HostSum {
        findings::HostInfo info;
        std::uint32_t number = 0;
        std::uint32_t first_item = 0;
        std::uint64_t first_offset = 0;
    };
    static void add_host(const LogCounter::Kind& kind, std::vector<HostSum>& sums);
    std::vector<std::uint32_t> fill_hosts(const HostTable& hosts,
                                          findings::Examination& examination) const;
    std::size_t sort_out();
    void fill_logs(std::size_t kept, const std::vector<std::uint32_t>& host_index,
                   std::vector<findings::LogCount>& logs) const;

    Caps caps_;
    std::vector<const LogCounter::Kind*> kinds_;  ///< of all threads
    std::vector<const LogCounter::Kind*> hosts_only_;
    std::uint64_t not_counted_ = 0;
};

}  // namespace konseki::examine
