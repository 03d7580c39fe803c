#pragma once

#include "konseki/casebook/enums.h"

namespace konseki::casebook {

// Which state may follow which (docs/desk.md has the pictures). What else an act needs (a reason, a decision, no open
// visit) is asked by the act itself.

/// received → in_progress ⇄ waiting_for_them → closed; an open one may be closed at once, a closed one is taken up
/// again as in_progress.
bool may_follow(ConsultationState from, ConsultationState to);
/// open ⇄ closed.
bool may_follow(CaseState from, CaseState to);
/// proposed → active → ended, proposed → declined, ended → active.
bool may_follow(RescueState from, RescueState to);
/// planned → done or cancelled.
bool may_follow(VisitState from, VisitState to);

}  // namespace konseki::casebook
