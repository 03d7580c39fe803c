#include "join/measure.h"

#include <algorithm>
#include <cmath>

namespace konseki::detect::join {

using sigma::CorrelationType;
using sigma::Node;
using sigma::Threshold;

namespace {

constexpr std::int64_t never = INT64_MIN;
/// Of an entry of a std::map besides its text: node, text's head.
constexpr std::size_t map_entry_bytes = 96;

bool passes(const Threshold& threshold, double quantity) {
    switch (threshold.op) {
        case Threshold::Op::gt: return quantity > threshold.value;
        case Threshold::Op::gte: return quantity >= threshold.value;
        case Threshold::Op::lt: return quantity < threshold.value;
        case Threshold::Op::lte: return quantity <= threshold.value;
        case Threshold::Op::eq: return quantity == threshold.value;
        case Threshold::Op::neq: return quantity != threshold.value;
    }
    return false;
}

/// The part of a threshold that only asks for more.
bool passes_from_below(const Threshold& threshold, double quantity) {
    switch (threshold.op) {
        case Threshold::Op::gt: return quantity > threshold.value;
        case Threshold::Op::gte:
        case Threshold::Op::eq: return quantity >= threshold.value;
        default: return true;
    }
}

}  // namespace

std::vector<double>& RankedNumbers::bucket_for(double number) {
    if (buckets_.empty()) buckets_.emplace_back();
    auto at = std::lower_bound(
        buckets_.begin(), buckets_.end(), number,
        [](const std::vector<double>& bucket, double wanted) { return bucket.back() < wanted; });
    return at == buckets_.end() ? buckets_.back() : *at;
}

void RankedNumbers::add(double number) {
    if (buckets_.empty())
        buckets_.push_back({number});
    else {
        std::vector<double>& bucket = bucket_for(number);
        bucket.insert(std::upper_bound(bucket.begin(), bucket.end(), number), number);
        if (bucket.size() > split_size) {
            const std::size_t index = static_cast<std::size_t>(&bucket - buckets_.data());
            const auto middle = bucket.begin() + split_size / 2;
            std::vector<double> upper(middle, bucket.end());
            bucket.erase(middle, bucket.end());
            buckets_.insert(buckets_.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                            std::move(upper));
        }
    }
    ++size_;
}

void RankedNumbers::remove(double number) {
    if (size_ == 0) return;
    std::vector<double>& bucket = bucket_for(number);
    const auto at = std::lower_bound(bucket.begin(), bucket.end(), number);
    if (at == bucket.end() || *at != number) return;
    bucket.erase(at);
    --size_;
    if (bucket.empty()) buckets_.erase(buckets_.begin() + (&bucket - buckets_.data()));
}

double RankedNumbers::at(std::size_t rank) const {
    for (const std::vector<double>& bucket : buckets_) {
        if (rank < bucket.size()) return bucket[rank];
        rank -= bucket.size();
    }
    return 0;
}

OrderedChain::OrderedChain(std::size_t rules)
    : starts_(rules * rules, never), seen_(rules, 0), rules_(rules), current_{never} {}

void OrderedChain::add(Time time, std::uint32_t position) {
    if (time != current_) std::fill(seen_.begin(), seen_.end(), std::uint8_t{0});
    current_ = time;
    seen_[position] = 1;
    // All events of this time once more in the order of the rules: idempotent, and it lets the
    // event that came last stand before the others.
    for (std::size_t at = 0; at < rules_; ++at) {
        if (seen_[at] == 0) continue;
        starts_[at] = time.ticks;
        for (std::size_t length = 1; length <= at; ++length) {
            std::int64_t& start = starts_[length * rules_ + at];
            for (std::size_t before = length - 1; before < at; ++before)
                start = std::max(start, starts_[(length - 1) * rules_ + before]);
        }
    }
}

std::size_t OrderedChain::longest(Time floor) const {
    for (std::size_t length = rules_; length-- > 0;)
        for (std::size_t at = length; at < rules_; ++at) {
            const std::int64_t start = starts_[length * rules_ + at];
            if (start != never && start >= floor.ticks) return length + 1;
        }
    return 0;
}

Measure::Measure(const sigma::Correlation& correlation) : correlation_(&correlation) {
    per_rule_.resize(correlation.rules.size());
    if (correlation.type == CorrelationType::temporal_ordered)
        chain_.emplace(correlation.rules.size());
    bytes_ = per_rule_.size() * sizeof(std::uint64_t) + (chain_ ? chain_->bytes() : 0);
}

void Measure::add(const Counted& event) {
    ++count_;
    ++per_rule_[event.position];
    if (chain_) chain_->add(event.time, event.position);
    if (correlation_->type == CorrelationType::value_count && ++values_[event.value] == 1)
        bytes_ += event.value.size() + map_entry_bytes;
    if (!is_numeric(correlation_->type)) return;
    sum_ += event.number;
    numbers_.add(event.number);
    bytes_ += sizeof(double);
}

void Measure::remove(const Counted& event) {
    --count_;
    --per_rule_[event.position];
    if (const auto at = values_.find(event.value); at != values_.end() && --at->second == 0) {
        bytes_ -= event.value.size() + map_entry_bytes;
        values_.erase(at);
    }
    if (!is_numeric(correlation_->type)) return;
    sum_ -= event.number;
    numbers_.remove(event.number);
    bytes_ -= sizeof(double);
}

double Measure::quantity(Time floor) const {
    const std::size_t size = numbers_.size();
    switch (correlation_->type) {
        case CorrelationType::event_count: return static_cast<double>(count_);
        case CorrelationType::value_count: return static_cast<double>(values_.size());
        case CorrelationType::temporal:
            return static_cast<double>(
                std::count_if(per_rule_.begin(), per_rule_.end(),
                              [](std::uint64_t events) { return events > 0; }));
        case CorrelationType::temporal_ordered: return static_cast<double>(chain_->longest(floor));
        case CorrelationType::value_sum: return static_cast<double>(sum_);
        case CorrelationType::value_avg: return size == 0 ? 0 : static_cast<double>(sum_ / size);
        case CorrelationType::value_percentile: {
            // Nearest rank: the smallest number that at least so many per cent do not exceed.
            const double rank =
                std::ceil(correlation_->percentile / 100 * static_cast<double>(size));
            const std::size_t index = rank < 1 ? 0 : static_cast<std::size_t>(rank) - 1;
            return numbers_.at(std::min(index, size == 0 ? 0 : size - 1));
        }
        case CorrelationType::value_median:
            return (numbers_.at((size - 1) / 2) + numbers_.at(size / 2)) / 2;
        case CorrelationType::new_terms:
        case CorrelationType::not_preceded: break;  // have no windows
    }
    return 0;
}

bool Measure::expression_holds(const Node& node, bool ignore_negations) const {
    const auto holds_too = [&](const Node& child) {
        return expression_holds(child, ignore_negations);
    };
    switch (node.kind) {
        case Node::Kind::all_of:
            return std::all_of(node.children.begin(), node.children.end(), holds_too);
        case Node::Kind::any_of:
            return std::any_of(node.children.begin(), node.children.end(), holds_too);
        case Node::Kind::negation:
            return ignore_negations || node.children.empty() || !holds_too(node.children.front());
        case Node::Kind::test: {
            const auto position = static_cast<std::size_t>(node.test.integer.value_or(-1));
            return position < per_rule_.size() && per_rule_[position] > 0;
        }
        case Node::Kind::always: return true;
        case Node::Kind::never: return false;
    }
    return false;
}

bool Measure::is_reached(Time floor) const {
    if (is_numeric(correlation_->type)) return false;
    if (correlation_->expression) return expression_holds(*correlation_->expression, true);
    const double now = quantity(floor);
    if (correlation_->condition.empty()) return now >= static_cast<double>(per_rule_.size());
    return std::all_of(
        correlation_->condition.begin(), correlation_->condition.end(),
        [&](const Threshold& threshold) { return passes_from_below(threshold, now); });
}

bool Measure::holds(Time floor) const {
    const double now = quantity(floor);
    if (correlation_->expression) {
        if (!expression_holds(*correlation_->expression, false)) return false;
        // In order: those of the listed rules that occurred.
        if (!chain_) return true;
        const auto occurred = std::count_if(per_rule_.begin(), per_rule_.end(),
                                            [](std::uint64_t events) { return events > 0; });
        return now >= static_cast<double>(occurred);
    }
    if (correlation_->condition.empty()) return now >= static_cast<double>(per_rule_.size());
    return std::all_of(correlation_->condition.begin(), correlation_->condition.end(),
                       [&](const Threshold& threshold) { return passes(threshold, now); });
}

bool Measure::is_overfull(Time floor) const {
    const double now = quantity(floor);
    return std::any_of(correlation_->condition.begin(), correlation_->condition.end(),
                       [&](const Threshold& threshold) {
                           return passes_from_below(threshold, now) && !passes(threshold, now);
                       });
}

}  // namespace konseki::detect::join
