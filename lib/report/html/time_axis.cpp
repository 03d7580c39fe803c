#include "time_axis.h"

#include <algorithm>
#include <array>
#include <utility>

namespace konseki::report {
namespace {

/// Time shown before the first trace, at least.
constexpr std::int64_t least_before = 14 * Time::per_day;
/// A picture of one moment shows this much.
constexpr std::int64_t least_length = Time::per_hour;

/// Times between lines that people find round.
constexpr std::array<std::int64_t, 15> steps = {
    Time::per_hour,      2 * Time::per_hour,  3 * Time::per_hour, 6 * Time::per_hour,
    12 * Time::per_hour, Time::per_day,       2 * Time::per_day,  5 * Time::per_day,
    7 * Time::per_day,   14 * Time::per_day,  30 * Time::per_day, 60 * Time::per_day,
    90 * Time::per_day,  180 * Time::per_day, 365 * Time::per_day};
/// Past this, days are no more named.
constexpr std::int64_t by_month = 60 * Time::per_day;

/// `2026-09-04 23:47:12 +09:00` to what a line is called.
std::string label_of(const std::string& local, std::int64_t step) {
    if (step >= by_month) return local.substr(0, 7);
    const std::string day = local.substr(5, 5), hour = local.substr(11, 5);
    if (step >= Time::per_day) return day;
    return hour == "00:00" ? day : hour;
}

}  // namespace

int TimeAxis::place(Time time) const {
    const std::int64_t length = span.last->ticks - span.first->ticks;
    const std::int64_t at = std::clamp<std::int64_t>(time.ticks - span.first->ticks, 0, length);
    // Lengths of centuries times a width would not fit.
    return left + static_cast<int>(static_cast<double>(at) / static_cast<double>(length) * width);
}

findings::Span TimeAxis::within(const findings::Span& part) const {
    if (!part.first || *part.last < *span.first || *part.first > *span.last) return {};
    return {std::max(*part.first, *span.first), std::min(*part.last, *span.last)};
}

findings::Span shown_span(const story::Story& story, const story::Told& told) {
    findings::Span span = story.span;
    if (!span.first) return span;
    if (told.since && told.since->sure.first) {
        const Time first = told.since->earliest_possible.value_or(*told.since->sure.first);
        const std::int64_t length = span.last->ticks - first.ticks;
        const Time begin{first.ticks - std::max(least_before, length)};
        span.first = std::max(*span.first, begin);
    }
    if (span.last->ticks - span.first->ticks < least_length)
        span.last->ticks = span.first->ticks + least_length;
    return span;
}

std::vector<Tick> ticks_of(const findings::Span& span, const Zone& zone, std::size_t most) {
    const std::int64_t length = span.last->ticks - span.first->ticks;
    const auto fits = [&](std::int64_t step) {
        return length / step < static_cast<std::int64_t>(most);
    };
    const auto found = std::ranges::find_if(steps, fits);
    // Spans of many years: whole years, as many as it takes.
    const std::int64_t year = steps.back();
    const std::int64_t years = length / (year * static_cast<std::int64_t>(most)) + 1;
    const std::int64_t step = found == steps.end() ? year * years : *found;
    const std::int64_t offset = zone.offset_at(*span.first) * Time::per_second;
    std::vector<Tick> out;
    std::int64_t at = (span.first->ticks + offset + step - 1) / step * step;
    for (; at - offset <= span.last->ticks; at += step) {
        const Time time{at - offset};
        out.push_back({time, label_of(to_local(time, zone), step)});
    }
    return out;
}

}  // namespace konseki::report
