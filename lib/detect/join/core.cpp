#include "join/core.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "konseki/base/text.h"

namespace konseki::detect::join {

namespace {

/// Events of a finding that are kept (its count says how many there were).
constexpr std::size_t max_places = 100;
/// Of a group or an element besides what its texts take: maps, deque, agenda.
constexpr std::size_t group_bytes = 1536, element_bytes = 256;

std::int64_t later(Time time, std::int64_t ticks) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(time.ticks, ticks, &sum) ? INT64_MAX : sum;
}

bool is_before(const EventPlace& a, const EventPlace& b) {
    return std::pair(a.time, a.record_id) < std::pair(b.time, b.record_id);
}

std::size_t size_of(const Element& element) {
    return element_bytes + element.counted.value.size() + element.carried.size() +
           element.places.size() * sizeof(EventPlace);
}

std::string key_of(const Values& values, std::size_t begin, std::size_t end) {
    Values folded;
    for (std::size_t at = begin; at < end; ++at) folded.emplace_back(fold(*values[at]));
    return pack_values(folded);
}

}  // namespace

Core::Core(const Plan& plan, Sink sink, std::size_t max_bytes)
    : plan_(&plan),
      sink_(std::move(sink)),
      max_bytes_(max_bytes),
      groups_(plan.steps().size()),
      evicted_(plan.steps().size()) {}

std::uint64_t Core::evicted() const {
    return std::accumulate(evicted_.begin(), evicted_.end(), std::uint64_t{0});
}

/// Makes a row of a step's values; false where the event takes no part.
bool Core::prepare(std::uint32_t step, std::uint32_t rule, const Values& values,
                   Pending& out) const {
    const Step& planned = plan_->steps()[step];
    const sigma::Correlation& correlation = planned.correlation;
    const auto position = std::find(correlation.rules.begin(), correlation.rules.end(), rule);
    const std::size_t groups = correlation.group_by.size(),
                      keys = groups + correlation.value_fields.size();
    if (position == correlation.rules.end() || values.size() != keys + planned.carried.size())
        return false;
    for (std::size_t at = 0; at < keys; ++at)
        if (!values[at]) return false;
    out.step = step;
    out.key = key_of(values, 0, groups);
    out.shown.assign(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(groups));
    Counted& counted = out.element.counted;
    counted.position = static_cast<std::uint32_t>(position - correlation.rules.begin());
    counted.value =
        correlation.type == sigma::CorrelationType::value_count ? key_of(values, groups, keys) : "";
    if (is_numeric(correlation.type)) {
        const std::optional<double> number =
            keys > groups ? number_of(*values[groups]) : std::nullopt;
        if (!number) return false;
        counted.number = *number;
    }
    out.element.carried =
        pack_values({values.begin() + static_cast<std::ptrdiff_t>(keys), values.end()});
    return true;
}

void Core::take(const JoinRow& row) {
    run_until(row.place.time.ticks);
    const Step* const step = plan_->step(row.correlation);
    Values values;
    if (step == nullptr || !unpack_values(row.keys, values)) return;
    Pending pending;
    if (!prepare(static_cast<std::uint32_t>(step - plan_->steps().data()), row.rule, values,
                 pending))
        return;
    pending.element.counted.time = row.place.time;
    pending.element.record_id = row.place.record_id;
    pending.element.places.push_back(row.place);
    pending.element.last = row.place;
    if (step->delay_ticks == 0)
        add(std::move(pending));
    else
        admit(std::move(pending));
    keep_below_cap();
}

void Core::finish() {
    while (!agenda_.empty()) run_first();
}

void Core::admit(Pending&& pending) {
    pending.bytes = group_bytes + size_of(pending.element) + pending.key.size();
    bytes_ += pending.bytes;
    const Due due{later(pending.element.counted.time, plan_->steps()[pending.step].delay_ticks),
                  Kind::row, pending.element.record_id, sequence_++};
    agenda_[due].pending = std::move(pending);
}

void Core::run_until(std::int64_t now) {
    while (!agenda_.empty() && agenda_.begin()->first.at < now) run_first();
}

void Core::run_first() {
    const auto first = agenda_.begin();
    if (first->second.group != nullptr) {
        end_window(*first->second.group);
        return;
    }
    Pending pending = std::move(first->second.pending);
    bytes_ -= pending.bytes;
    agenda_.erase(first);
    add(std::move(pending));
}

void Core::add(Pending&& pending) {
    const Step& step = plan_->steps()[pending.step];
    auto& groups = groups_[pending.step];
    auto at = groups.find(pending.key);
    if (at == groups.end()) {
        at = groups.try_emplace(pending.key, step.correlation).first;
        at->second.step = pending.step;
        at->second.key = pending.key;
        at->second.shown = std::move(pending.shown);
        at->second.due = agenda_.end();
    }
    Group& group = at->second;
    Element& element = pending.element;
    group.measure.add(element.counted);
    if (group.reached) {
        collect(group, std::move(element));
        account(group);
        return;
    }
    group.bytes += size_of(element);
    group.elements.push_back(std::move(element));
    if (group.due == agenda_.end()) schedule(group);
    if (group.measure.is_reached(group.elements.front().counted.time)) fix(group);
    account(group);
}

/// Fixes the window at its oldest event and turns its elements into a finding.
void Core::fix(Group& group) {
    const Element& last = group.elements.back();
    group.reached = true;
    group.first = group.elements.front().counted.time;
    group.fired = last.counted.time;
    group.fired_record = last.record_id;
    group.bytes = 0;
    for (Element& element : group.elements) collect(group, std::move(element));
    group.elements.clear();
}

