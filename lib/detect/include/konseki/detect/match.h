#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/detect/rules.h"
#include "konseki/findings/rule.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// A rule that fired on a record.
struct Hit {
    std::uint32_t record = 0;  ///< index into Batch::records
    std::uint32_t rule = 0;    ///< index into Rules::info()
    bool unchecked = false;    ///< a filter names a field that this log does not carry
    bool base_only = false;  ///< only feeds a correlation (generate: false): no finding of its own
};

/// Which values made a rule fire, for the finding line. Its texts belong to the matcher.
struct Explanation {
    struct Matched {
        std::string_view field, value, pattern;
    };
    struct Unchecked {
        std::string_view selection;
        std::vector<std::string_view> fields;
    };
    std::vector<Matched> matched;
    std::vector<Unchecked> unchecked;
};

/// What a run has learned about each rule; merged over threads.
struct RuleUse {
    findings::RuleState state = findings::RuleState::idle;
    std::vector<std::string> missing;  ///< fields, sorted, where blind
};

/// The rules of a run with everything that threads share (programs per route). Thread-safe.
class Engine {
  public:
    explicit Engine(const Rules& rules);  ///< keeps a reference
    ~Engine();
    const Rules& rules() const;
    /// State of every rule after the run, index as Rules::info(). Call when all Matchers are done.
    std::vector<RuleUse> use() const;
    /// Regular expressions that were not run on a value, because a record had used up its share
    /// (max_regex_bytes). Call when all Matchers are done.
    std::uint64_t capped_regexes() const;

    struct State;
    State& state() const { return *state_; }

  private:
    std::unique_ptr<State> state_;
};

/// Matches batches against the engine's rules. One per thread.
class Matcher {
  public:
    explicit Matcher(Engine& engine);
    ~Matcher();
    /// Appends the hits of a batch, ordered by (record, rule). Deterministic.
    void match(const records::Batch& batch, std::vector<Hit>& hits);
    /// The same record by record: a batch is begun, then match() appends the hits of one of its records,
    /// ordered by rule. The batch must stay unchanged meanwhile; one with new content is begun again.
    void begin(const records::Batch& batch);
    void match(std::uint32_t record, std::vector<Hit>& hits);
    /// For a hit of the batch last matched or begun. Cheapest right after its record was matched by
    /// itself: what matching found out is still at hand then. Valid until the next call of another member.
    const Explanation& explain(const records::Batch& batch, const Hit& hit);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::detect
