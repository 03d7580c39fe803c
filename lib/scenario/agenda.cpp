#include "agenda.h"

#include <algorithm>
#include <utility>

namespace konseki::scenario {

std::uint64_t Random::next() {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

void Agenda::at(Ticks time, std::function<void()> action) {
    queue_.push({std::max(time, now_), planned_++, std::move(action)});
}

void Agenda::run_until(Ticks end) {
    while (!queue_.empty() && queue_.top().time < end) {
        const Planned next = queue_.top();
        queue_.pop();
        now_ = next.time;
        next.action();
    }
    now_ = std::max(now_, end);
}

}  // namespace konseki::scenario
