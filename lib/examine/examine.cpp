#include "konseki/examine/examine.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "entry.h"
#include "finding_stream.h"
#include "hit_rows.h"
#include "host_choice.h"
#include "joined.h"
#include "konseki/base/hash.h"
#include "konseki/detect/check.h"
#include "konseki/detect/join.h"
#include "konseki/detect/match.h"
#include "konseki/detect/movements.h"
#include "konseki/detect/reach.h"
#include "konseki/examine/write_behind.h"
#include "log_counter.h"
#include "log_reach.h"
#include "matching.h"
#include "read_all.h"

namespace konseki::examine {
namespace {

using findings::RuleOutcome;
using findings::RuleState;

/// Whether a correlation could fire, by what became of the rules that it lists.
RuleState state_of(const detect::ListedRules& listed, const std::vector<RuleOutcome>& outcomes) {
    if (listed.needs == detect::Needs::first) return outcomes[listed.rules.front()].state;
    std::size_t possible = 0, blind = 0;
    for (const std::uint32_t rule : listed.rules) {
        if (outcomes[rule].state == RuleState::possible) ++possible;
        if (outcomes[rule].state == RuleState::blind) ++blind;
    }
    const std::size_t needed = listed.needs == detect::Needs::each ? listed.rules.size() : 1;
    if (possible >= needed) return RuleState::possible;
    return blind > 0 ? RuleState::blind : RuleState::idle;
}

/// A correlation lacks what the rules lack that it lists.
std::vector<std::string> missing_of(const detect::ListedRules& listed,
                                    const std::vector<RuleOutcome>& outcomes) {
    if (listed.needs == detect::Needs::first) return outcomes[listed.rules.front()].missing;
    std::set<std::string> missing;
    for (const std::uint32_t rule : listed.rules)
        missing.insert(outcomes[rule].missing.begin(), outcomes[rule].missing.end());
    return {missing.begin(), missing.end()};
}

/// Correlations match no record, so the engine knows nothing of them. Those of correlations need another turn.
void settle_correlations(const std::vector<detect::ListedRules>& lists,
                         std::vector<RuleOutcome>& outcomes) {
    bool is_settled = false;
    for (std::size_t turn = 0; turn < lists.size() && !is_settled; ++turn) {
        is_settled = true;
        for (std::size_t i = 0; i < lists.size(); ++i) {
            if (lists[i].rules.empty()) continue;
            const RuleState state = state_of(lists[i], outcomes);
            is_settled = is_settled && state == outcomes[i].state;
            outcomes[i].state = state;
            outcomes[i].missing = state == RuleState::blind ? missing_of(lists[i], outcomes)
                                                            : std::vector<std::string>();
        }
    }
}

/// Everything of a run besides reading.
class Check {
  public:
    /// Use make(), which also opens the spill.
    Check(const detect::Rules& rules, const Knowledge& knowledge, const Options& options)
        : rules_(rules), knowledge_(knowledge), options_(options), engine_(rules) {}

    /// `chosen`: the hosts that are told apart, where there are too many.
    static Result<std::unique_ptr<Check>> make(const std::vector<evidence::Item>& items,
                                               const Knowledge& knowledge, const Options& options,
                                               HostTable::Chosen chosen) {
        const detect::Rules& rules = *knowledge.rules;
        auto check = std::make_unique<Check>(rules, knowledge, options);
        check->choose_by(items);
        check->store_.entries = TRY(SpillFile::create(options.spill_folder));
        check->store_.sorted = TRY(SpillFile::create(options.spill_folder));
        check->store_.hosts = std::make_unique<HostTable>(
            HostTable::Setup{options.host_aliases, options.caps.hosts, std::move(chosen)});
        check->reach_ = std::make_unique<ReachStore>(
            *check->store_.hosts,
            ReachStore::Setup{.choice = check->choice_, .caps = options.caps});
        check->store_.order = std::make_unique<HitOrder>(*check->store_.hosts, rules);
        check->store_.hits = make_hit_sorter(check->store_);
        check->joins_ = std::make_unique<RowSorter>(*check->store_.sorted, join_row_less);
        for (unsigned i = 0; i < std::max(options.threads, 1u); ++i)
            check->store_.trace_stores.push_back(
                std::make_unique<SpillRunStore>(TRY(SpillFile::create(options.spill_folder))));
        return check;
    }

    bool has_too_many_hosts() const { return store_.hosts->is_over(); }

    TakeBatch make_taker() {
        const std::size_t number = matchers_.size();
        const std::size_t memory =
            traces::CollectorOptions::run_memory_bytes / std::max(options_.threads, 1u);
        matchers_.push_back(std::make_unique<Matching>(
            MatchingShared{engine_, *store_.entries, *store_.hosts, *reach_, *store_.hits, *joins_,
                           mutex_, options_, knowledge_.days, choice_},
            make_printer()));
        if (knowledge_.traces)
            matchers_.back()->collect_traces({.memory_bytes = memory, .seed = options_.seed},
                                             *store_.trace_stores[number]);
        return [matching = matchers_.back().get()](records::Batch& batch, std::uint64_t) {
            return matching->take(batch);
        };
    }

    Result<findings::Examination> finish(findings::Reading reading,
                                         const std::vector<evidence::Item>& items) {
        findings::Examination result;
        result.reading = std::move(reading);
        std::vector<traces::Collector> collectors;
        for (const std::unique_ptr<Matching>& matching : matchers_)
            matching->move_collector(collectors);
        // Traces and findings have nothing in common any more.
        WriteBehind aside(options_.threads);
        const std::uint64_t sorted = aside.add([&]() -> Result<void> {
            if (!collectors.empty())
                result.traces = TRY(traces::TraceLines::open(std::move(collectors)));
            return {};
        });
        TRY_VOID(finish_findings(result, WindowsTexts(items, result.reading.items)));
        TRY_VOID(aside.wait(sorted));
        return result;
    }

