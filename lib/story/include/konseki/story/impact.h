#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "konseki/findings/examination.h"
#include "konseki/story/steps.h"
#include "konseki/story/story.h"

namespace konseki::story {

/// How far it went, as far as event logs can tell: whether data was taken they cannot.
enum class Reached : std::uint8_t {
    one_host = 1,
    several_hosts = 2,
    domain = 3,  ///< a domain controller, or the password data of the domain
};
/// How it stands.
enum class Urgency : std::uint8_t {
    in_progress,  ///< the last trace lies at the end of the records
    quiet,        ///< nothing newer was seen; whoever it was may be lying low
};
/// About the sources, not about the likelihood. Event logs are one kind of source: never high.
enum class Confidence : std::uint8_t { low, medium };

/// What the board asks about signs of intrusion.
struct Impact {
    Reached reached = Reached::one_host;
    Urgency urgency = Urgency::quiet;
    Confidence confidence = Confidence::low;
};
/// Only where there are signs of intrusion: what needs a look has no impact yet.
std::optional<Impact> find_impact(const findings::Examination& examination, const Story& story,
                                  const std::optional<Since>& since);

}  // namespace konseki::story
