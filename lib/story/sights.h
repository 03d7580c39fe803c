#pragma once

#include <optional>

#include "konseki/findings/examination.h"
#include "konseki/story/story.h"

namespace konseki::story {

/// Which sight records of a kind give, if any.
std::optional<Sight> sight_of(const findings::LogCount& log);

}  // namespace konseki::story
