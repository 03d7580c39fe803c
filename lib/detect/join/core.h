#pragma once

// Correlations over rows in time order.
//
// A group (correlation, group-by values) holds one window of at most the timespan. Two kinds:
// - Counts and temporal types. While the condition is not reached from below, events older than the
//   timespan drop out at the front. Once it is reached, the window is fixed at its oldest event and
//   takes everything up to its end; then the whole condition is asked (an upper bound may have been
//   passed).
// - Numeric types. They are asked when the timespan since the oldest event is over; if they fail,
// that
//   event is dropped and the next one begins a window.
// Either way a finding takes the whole window and the group starts anew behind it, and a window
// with too much is dropped as a whole, so that its tail is not taken for a window of its own.
//
// A finding of a correlation that is listed by others comes when its window is over, thus late.
// Rows of the listing correlation wait for it (Step::delay_ticks). Everything that lies in the
// future stands in one agenda in time order.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "join/measure.h"
#include "join/plan.h"
#include "konseki/detect/join.h"

namespace konseki::detect::join {

/// What happened once for a correlation: an event, or a finding of a listed correlation.
struct Element {
    Counted counted;
    std::uint64_t record_id = 0;
    std::uint64_t count = 1;         ///< events behind it
    std::vector<EventPlace> places;  ///< the first of them
    EventPlace last;                 ///< the last of them
    std::string carried;             ///< packed values for the correlations above
};

class Core {
  public:
    using Sink = std::function<void(JoinedFinding&&)>;
    /// `plan` must outlive the core.
    Core(const Plan& plan, Sink sink, std::size_t max_bytes);

    void take(const JoinRow& row);
    void finish();
    /// Groups closed early because of the memory cap, of all steps and per step of the plan.
    std::uint64_t evicted() const;
    const std::vector<std::uint64_t>& evicted_of_steps() const { return evicted_; }

  private:
    struct Group;
    /// Rows come before ends of windows at the same time: a timespan includes its last tick.
    enum class Kind : std::uint8_t { row, end };
    struct Due {
        std::int64_t at = 0;
        Kind kind = Kind::row;
        std::uint64_t record_id = 0;
        std::uint64_t sequence = 0;
        auto operator<=>(const Due&) const = default;
    };
    struct Pending {
        std::uint32_t step = 0;
        std::string key;  ///< of the group
        Values shown;     ///< group-by values as written
        Element element;
        std::size_t bytes = 0;
    };
    struct Task {
        Group* group = nullptr;  ///< end of its window
        Pending pending;         ///< else a row
    };
    using Agenda = std::map<Due, Task>;
    struct Group {
        explicit Group(const sigma::Correlation& correlation) : measure(correlation) {}
        std::uint32_t step = 0;
        std::string key;
        Values shown;
        Measure measure;
        std::deque<Element> elements;  ///< of a window that is not reached
        bool reached = false;
        Time first;  ///< of the fixed window
        Time fired;  ///< when the condition was reached
        std::uint64_t fired_record = 0;
        JoinedFinding finding;  ///< collects a fixed window
        std::set<std::string> carried;
        std::vector<std::string_view> carried_order;  ///< of `carried`, as they came
        Agenda::iterator due;
        std::size_t bytes = 0;          ///< of elements, finding and carried values
        std::size_t counted_bytes = 0;  ///< what of this group is in bytes_
    };

    bool prepare(std::uint32_t step, std::uint32_t rule, const Values& values, Pending& out) const;
    void admit(Pending&& pending);
    void run_until(std::int64_t now);
    void run_first();
    void add(Pending&& pending);
    void fix(Group& group);
    void collect(Group& group, Element&& element);
    void end_window(Group& group);
    void drop_front(Group& group);
    void conclude(Group& group);
    void feed_parents(const Group& group);
    void schedule(Group& group);
    void account(Group& group);
    void erase(Group& group);
    void keep_below_cap();

    const Plan* plan_;
    Sink sink_;
    std::size_t max_bytes_;
    std::vector<std::unordered_map<std::string, Group>> groups_;  ///< per step
    Agenda agenda_;
    std::uint64_t sequence_ = 0;
    std::size_t bytes_ = 0;
    std::vector<std::uint64_t> evicted_;  ///< per step
};

}  // namespace konseki::detect::join
