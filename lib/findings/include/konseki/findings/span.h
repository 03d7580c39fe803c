#pragma once

#include <optional>

#include "konseki/base/time.h"

namespace konseki::findings {

/// First and last time something was seen; empty where no time was sound.
struct Span {
    std::optional<Time> first, last;

    /// Leaves it as it is for a time before 1980 or after 2200.
    void add(Time time);
    void add(const Span& other);
    bool operator==(const Span&) const = default;
};

}  // namespace konseki::findings
