#include "konseki/casebook/figures.h"

#include <algorithm>
#include <map>

namespace konseki::casebook {
namespace {

void keep_earlier(std::optional<Time>& first, Time time) {
    if (!first || time < *first) first = time;
}

/// What merged cases are together.
struct Whole {
    const CountedCase* representative = nullptr;
    std::optional<Time> consulted_at, rescued_at, visited_at;
};

/// Cases that were merged, as sets of ids with one root each.
class Merged {
  public:
    explicit Merged(const Counted& counted) {
        for (const CountedCase& one : counted.cases) parent_.emplace(one.id, one.id);
        for (const CountedMerge& merge : counted.merges) {
            const std::optional<Ulid> a = root(merge.a), b = root(merge.b);
            if (a && b) parent_[*a] = *b;
        }
    }
    /// Nothing where there is no such case.
    std::optional<Ulid> root(Ulid id) {
        auto at = parent_.find(id);
        if (at == parent_.end()) return std::nullopt;
        while (at->second != at->first) {
            const auto up = parent_.find(at->second);
            at->second = up->second;
            at = up;
        }
        return at->first;
    }

  private:
    std::map<Ulid, Ulid> parent_;
};

std::map<Ulid, Whole> gather(const Counted& counted) {
    Merged merged(counted);
    std::map<Ulid, Whole> wholes;
    for (const CountedCase& one : counted.cases) {
        Whole& whole = wholes[*merged.root(one.id)];
        if (!whole.representative || one.number < whole.representative->number)
            whole.representative = &one;
        if (one.rescued_at) keep_earlier(whole.rescued_at, *one.rescued_at);
        for (const Time visit : one.visited_at) keep_earlier(whole.visited_at, visit);
    }
    for (const CountedConsultation& one : counted.consultations) {
        if (!one.case_id || one.is_duplicate) continue;
        if (const std::optional<Ulid> root = merged.root(*one.case_id))
            keep_earlier(wholes[*root].consulted_at, one.received_at);
    }
    return wholes;
}

void find_breaches(const Whole& whole, std::vector<BreachedCase>& out) {
    const Ulid id = whole.representative->id;
    if (whole.visited_at && !whole.rescued_at)
        out.push_back({id, FigureBreach::visit_without_rescue});
    if (whole.visited_at && whole.rescued_at && *whole.visited_at < *whole.rescued_at)
        out.push_back({id, FigureBreach::visit_before_rescue});
    if (whole.rescued_at && !whole.consulted_at)
        out.push_back({id, FigureBreach::rescue_without_consultation});
}

/// The date by which something of a case is counted, if it is.
std::optional<Time> counted_at(const std::optional<Time>& own, const Whole& whole, Basis basis) {
    if (!own || basis == Basis::event) return own;
    return whole.consulted_at;
}

PeriodFigures figures_of(FiscalPeriod period, const Counted& counted,
                         const std::map<Ulid, Whole>& wholes, Basis basis) {
    PeriodFigures out;
    out.period = period;
    for (const CountedConsultation& one : counted.consultations)
        if (!one.is_duplicate && period.contains(one.received_at))
            out.consultations.push_back(one.id);
    for (const auto& [root, whole] : wholes) {
        const std::optional<Time> rescued = counted_at(whole.rescued_at, whole, basis);
        const std::optional<Time> visited = counted_at(whole.visited_at, whole, basis);
        if (rescued && period.contains(*rescued)) out.rescues.push_back(whole.representative->id);
        if (visited && period.contains(*visited)) out.visited.push_back(whole.representative->id);
    }
    std::ranges::sort(out.consultations);
    std::ranges::sort(out.rescues);
    std::ranges::sort(out.visited);
    return out;
}

}  // namespace

Figures count(const Counted& counted, Basis basis, std::span<const FiscalPeriod> periods) {
    const std::map<Ulid, Whole> wholes = gather(counted);
    Figures out;
    out.basis = basis;
    for (const FiscalPeriod period : periods)
        out.periods.push_back(figures_of(period, counted, wholes, basis));
    for (const auto& [root, whole] : wholes) find_breaches(whole, out.breaches);
    std::ranges::sort(out.breaches, {}, &BreachedCase::case_id);
    return out;
}

}  // namespace konseki::casebook
