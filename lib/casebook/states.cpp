#include "konseki/casebook/states.h"

namespace konseki::casebook {

bool may_follow(ConsultationState from, ConsultationState to) {
    using enum ConsultationState;
    switch (from) {
        case received: return to == in_progress || to == waiting_for_them || to == closed;
        case in_progress: return to == waiting_for_them || to == closed;
        case waiting_for_them: return to == in_progress || to == closed;
        case closed: return to == in_progress;
    }
    return false;
}

bool may_follow(CaseState from, CaseState to) { return from != to; }

bool may_follow(RescueState from, RescueState to) {
    using enum RescueState;
    switch (from) {
        case proposed: return to == active || to == declined;
        case active: return to == ended;
        case ended: return to == active;
        case declined: return false;
    }
    return false;
}

bool may_follow(VisitState from, VisitState to) {
    return from == VisitState::planned && to != VisitState::planned;
}

}  // namespace konseki::casebook
