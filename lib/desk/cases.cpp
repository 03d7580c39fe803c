// Cases: closing, reopening, phase, closing off, links.

#include "inside.h"
#include "konseki/casebook/entities.h"
#include "konseki/casebook/states.h"

namespace konseki::desk {

using casebook::AuditAction;
using casebook::Case;
using casebook::CaseLink;
using casebook::CasePhase;
using casebook::CaseState;
using casebook::Entity;
using casebook::Rescue;
using casebook::RescueState;
using casebook::Row;
using casebook::Visit;
using casebook::VisitState;

namespace {

/// docs/desk.md: a case is closed without open visits and with an ended rescue or none.
Outcome<void> allow_closing(Eyes& eyes, Ulid case_id) {
    for (const Row& row : TRY(eyes.all_with(Entity::visit, "case_id", case_id)))
        if (casebook::from_row<Visit>(row).state == VisitState::planned)
            return refuse(Refusal::conflict, "open_visit");
    for (const Row& row : TRY(eyes.all_with(Entity::rescue, "case_id", case_id))) {
        const RescueState state = casebook::from_row<Rescue>(row).state;
        if (state == RescueState::active || state == RescueState::proposed)
            return refuse(Refusal::conflict, "open_rescue");
    }
    return {};
}

/// Phases go forward; watching can be left and entered at any time.
bool is_step_back(CasePhase from, CasePhase to) {
    return from != CasePhase::watching && to != CasePhase::watching && to < from;
}

Outcome<Row> save_case(Work& work, const Case& now, AuditAction action, const std::string& reason) {
    const Row after = to_row(now);
    std::vector<Fault> faults = faults_of(after, after);
    if (!faults.empty()) return refuse_fields(std::move(faults));
    Row written = TRY(work.update(after, action, reason));
    TRY_VOID(work.commit());
    return written;
}

/// A person who closes a case off keeps it in sight.
Result<void> keep_in_sight(Work& work, Ulid case_id) {
    const Actor& actor = work.eyes().actor();
    for (const store::Grant& grant : actor.grants)
        if (grant.case_id == case_id && grant.role == casebook::Role::lead) return {};
    TRY_VOID(work.writer().put_grant(
        {actor.user, case_id, casebook::Role::lead, actor.user, work.now()}));
    return work.note(AuditAction::granted, "user", actor.user, case_id, "lead");
}

}  // namespace

Outcome<void> allow_link(Eyes& eyes, const Row& link) {
    const CaseLink made = casebook::from_row<CaseLink>(link);
    if (made.case_id == made.other_case_id)
        return refuse_fields({{"other_case_id", "no_such"}});
    const Place other_place = TRY(eyes.place_of_case(made.other_case_id));
    TRY_VOID(eyes.allow(Act::link_cases, other_place));
    std::vector<Row> links = TRY(eyes.all_with(Entity::case_link, "case_id", made.case_id));
    for (Row& row : TRY(eyes.all_with(Entity::case_link, "other_case_id", made.case_id)))
        links.push_back(std::move(row));
    for (const Row& row : links) {
        const CaseLink one = casebook::from_row<CaseLink>(row);
        const Ulid other = one.case_id == made.case_id ? one.other_case_id : one.case_id;
        if (other == made.other_case_id && one.kind == made.kind && !one.undone_at)
            return refuse(Refusal::conflict, "already_linked");
    }
    return {};
}

Outcome<Row> Desk::close_case(const Actor& actor, Seen seen, casebook::EvidenceDecision decision,
                              const std::string& note) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Case now = casebook::from_row<Case>(
        TRY(work.eyes().need(Entity::case_, seen, Act::close_case)));
    if (note.empty()) return refuse_fields({{"note", "missing"}});
    if (now.state != CaseState::open) return refuse(Refusal::conflict, "state");
    TRY_VOID(allow_closing(work.eyes(), seen.id));
    now.state = CaseState::closed;
    now.closed_at = work.now();
    now.closing_note = note;
    now.evidence_decision = decision;
    return save_case(work, now, AuditAction::decided, "");
}

Outcome<Row> Desk::reopen_case(const Actor& actor, Seen seen, const std::string& reason) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Case now = casebook::from_row<Case>(
        TRY(work.eyes().need(Entity::case_, seen, Act::close_case)));
    if (reason.empty()) return refuse_fields({{"reason", "missing"}});
    if (now.state != CaseState::closed) return refuse(Refusal::conflict, "state");
    now.state = CaseState::open;
    now.closed_at.reset();
    now.closing_note.clear();
    now.evidence_decision.reset();
    return save_case(work, now, AuditAction::decided, reason);
}

Outcome<Row> Desk::move_phase(const Actor& actor, Seen seen, CasePhase phase,
                              const std::string& reason) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Case now = casebook::from_row<Case>(
        TRY(work.eyes().need(Entity::case_, seen, Act::close_case)));
    if (now.state != CaseState::open) return refuse(Refusal::conflict, "case_closed");
    if (now.phase == phase) return refuse(Refusal::conflict, "state");
    if (is_step_back(now.phase, phase) && reason.empty())
        return refuse_fields({{"reason", "missing"}});
    now.phase = phase;
    return save_case(work, now, AuditAction::decided, reason);
}

Outcome<Row> Desk::close_off(const Actor& actor, Seen seen, bool is_closed_off,
                             const std::string& reason) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Case now = casebook::from_row<Case>(
        TRY(work.eyes().need(Entity::case_, seen, Act::close_case)));
    if (reason.empty()) return refuse_fields({{"reason", "missing"}});
    if (now.is_closed_off == is_closed_off) return refuse(Refusal::conflict, "state");
    if (is_closed_off) TRY_VOID(keep_in_sight(work, seen.id));
    now.is_closed_off = is_closed_off;
    return save_case(work, now, AuditAction::decided, reason);
}

Outcome<Row> Desk::undo_link(const Actor& actor, Seen seen, const std::string& reason) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    CaseLink now = casebook::from_row<CaseLink>(
        TRY(work.eyes().need(Entity::case_link, seen, Act::link_cases)));
    if (reason.empty()) return refuse_fields({{"reason", "missing"}});
    if (now.undone_at) return refuse(Refusal::conflict, "state");
    now.undone_at = work.now();
    now.undoing_reason = reason;
    const Row after = to_row(now);
    std::vector<Fault> faults = faults_of(after, after);
    if (!faults.empty()) return refuse_fields(std::move(faults));
    Row written = TRY(work.update(after, AuditAction::undone, reason));
    TRY_VOID(work.commit());
    return written;
}

}  // namespace konseki::desk
