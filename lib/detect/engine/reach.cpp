#include "konseki/detect/reach.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "engine/body.h"
#include "engine/route.h"
#include "konseki/base/text.h"

namespace konseki::detect {
namespace {

using findings::LogCount;

/// Numbers of logs by what routes look at: hosts differ, kinds do not.
struct Kind {
    RouteKey key;
    std::vector<std::uint32_t> logs;
};

std::vector<Kind> kinds_of(const std::vector<LogCount>& logs) {
    std::map<std::tuple<std::string, std::string, std::uint64_t>, std::size_t> known;
    std::vector<Kind> kinds;
    for (std::uint32_t i = 0; i < logs.size(); ++i) {
        const LogCount& log = logs[i];
        const auto [at, is_new] =
            known.try_emplace({log.channel, log.provider, log.event_id}, kinds.size());
        if (is_new) {
            Kind& kind = kinds.emplace_back();
            kind.key.channel = fold(log.channel);
            kind.key.provider = fold(log.provider);
            kind.key.event_id =
                log.event_id < no_index ? static_cast<std::uint32_t>(log.event_id) : no_index;
        }
        kinds[at->second].logs.push_back(i);
    }
    return kinds;
}

/// Finds the reach of rules; many share a log source, and with it the answer.
class ReachFinder {
  public:
    ReachFinder(const Flat& flat, const std::vector<LogCount>& logs)
        : flat_(flat), logs_(logs), kinds_(kinds_of(logs)) {
        fitting_.resize(flat.routes.size());
        for (std::size_t route = 0; route < flat.routes.size(); ++route)
            for (std::uint32_t kind = 0; kind < kinds_.size(); ++kind)
                if (fits(flat, flat.routes[route], kinds_[kind].key))
                    fitting_[route].push_back(kind);
        is_looked_at.resize(logs.size());
    }

    RuleReach of(const FlatRule& rule) {
        const auto routes = Flat::part(flat_.refs, rule.routes);
        const auto ids = Flat::part(flat_.refs, rule.event_ids);
        const auto [at, is_new] = known_.try_emplace(
            {{routes.begin(), routes.end()}, {ids.begin(), ids.end()}}, RuleReach{});
        if (!is_new) return at->second;
        for (const std::uint32_t route : routes)
            for (const std::uint32_t kind : fitting_[route])
                if (ids.empty() || std::ranges::find(ids, kinds_[kind].key.event_id) != ids.end())
                    add(kinds_[kind], at->second);
        sort_hosts(at->second);
        return at->second;
    }

    static void sort_hosts(RuleReach& reach) {
        std::ranges::sort(reach.hosts);
        const auto rest = std::ranges::unique(reach.hosts);
        reach.hosts.erase(rest.begin(), rest.end());
    }

    std::vector<bool> is_looked_at;

  private:
    void add(const Kind& kind, RuleReach& reach) {
        for (const std::uint32_t log : kind.logs) {
            is_looked_at[log] = true;
            reach.hosts.push_back(logs_[log].host);
            const std::optional<Time>& first = logs_[log].span.first;
            if (first && (!reach.since || *first < *reach.since)) reach.since = first;
        }
    }

    const Flat& flat_;
    const std::vector<LogCount>& logs_;
    std::vector<Kind> kinds_;
    std::vector<std::vector<std::uint32_t>> fitting_;  ///< by route: kinds
    std::map<std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>, RuleReach> known_;
};

void absorb(RuleReach& into, const RuleReach& other) {
    into.hosts.insert(into.hosts.end(), other.hosts.begin(), other.hosts.end());
    if (other.since && (!into.since || *other.since < *into.since)) into.since = other.since;
}

/// Most count what any of the rules found, and an expression may do with less than all.
Needs needs_of(const sigma::Correlation& correlation) {
    using sigma::CorrelationType;
    if (correlation.type == CorrelationType::not_preceded) return Needs::first;
    const bool is_temporal = correlation.type == CorrelationType::temporal ||
                             correlation.type == CorrelationType::temporal_ordered;
    return is_temporal && !correlation.expression ? Needs::each : Needs::any;
}

}  // namespace

EvidenceReach reach_of(const Rules& rules, const std::vector<LogCount>& logs) {
    const Rules::Body& body = rules.body();
    ReachFinder finder(body.flat, logs);
    EvidenceReach reach;
    reach.rules.resize(body.order.size());
    reach.lists.resize(body.order.size());
    for (std::size_t i = 0; i < body.order.size(); ++i) {
        if (!body.order[i].is_correlation) {
            reach.rules[i] = finder.of(body.flat.rules[i]);
            continue;
        }
        const sigma::Correlation& correlation = body.correlations[body.order[i].index];
        reach.lists[i].needs = needs_of(correlation);
        for (const std::uint32_t rule : correlation.rules)
            if (rule < reach.rules.size() && rule != i) reach.lists[i].rules.push_back(rule);
    }
    // Correlations of correlations stand behind what they list often, but not always: twice is enough for two
    // levels, and deeper ones only lack hosts.
    for (int turn = 0; turn < 2; ++turn)
        for (std::size_t i = 0; i < body.order.size(); ++i) {
            if (!body.order[i].is_correlation) continue;
            for (const std::uint32_t rule : reach.lists[i].rules)
                absorb(reach.rules[i], reach.rules[rule]);
            ReachFinder::sort_hosts(reach.rules[i]);
        }
    reach.is_looked_at = std::move(finder.is_looked_at);
    return reach;
}

}  // namespace konseki::detect
