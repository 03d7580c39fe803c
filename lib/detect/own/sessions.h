#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/records/batch.h"

// What became of a logon: 4672 says that it has administrator rights, 4634 and 4647 that it ended. Both name it by a
// number that is unique until the host starts again. A 4672 comes at once, so nearly all of them are joined within
// their batch; only what lies at its edges, and what waits for an end, is kept as a small row and joined when all
// threads are done. Which batch a record lies in therefore changes nothing.

namespace konseki::detect::own {

/// Security 4672, 4634, 4647: where a shape holds the number of the logon.
struct SessionPlan {
    bool is_one = false;  ///< the shape has the fields of one of them
    std::uint16_t subject_id = records::SystemFields::none, target_id = records::SystemFields::none;
    std::uint16_t target_user = records::SystemFields::none;
    std::uint16_t logon_type = records::SystemFields::none;
};
SessionPlan session_plan_for(const records::Shape& shape);

/// Something that names a logon by its number.
struct SessionRow {
    enum class Kind : std::uint8_t { logon, elevated, end };

    std::uint64_t logon_id = 0;
    std::int64_t time = 0;
    std::uint64_t movement = 0;  ///< of a logon: the choice of its entry
    std::uint32_t host = 0;
    std::uint32_t account = 0;  ///< hash of the folded name; 0 where no end is waited for
    Kind kind{};
    bool is_elevated = false;  ///< of a logon: its 4672 is found

    bool operator==(const SessionRow&) const = default;
};
/// What a record of another event than a logon says of one; nothing where it says nothing.
std::optional<SessionRow> read_session(const records::Batch& batch, const records::Record& record,
                                       const SessionPlan& plan, std::uint64_t event_id);
/// Hash of a name of an account, never 0.
std::uint32_t account_hash(const records::Value& name);

/// What is known of the logons of one movement.
struct SessionSums {
    std::uint64_t elevated = 0;  ///< logons with administrator rights
    std::int64_t longest = 0;    ///< ticks from a logon to its end; 0 where no end was seen
};
/// By the choice of a movement's entry.
using SessionSumsOf = std::unordered_map<std::uint64_t, SessionSums>;

/// Gathers rows. One per thread.
class SessionCollector {
  public:
    /// `choice` decides which logons are kept past the limit, as in MovementCollector; limit: see MovementLimits.
    SessionCollector(std::uint64_t choice, std::size_t most_rows)
        : choice_(choice), most_rows_(most_rows) {}

    void add(const SessionRow& row) { batch_.push_back(row); }
    /// Joins what a batch holds, after its last record.
    void end_batch();
    /// Forgets sums of movements that are none of these.
    template <class Entries>
    void keep_only(const Entries& entries) {
        SessionSumsOf kept;
        for (const auto& entry : entries)
            if (const auto found = sums_.find(entry.choice); found != sums_.end())
                kept.insert(*found);
        sums_ = std::move(kept);
    }

    /// Joins the rows of all threads; all have the same choice and limit.
    static SessionSumsOf sum_up(std::span<const SessionCollector* const> collectors);

  private:
    /// Of 2^halvings logon numbers one is kept.
    bool is_kept(const SessionRow& row, unsigned halvings) const;
    void drop_to_limit(std::vector<SessionRow>& rows, unsigned& halvings) const;

    std::uint64_t choice_;
    std::size_t most_rows_;
    unsigned halvings_ = 0;
    std::vector<SessionRow> batch_, rows_;
    SessionSumsOf sums_;
};

}  // namespace konseki::detect::own
