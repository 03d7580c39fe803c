#pragma once

#include "konseki/findings/rule.h"

namespace konseki::story {

/// A finding of which a filter could not be tested counts one level lower.
inline findings::Level counted_level(findings::Level level, bool is_unchecked) {
    if (!is_unchecked || level == findings::Level::informational) return level;
    return static_cast<findings::Level>(static_cast<unsigned>(level) - 1);
}

}  // namespace konseki::story
