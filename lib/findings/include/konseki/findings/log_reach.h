#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "konseki/findings/span.h"

namespace konseki::findings {

/// A stretch of a log in which records are missing, or in which nothing was recorded.
struct LogGap {
    std::uint64_t missing = 0;  ///< record numbers that nobody has; 0 for a silence
    Span between;               ///< the last record before and the first one after
    bool operator==(const LogGap&) const = default;
};

/// How far one log of one host reaches, and where it does not. Ordered by (host, channel).
struct LogReach {
    /// Gaps that are listed of each kind: the largest.
    static constexpr std::size_t max_gaps = 20;

    std::uint32_t host = 0;  ///< index into Examination::hosts
    std::string channel;
    std::uint64_t records = 0;
    Span span;
    std::uint64_t lowest = 0, highest = 0;  ///< record numbers
    /// More holes than can be told apart: `missing` is the least, and neither jumps nor gaps are told.
    bool is_torn = false;
    std::uint64_t missing = 0;  ///< numbers between these that no record of the evidence has
    std::uint64_t jumps = 0;    ///< stretches of such numbers
    std::vector<LogGap> gaps;   ///< the largest jumps, by time
    /// Whole hours within the span, and those of them in which something was recorded.
    std::uint64_t hours = 0, active_hours = 0;
    /// The longest silences of more than an hour, by time. Only a log that is hardly ever silent makes
    /// them worth a word: see is_busy().
    std::vector<LogGap> silences;

    /// The log was written in nearly every hour (19 of 20) of at least two days: what is silent there is odd.
    bool is_busy() const { return hours >= 48 && active_hours * 20 >= hours * 19; }
    /// Numbers start past 1: older records were overwritten, or the log was exported in part.
    bool has_lost_beginning() const { return lowest > 1; }
};

}  // namespace konseki::findings