  private:
    /// What of a flood is kept follows from the whole input, which nobody who made a part of it knows.
    void choose_by(const std::vector<evidence::Item>& items) {
        for (const evidence::Item& item : items)
            choice_ = hash64(as_bytes(item.path), choice_ ^ item.bytes);
    }

    Result<void> finish_findings(findings::Examination& result, WindowsTexts texts) {
        for (const std::unique_ptr<Matching>& matching : matchers_) TRY_VOID(matching->flush());
        std::vector<detect::JoinLoss> losses;
        if (const auto printer = make_printer())
            losses =
                TRY(join(rules_, *joins_, JoinTarget(*store_.entries, *store_.hits, *printer)));
        TRY_VOID(store_.hits->finish());
        LogSums sums(options_.caps);
        for (const std::unique_ptr<Matching>& matching : matchers_) sums.add(matching->counter());
        std::vector<std::uint32_t> hosts = sums.fill(*store_.hosts, result);
        result.reaches = reach_->reaches(hosts);
        result.reaches_left_out = reach_->left_out();
        fill_movements(hosts, result);
        fill_outcomes(result);
        for (const detect::JoinLoss& loss : losses) {
            result.outcomes[loss.rule].groups_closed = loss.groups;
            result.outcomes[loss.rule].is_forgetful = loss.is_forgetful;
        }
        result.rules = rules_.info();
        result.problems = rules_.problems();
        result.findings = std::make_unique<FindingStream>(
            std::move(store_), rules_, result.reading.items, std::move(hosts), std::move(texts));
        return {};
    }

    void fill_outcomes(findings::Examination& result) const {
        const detect::EvidenceReach reach = detect::reach_of(rules_, result.logs);
        for (std::size_t i = 0; i < result.logs.size(); ++i)
            result.logs[i].is_looked_at = reach.is_looked_at[i];
        std::size_t rule = 0;
        for (const detect::RuleUse& use : engine_.use()) {
            const detect::RuleReach& where = reach.rules[rule++];
            findings::RuleOutcome& outcome = result.outcomes.emplace_back();
            outcome.state = use.state;
            outcome.missing = use.missing;
            // Whether it could have fired was never asked: nothing is guessed of an organisation.
            if (!knowledge_.days.is_known() && detect::needs_calendar(rules_.info()[rule - 1])) {
                outcome.state = findings::RuleState::idle;
                outcome.missing = {"profile: calendar"};
            }
            outcome.host_count = where.hosts.size();
            outcome.hosts.assign(
                where.hosts.begin(),
                where.hosts.begin() + static_cast<std::ptrdiff_t>(std::min(
                                          where.hosts.size(), findings::RuleOutcome::max_hosts)));
            outcome.since = where.since;
        }
        settle_correlations(reach.lists, result.outcomes);
    }

    void fill_movements(const std::vector<std::uint32_t>& hosts,
                        findings::Examination& result) const {
        std::vector<const detect::MovementCollector*> collectors;
        for (const std::unique_ptr<Matching>& matching : matchers_)
            collectors.push_back(&matching->movements());
        detect::Movements movements = detect::sum_up(collectors, hosts);
        result.movements = std::move(movements.all);
        result.movements_left_out = movements.left_out;
        for (const detect::MovementCollector* collector : collectors) {
            const std::vector<detect::ProcessStarts>& starts = collector->process_starts();
            for (std::size_t host = 0; host < starts.size(); ++host) {
                if (starts[host].all == 0) continue;
                findings::HostInfo& info = result.hosts[hosts[host]];
                info.processes += starts[host].all;
                info.command_lines += starts[host].with_command_line;
            }
        }
    }

    std::unique_ptr<findings::FindingPrinter> make_printer() const {
        return rules_.info().empty() ? nullptr : knowledge_.make_printer();
    }

    const detect::Rules& rules_;
    const Knowledge& knowledge_;
    const Options& options_;
    detect::Engine engine_;
    FindingStore store_;
    std::unique_ptr<ReachStore> reach_;
    std::unique_ptr<RowSorter> joins_;
    std::mutex mutex_;
    std::uint64_t choice_ = 0;
    std::vector<std::unique_ptr<Matching>> matchers_;
};

}  // namespace

Result<findings::Examination> examine(const std::vector<evidence::Item>& items,
                                      const Knowledge& knowledge, const Options& options) {
    require(knowledge.rules != nullptr, "a run without rules needs an empty set of them");
    require(knowledge.rules->info().empty() || knowledge.make_printer,
            "findings need somebody who prints them");
    std::unique_ptr<Check> check = TRY(Check::make(items, knowledge, options, std::nullopt));
    const auto make_taker = [&] { return check->make_taker(); };
    Result<findings::Reading> reading = read_all(items, options, make_taker, {});
    if (check->has_too_many_hosts()) {
        // Nobody but a forger, or a collector of events of a very large house, has so many: it is read again.
        check.reset();
        HostTable::Chosen chosen = TRY(choose_hosts(items, options));
        check = TRY(Check::make(items, knowledge, options, std::move(chosen)));
        reading = read_all(items, options, make_taker, {});
    }
    return check->finish(TRY(std::move(reading)), items);
}

}  // namespace konseki::examine