void Core::collect(Group& group, Element&& element) {
    std::vector<EventPlace>& places = group.finding.events;
    group.finding.count += element.count;
    if (element.count > 0 && !is_before(element.last, group.finding.last))
        group.finding.last = element.last;
    // A listed correlation's events may be older or later than what stands here already.
    for (const EventPlace& place : element.places) {
        if (places.size() == max_places && !is_before(place, places.back())) continue;
        places.insert(std::upper_bound(places.begin(), places.end(), place, is_before), place);
        if (places.size() > max_places) places.pop_back();
    }
    const std::size_t size = element.carried.size();
    const auto [carried, is_new] = group.carried.insert(std::move(element.carried));
    if (!is_new) return;
    group.carried_order.push_back(*carried);
    group.bytes += size + element_bytes;
}

void Core::end_window(Group& group) {
    if (group.reached) {
        if (group.measure.holds(group.first)) conclude(group);
        erase(group);
        return;
    }
    const Time first = group.elements.front().counted.time;
    if (!is_numeric(plan_->steps()[group.step].correlation.type)) {
        drop_front(group);
        return;
    }
    if (group.measure.holds(first)) {
        fix(group);
        conclude(group);
        erase(group);
    } else if (group.measure.is_overfull(first)) {
        erase(group);
    } else {
        drop_front(group);
    }
}

void Core::drop_front(Group& group) {
    const Element& front = group.elements.front();
    group.measure.remove(front.counted);
    group.bytes -= size_of(front);
    group.elements.pop_front();
    if (group.elements.empty()) {
        erase(group);
        return;
    }
    schedule(group);
    account(group);
}

void Core::conclude(Group& group) {
    const Step& step = plan_->steps()[group.step];
    group.finding.rule = step.number;
    for (std::size_t at = 0; at < group.shown.size(); ++at)
        group.finding.fields.emplace_back(step.correlation.group_by[at],
                                          group.shown[at].value_or(""));
    if (!step.parents.empty()) feed_parents(group);
    if (group.finding.count <= group.finding.events.size()) group.finding.last = {};
    if (!step.base_only) sink_(std::move(group.finding));
}

/// Each set of values that the events of the finding carry is one row of each correlation above.
/// Within one group of that correlation only the first brings the events.
void Core::feed_parents(const Group& group) {
    const Step& inner = plan_->steps()[group.step];
    for (const std::uint32_t parent : inner.parents) {
        const Step& outer = plan_->steps()[parent];
        const auto position =
            std::find(outer.correlation.rules.begin(), outer.correlation.rules.end(), inner.number);
        const auto index = static_cast<std::size_t>(position - outer.correlation.rules.begin());
        std::set<std::string> fed_groups, fed_rows;
        for (const std::string_view packed : group.carried_order) {
            Values carried, values;
            if (!unpack_values(packed, carried)) continue;
            for (const std::string_view name : row_names(outer)) {
                const std::string_view field = field_at(outer.correlation, name, index);
                const auto at = std::find(inner.carried.begin(), inner.carried.end(), field);
                const auto slot = static_cast<std::size_t>(at - inner.carried.begin());
                values.push_back(slot < carried.size() ? carried[slot] : std::nullopt);
            }
            Pending row;
            if (!prepare(parent, inner.number, values, row)) continue;
            if (!fed_rows.insert(row.key + row.element.counted.value + row.element.carried).second)
                continue;
            const bool brings_events = fed_groups.insert(row.key).second;
            // Counts and temporal types take a finding once.
            if (!brings_events && outer.correlation.value_fields.empty() && outer.carried.empty())
                continue;
            row.element.counted.time = group.fired;
            row.element.record_id = group.fired_record;
            row.element.count = brings_events ? group.finding.count : 0;
            row.element.last = group.finding.last;
            if (brings_events) row.element.places = group.finding.events;
            admit(std::move(row));
        }
    }
}

void Core::schedule(Group& group) {
    const Step& step = plan_->steps()[group.step];
    const std::int64_t end =
        later(group.elements.front().counted.time, step.correlation.timespan_ticks);
    const Due due{later(Time{end}, step.delay_ticks), Kind::end, 0, sequence_++};
    if (group.due != agenda_.end()) agenda_.erase(group.due);
    group.due = agenda_.emplace(due, Task{&group, {}}).first;
}

void Core::account(Group& group) {
    const std::size_t now = group_bytes + 2 * group.key.size() + group.bytes +
                            group.measure.bytes() +
                            group.finding.events.size() * sizeof(EventPlace);
    bytes_ = bytes_ - group.counted_bytes + now;
    group.counted_bytes = now;
}

void Core::erase(Group& group) {
    bytes_ -= group.counted_bytes;
    if (group.due != agenda_.end()) agenda_.erase(group.due);
    const std::string key = group.key;
    groups_[group.step].erase(key);
}

void Core::keep_below_cap() {
    while (bytes_ > max_bytes_ && !agenda_.empty()) {
        const Task& next = agenda_.begin()->second;
        Group* const group = next.group;
        ++evicted_[group != nullptr ? group->step : next.pending.step];
        if (group == nullptr) {
            run_first();
            continue;
        }
        const Time first = group->reached ? group->first : group->elements.front().counted.time;
        if (group->measure.holds(first)) {
            if (!group->reached) fix(*group);
            conclude(*group);
        }
        erase(*group);
    }
}

}  // namespace konseki::detect::join
