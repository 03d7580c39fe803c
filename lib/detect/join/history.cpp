#include "join/history.h"

#include <algorithm>
#include <utility>

#include "konseki/base/text.h"

namespace konseki::detect::join {
namespace {

/// Of a key besides its bytes: nodes of maps and sets.
constexpr std::size_t node_bytes = 96;

std::int64_t hour_of(Time time) { return time.ticks / Time::per_hour; }

std::string plain(std::string_view value, bool cut_realm) {
    if (cut_realm) value = value.substr(0, value.find('@'));
    return fold(value);
}

bool is_first_rule(const Step& step, std::uint32_t rule) {
    return !step.correlation.rules.empty() && step.correlation.rules.front() == rule;
}

}  // namespace

std::optional<HistoryKey> history_key(const Step& step, const Values& values) {
    const sigma::Correlation& correlation = step.correlation;
    const std::size_t groups = correlation.group_by.size();
    const std::size_t keys = groups + correlation.value_fields.size();
    if (values.size() < keys) return std::nullopt;
    const bool cut_realm = correlation.type == sigma::CorrelationType::not_preceded;
    Values group, terms;
    for (std::size_t at = 0; at < keys; ++at) {
        if (!values[at]) return std::nullopt;
        (at < groups ? group : terms).emplace_back(plain(*values[at], cut_realm));
    }
    return HistoryKey{pack_values(group), pack_values(terms)};
}

History::History(const Plan& plan, Sink sink) : sink_(std::move(sink)) {
    for (const Step& step : plan.steps())
        if (sigma::is_historic(step.correlation.type)) seen_[step.number];
}

void History::take(const Step& step, const JoinRow& row) {
    Values values;
    if (!unpack_values(row.keys, values)) return;
    std::optional<HistoryKey> key = history_key(step, values);
    if (!key) return;
    if (step.correlation.type == sigma::CorrelationType::new_terms)
        take_terms(step, row, values, std::move(*key));
    else
        take_preceded(step, row, values, std::move(*key));
}

void History::take_terms(const Step& step, const JoinRow& row, const Values& values,
                         HistoryKey key) {
    Seen& seen = seen_[step.number];
    auto group = seen.groups.find(key.group);
    if (group == seen.groups.end()) {
        if (!has_room(step, key.group.size())) return;
        group = seen.groups.emplace(std::move(key.group), Group{}).first;
        group->second.first = row.place.time;
    }
    if (group->second.terms.contains(key.terms) || !has_room(step, key.terms.size())) return;
    group->second.terms.insert(std::move(key.terms));
    if (row.place.time.ticks - group->second.first.ticks >= step.correlation.timespan_ticks)
        tell(step, row, values);
}

void History::take_preceded(const Step& step, const JoinRow& row, const Values& values,
                            HistoryKey key) {
    Seen& seen = seen_[step.number];
    const std::int64_t hour = hour_of(row.place.time);
    const std::int64_t hours = step.correlation.timespan_ticks / Time::per_hour;
    auto found = seen.groups.find(key.group);
    if (found == seen.groups.end()) {
        if (!has_room(step, key.group.size())) return;
        found = seen.groups.emplace(std::move(key.group), Group{}).first;
    }
    Group& group = found->second;
    if (!is_first_rule(step, row.rule)) {
        group.preceded = hour;
        seen.first_preceding.try_emplace(row.place.host, hour);
        return;
    }
    // Another host's log may reach back further: that says nothing of this one.
    const auto first = seen.first_preceding.find(row.place.host);
    if (first == seen.first_preceding.end() || hour - first->second <= hours) return;
    if (group.preceded && hour - *group.preceded <= hours) return;
    if (group.told && hour - *group.told <= hours) return;
    group.told = hour;
    tell(step, row, values);
}

bool History::has_room(const Step& step, std::size_t bytes) {
    if (bytes_ + bytes + node_bytes > max_key_bytes) {
        full_.insert(step.number);
        return false;
    }
    bytes_ += bytes + node_bytes;
    return true;
}

void History::tell(const Step& step, const JoinRow& row, const Values& values) {
    if (step.base_only) return;
    JoinedFinding finding;
    finding.rule = step.number;
    finding.events.push_back(row.place);
    finding.count = 1;
    const sigma::Correlation& correlation = step.correlation;
    std::size_t at = 0;
    for (const std::vector<std::string>* const names :
         {&correlation.group_by, &correlation.value_fields})
        for (const std::string& name : *names)
            finding.fields.emplace_back(name, values[at++].value_or(""));
    sink_(std::move(finding));
}

bool HistoryFilter::is_needed(const Step& step, std::uint32_t rule, const EventPlace& place,
                              const Values& values) {
    std::optional<HistoryKey> key = history_key(step, values);
    if (!key) return false;
    std::string row = std::to_string(step.number) + ' ' + std::to_string(rule) + ' ';
    if (step.correlation.type == sigma::CorrelationType::not_preceded)
        row += std::to_string(hour_of(place.time)) + ' ' + std::to_string(place.host) + ' ';
    row += key->group;
    row += key->terms;
    if (earliest_.size() >= max_rows || bytes_ >= max_bytes) {
        earliest_.clear();
        bytes_ = 0;
    }
    bytes_ += row.size();
    const Order order{place.time, place.record_id, place.item, place.offset};
    const auto [at, is_new] = earliest_.try_emplace(std::move(row), order);
    if (is_new) return true;
    if (order >= at->second) return false;
    at->second = order;
    return true;
}

}  // namespace konseki::detect::join
