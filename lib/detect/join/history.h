#pragma once

// Correlations that ask what was before.
//
// new_terms: the values of some fields, in a group, for the first time. What is first in a log is new only if the
// log reaches back, so the group must have begun a timespan earlier: that is seen from the rows themselves.
// not_preceded: an event of the first rule, in a group, with none of the second rule in the timespan before. Again
// the second rule must have been seen (in any group) a timespan earlier. Told once per group and timespan.
//
// Both would need a row for each logon of a year. Since the first is about the earliest row of its values, and the
// second is asked by whole hours, a thread leaves out rows that cannot change the answer (HistoryFilter).

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "join/plan.h"
#include "konseki/detect/join.h"

namespace konseki::detect::join {

/// The key of a row of a historic correlation: values folded, and for not_preceded up to an `@`, since tickets name
/// an account with its realm and logons without. Nothing where a value is missing.
struct HistoryKey {
    std::string group, terms;
};
std::optional<HistoryKey> history_key(const Step& step, const Values& values);

/// Takes rows in time order.
class History {
  public:
    /// Bytes of keys at which no further ones are kept.
    static constexpr std::size_t max_key_bytes = 16u << 20;

    using Sink = std::function<void(JoinedFinding&&)>;
    History(const Plan& plan, Sink sink);
    void take(const Step& step, const JoinRow& row);
    /// Numbers of the correlations that tell nothing more, since too much was before.
    const std::set<std::uint32_t>& full() const { return full_; }

  private:
    struct Group {
        Time first;                                  ///< new_terms: of all rows
        std::set<std::string> terms;                 ///< new_terms: seen
        std::optional<std::int64_t> preceded, told;  ///< not_preceded: hours
    };
    struct Seen {
        std::map<std::string, Group> groups;
        /// Hour of the first row of the second rule, by the host that recorded it.
        std::unordered_map<std::uint32_t, std::int64_t> first_preceding;
    };
    void take_terms(const Step& step, const JoinRow& row, const Values& values, HistoryKey key);
    void take_preceded(const Step& step, const JoinRow& row, const Values& values, HistoryKey key);
    bool has_room(const Step& step, std::size_t bytes);
    void tell(const Step& step, const JoinRow& row, const Values& values);

    Sink sink_;
    std::unordered_map<std::uint32_t, Seen> seen_;  ///< by the correlation's number
    std::size_t bytes_ = 0;
    std::set<std::uint32_t> full_;  ///< correlations that found no room
};

/// Leaves out rows that cannot change what History tells. One per thread.
class HistoryFilter {
  public:
    /// Different rows that are remembered; then it forgets all and lets rows through once more.
    static constexpr std::size_t max_rows = 16'384;
    static constexpr std::size_t max_bytes = 2u << 20;

    bool is_needed(const Step& step, std::uint32_t rule, const EventPlace& place,
                   const Values& values);

  private:
    /// The order in which rows are joined: of rows at the same time one is always the first.
    using Order = std::tuple<Time, std::uint64_t, std::uint32_t, std::uint64_t>;
    std::unordered_map<std::string, Order> earliest_;
    std::size_t bytes_ = 0;  ///< of its keys
};

}  // namespace konseki::detect::join
