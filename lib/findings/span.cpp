#include "konseki/findings/span.h"

#include <algorithm>

namespace konseki::findings {
namespace {

/// A log says nothing of times before event logs existed (1993) or long after now: such a value comes from
/// a broken clock or a counter, and would make every span meaningless. 1980-01-01 and 2200-01-01 UTC.
constexpr Time earliest{119'600'064'000'000'000};
constexpr Time latest{189'025'920'000'000'000};

}  // namespace

bool is_sound(Time time) { return time >= earliest && time <= latest; }

void Span::add(Time time) {
    if (!is_sound(time)) return;
    first = first ? std::min(*first, time) : time;
    last = last ? std::max(*last, time) : time;
}

void Span::add(const Span& other) {
    if (other.first) add(*other.first);
    if (other.last) add(*other.last);
}

}  // namespace konseki::findings
