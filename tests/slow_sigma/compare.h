#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "konseki/detect/match.h"
#include "konseki/detect/rules.h"
#include "slow_logs.h"

namespace konseki::slow_sigma {

/// The engine and the slow evaluator with the same rules.
class Comparison {
  public:
    /// `form`: the rules as compiled, or written to a pack and read again.
    enum class Form : std::uint8_t { compiled, packed };
    Comparison(const std::vector<detect::RuleFile>& files, const std::string& log_sources,
               Form form);

    /// A rule that both use.
    struct Pair {
        SlowRule slow;
        std::uint32_t number = 0;  ///< index into Rules::info()
        std::size_t source = 0;    ///< rules of the same log source have the same
    };
    const std::vector<Pair>& pairs() const { return pairs_; }
    /// Index into pairs() of a rule's number, or no_pair.
    std::size_t pair_of(std::uint32_t number) const { return pair_of_[number]; }
    static constexpr std::size_t no_pair = SIZE_MAX;
    const SlowLogs& logs() const { return logs_; }
    detect::Engine& engine() { return *engine_; }
    /// Rules that only one of the two can use, with the reason.
    const std::vector<std::string>& one_sided() const { return one_sided_; }

    /// Rules (index into pairs()) that the slow evaluator says fire on a record; every rule whose log
    /// source takes the event is asked.
    std::vector<std::size_t> slow_hits(const FlatRecord& record);
    bool slow_hit(const Pair& pair, const FlatRecord& record);
    std::uint64_t pairs_asked() const { return asked_; }
    /// Of those, pairs whose rule's log source takes the event.
    std::uint64_t pairs_evaluated() const { return evaluated_; }

    /// How one rule and one record came out on both sides.
    void note(std::size_t pair, const FlatRecord& record, bool fast, bool slow,
              const std::string& where);
    std::uint64_t disagreements() const { return disagreements_; }
    /// The first few disagreements, in words.
    const std::string& report() const { return report_; }

  private:
    void read_slow(const std::vector<detect::RuleFile>& files);

    SlowLogs logs_;
    detect::Rules rules_;
    std::unique_ptr<detect::Engine> engine_;
    std::vector<Pair> pairs_;
    std::vector<std::vector<std::size_t>> by_source_;
    std::vector<std::size_t> pair_of_;
    std::vector<std::string> one_sided_;
    std::uint64_t asked_ = 0, evaluated_ = 0, disagreements_ = 0;
    std::map<std::size_t, int> told_;
    std::string report_;
};

/// What a record holds, for people.
std::string text_of(const FlatRecord& record);

}  // namespace konseki::slow_sigma
