#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/detect/match.h"
#include "konseki/detect/rules.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// Where an event lies, for the `events` of a finding.
struct EventPlace {
    Time time;
    std::uint32_t item = 0;
    std::uint64_t offset = 0;
    std::uint64_t record_id = 0;
    std::uint32_t host = 0;  ///< number in the caller's host table
    bool recovered = false;
};

/// What a correlation needs of one hit of one of its rules. `keys` is opaque (join made it).
struct JoinRow {
    EventPlace place;
    std::uint32_t rule = 0;         ///< the rule that fired
    std::uint32_t correlation = 0;  ///< index into Rules::info() of the correlation it feeds
    std::string keys;               ///< group-by values and the counted value
};

/// A correlation that fired.
struct JoinedFinding {
    std::uint32_t rule = 0;          ///< the correlation, index into Rules::info()
    std::vector<EventPlace> events;  ///< first 100, in time order
    std::uint64_t count = 0;         ///< all events
    std::vector<std::pair<std::string, std::string>> fields;  ///< group-by name and value
    /// The last event in time, also where it is not among the first 100. Time{} where events holds all.
    EventPlace last;
};

/// Makes the rows that hits give to correlations. One per thread.
class JoinFeeder {
  public:
    explicit JoinFeeder(const Engine& engine);
    ~JoinFeeder();
    /// A batch must be begun before its hits are given, and stay unchanged meanwhile.
    void begin(const records::Batch& batch);
    /// Appends the rows of a hit to the correlations that name its rule. Rows lacking a group-by field are
    /// left out.
    void append(const Hit& hit, const EventPlace& place, std::vector<JoinRow>& rows);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// What the memory caps took from a correlation.
struct JoinLoss {
    std::uint32_t rule = 0;    ///< the correlation, index into Rules::info()
    std::uint64_t groups = 0;  ///< closed before their time
    bool is_forgetful =
        false;  ///< no more of what was before could be kept: it tells less from there on
};

/// Takes rows in order of (time, record id) and gives correlation findings. Windows slide on event time,
/// inclusive at exactly the timespan; after a finding the group starts anew behind it (one per burst).
class Joiner {
  public:
    /// Bytes of open groups at which the oldest is closed (and counted as evicted).
    static constexpr std::size_t max_group_bytes = 48u << 20;

    using Sink = std::function<void(JoinedFinding&&)>;
    Joiner(const Rules& rules, Sink sink);
    ~Joiner();
    void take(const JoinRow& row);
    void finish();
    /// What the memory caps took from correlations, in the order of their numbers; call after finish().
    std::vector<JoinLoss> losses() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::detect
