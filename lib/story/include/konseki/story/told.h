#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/story/entry.h"
#include "konseki/story/impact.h"
#include "konseki/story/moves.h"
#include "konseki/story/places.h"
#include "konseki/story/reach.h"
#include "konseki/story/scope.h"
#include "konseki/story/steps.h"
#include "konseki/story/story.h"

namespace konseki::story {

/// All that is told besides the verdict: what happened, over all hosts, and what to look at next.
struct Told {
    Told(const findings::Examination& examination, const Premises& premises)
        : places(examination, premises) {}

    std::vector<Step> steps;  ///< in the order of their times
    std::uint64_t steps_left_out = 0;
    Places places;
    MoveTable moves;
    NextHosts next;
    std::optional<Since> since;
    std::optional<Impact> impact;
    std::vector<EntryHypothesis> entries;
    std::vector<HostSight> sight;  ///< by host
    std::vector<Vanishing> vanishing;
    std::vector<UnusedChannel> unused;
};
/// What is known besides the examination.
struct TellOptions {
    Zone zone = {};  ///< of the hosts: it tells what is night
    Premises premises = {};
};
Told tell_more(const findings::Examination& examination, const Story& story,
               const StepBuilder& steps, const TellOptions& options);

}  // namespace konseki::story
