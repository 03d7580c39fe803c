#pragma once

#include <string>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/findings/span.h"
#include "konseki/story/told.h"

namespace konseki::report {

/// Time from left to right, in the units of a picture.
struct TimeAxis {
    findings::Span span;  ///< never empty, and longer than nothing
    int left = 0, width = 0;

    int place(Time time) const;
    /// The part of a span that lies on the axis; empty where none does.
    findings::Span within(const findings::Span& part) const;
};

/// What a picture shows: from some time before the first trace to the last record; without traces all of it.
findings::Span shown_span(const story::Story& story, const story::Told& told);

/// A line across the picture with its label.
struct Tick {
    Time time;
    std::string label;  ///< `09-04`, `23:00`, `2026-09`
};
/// At most `most`, at round times of the zone.
std::vector<Tick> ticks_of(const findings::Span& span, const Zone& zone, std::size_t most);

}  // namespace konseki::report
