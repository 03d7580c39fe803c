#include "stretch_set.h"

#include <algorithm>

#include "konseki/findings/span.h"

namespace konseki::examine {
namespace {

/// Unsorted stretches that are kept before they are joined, at least.
constexpr std::size_t least_pending = 256;

Time earlier(Time a, Time b) {
    if (!findings::is_sound(a)) return b;
    return findings::is_sound(b) ? std::min(a, b) : a;
}

Time later(Time a, Time b) {
    if (!findings::is_sound(a)) return b;
    return findings::is_sound(b) ? std::max(a, b) : a;
}

bool touches(const Stretch& before, const Stretch& after) {
    return after.first <= before.last || after.first - before.last == 1;
}

/// `after` does not begin before `into`.
void absorb(Stretch& into, const Stretch& after) {
    if (after.first == into.first) into.first_time = earlier(into.first_time, after.first_time);
    if (after.last == into.last) into.last_time = later(into.last_time, after.last_time);
    if (after.last > into.last) {
        into.last = after.last;
        into.last_time = after.last_time;
    }
}

}  // namespace

void StretchSet::add(const Stretch& stretch) {
    lowest_ = std::min(lowest_, stretch.first);
    highest_ = std::max(highest_, stretch.last);
    added_ += stretch.last - stretch.first + 1;
    if (is_torn_) return;
    if (!stretches_.empty() && sorted_ == stretches_.size() &&
        stretches_.back().first <= stretch.first && touches(stretches_.back(), stretch))
        return absorb(stretches_.back(), stretch);
    stretches_.push_back(stretch);
    if (stretches_.size() - sorted_ < std::max(least_pending, sorted_)) return;
    join();
}

void StretchSet::tear() {
    is_torn_ = true;
    stretches_ = {};
    sorted_ = 0;
}

const std::vector<Stretch>& StretchSet::joined() {
    join();
    if (is_torn()) stretches_.clear();
    return stretches_;
}

bool StretchSet::is_torn() {
    join();
    is_torn_ = is_torn_ || stretches_.size() > max_stretches;
    return is_torn_;
}

void StretchSet::join() {
    if (sorted_ == stretches_.size()) return;
    std::ranges::sort(stretches_, {}, &Stretch::first);
    std::size_t kept = 0;
    for (std::size_t i = 1; i < stretches_.size(); ++i) {
        if (touches(stretches_[kept], stretches_[i]))
            absorb(stretches_[kept], stretches_[i]);
        else
            stretches_[++kept] = stretches_[i];
    }
    stretches_.resize(stretches_.empty() ? 0 : kept + 1);
    sorted_ = stretches_.size();
}

}  // namespace konseki::examine
