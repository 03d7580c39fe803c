#include "konseki/findings/examination.h"

#include <algorithm>

namespace konseki::findings {

void Span::add(Time time) {
    if (time == Time{}) return;
    first = first ? std::min(*first, time) : time;
    last = last ? std::max(*last, time) : time;
}

void Span::add(const Span& other) {
    if (other.first) add(*other.first);
    if (other.last) add(*other.last);
}

}  // namespace konseki::findings
