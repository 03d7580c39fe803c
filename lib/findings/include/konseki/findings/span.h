#pragma once

#include <optional>

#include "konseki/base/time.h"

namespace konseki::findings {

/// Whether a time can be that of a log: neither before event logs existed nor long after now.
bool is_sound(Time time);

/// First and last time something was seen; empty where no time was sound.
struct Span {
    std::optional<Time> first, last;

    /// Leaves it as it is for a time that is not sound.
    void add(Time time);
    void add(const Span& other);
    bool operator==(const Span&) const = default;
};

}  // namespace konseki::findings
