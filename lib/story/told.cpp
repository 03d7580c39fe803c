#include "konseki/story/told.h"

namespace konseki::story {

Told tell_more(const findings::Examination& examination, const Story& story,
               const StepBuilder& steps, const TellOptions& options) {
    const Alarm alarm = find_alarm(examination, story, steps.steps());
    Told told(examination, options.premises);
    told.steps = steps.steps();
    told.steps_left_out = steps.left_out();
    for (Step& step : told.steps)
        if (step.span.first) step.work_time = options.premises.days.at(*step.span.first);
    told.moves = find_moves(examination, told.places, alarm,
                            {options.premises.accounts, options.premises.days, options.zone});
    told.next = find_next_hosts(told.places, told.moves, alarm);
    told.since = find_since(examination, story, told.steps);
    told.impact = find_impact(examination, story, told.since);
    told.entries = find_entries(examination, story, told.since, told.moves, told.places);
    told.sight = find_sight(examination);
    told.vanishing = find_vanishing(examination, story, told.steps);
    told.unused = find_unused(examination);
    return told;
}

}  // namespace konseki::story
