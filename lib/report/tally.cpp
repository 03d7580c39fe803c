#include "konseki/report/tally.h"

#include <algorithm>
#include <tuple>

namespace konseki::report {

using findings::RuleInfo;
using findings::sort_level;

void Tally::add(const findings::Finding& finding) {
    RuleTally& rule = rules_[finding.rule];
    FirstLook& first = first_[finding.rule];
    const bool is_better = rule.count == 0 || (first.is_unchecked && !finding.is_unchecked);
    if (is_better) {
        first = {.rule = finding.rule,
                 .time = finding.time,
                 .host = finding.host,
                 .account = std::string(finding.record.account),
                 .item = finding.events.empty() ? 0 : finding.events.front().item,
                 .record = finding.events.empty() ? 0 : finding.events.front().record,
                 .is_unchecked = finding.is_unchecked};
    }
    ++rule.count;
    rule.unchecked += finding.is_unchecked ? 1 : 0;
    rule.span.add(finding.time);
    ++total_;
}

void Tally::compare(const findings::Finding& finding) {
    ++(finding.is_new ? compared_.fresh : compared_.kept);
    if (finding.mark == nullptr) return;
    const bool is_useful = finding.mark->verdict == findings::MarkVerdict::useful;
    ++(is_useful ? compared_.useful : compared_.false_alarm);
}

void Tally::note_previous(std::uint64_t gone) {
    compared_.has_previous = true;
    compared_.gone = gone;
}

std::array<std::uint64_t, level_count> Tally::by_level(const std::vector<RuleInfo>& rules) const {
    std::array<std::uint64_t, level_count> counts{};
    for (std::size_t i = 0; i < rules_.size(); ++i)
        counts[static_cast<std::size_t>(sort_level(rules[i].level))] += rules_[i].count;
    return counts;
}

std::vector<std::uint32_t> Tally::fired(const std::vector<RuleInfo>& rules) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < rules_.size(); ++i)
        if (rules_[i].count > 0) out.push_back(i);
    std::stable_sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
        const findings::Level one = sort_level(rules[a].level), other = sort_level(rules[b].level);
        return std::tie(other, rules_[b].count, rules[a].title) <
               std::tie(one, rules_[a].count, rules[b].title);
    });
    return out;
}

std::vector<FirstLook> Tally::look_first(const std::vector<RuleInfo>& rules,
                                         std::size_t most) const {
    std::vector<FirstLook> out;
    for (std::size_t i = 0; i < rules_.size(); ++i)
        if (rules_[i].count > 0) out.push_back(first_[i]);
    std::stable_sort(out.begin(), out.end(), [&](const FirstLook& a, const FirstLook& b) {
        const findings::Level one = sort_level(rules[a.rule].level);
        const findings::Level other = sort_level(rules[b.rule].level);
        if (one != other) return one > other;
        return std::tie(a.is_unchecked, rules_[a.rule].count, a.time) <
               std::tie(b.is_unchecked, rules_[b.rule].count, b.time);
    });
    if (out.size() > most) out.resize(most);
    return out;
}

}  // namespace konseki::report
