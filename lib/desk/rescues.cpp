// Rescues and visits: on-site support belongs to a rescue, a rescue to an open case.

#include <algorithm>

#include "inside.h"
#include "konseki/casebook/entities.h"
#include "konseki/casebook/states.h"

namespace konseki::desk {

using casebook::AuditAction;
using casebook::Case;
using casebook::CaseState;
using casebook::Entity;
using casebook::Rescue;
using casebook::RescueState;
using casebook::Row;
using casebook::Visit;
using casebook::VisitState;

namespace {

Outcome<void> allow_on_open_case(Eyes& eyes, Ulid case_id) {
    const Row row = TRY(eyes.see(Entity::case_, case_id));
    if (row.header.deleted_at) return refuse(Refusal::conflict, "in_bin");
    if (casebook::from_row<Case>(row).state != CaseState::open)
        return refuse(Refusal::conflict, "case_closed");
    return {};
}

/// When something began or ended: not in the future, since it is counted.
void check_past(std::vector<Fault>& faults, const char* field, const std::optional<Time>& time,
                Time now) {
    if (time && *time > now) faults.push_back({field, "in_future"});
}

Outcome<void> check_step(Work& work, const Rescue& now, const Desk::RescueStep& step) {
    if (!may_follow(now.state, step.state)) return refuse(Refusal::conflict, "state");
    std::vector<Fault> faults;
    const bool is_first = now.state == RescueState::proposed && step.state == RescueState::active;
    if (!is_first && step.reason.empty()) faults.push_back({"reason", "missing"});
    if (!is_first && step.started_at) faults.push_back({"started_at", "not_yours"});
    check_past(faults, "started_at", step.started_at, work.now());
    if (!faults.empty()) return refuse_fields(std::move(faults));
    return allow_on_open_case(work.eyes(), now.case_id);
}

Outcome<void> allow_ending(Eyes& eyes, Ulid case_id) {
    for (const Row& row : TRY(eyes.all_with(Entity::visit, "case_id", case_id)))
        if (casebook::from_row<Visit>(row).state == VisitState::planned)
            return refuse(Refusal::conflict, "open_visit");
    return {};
}

Outcome<void> check_step(Work& work, const Visit& now, const Desk::VisitStep& step) {
    if (!may_follow(now.state, step.state)) return refuse(Refusal::conflict, "state");
    std::vector<Fault> faults;
    const bool is_done = step.state == VisitState::done;
    if (is_done && !step.started_at) faults.push_back({"started_at", "missing"});
    if (!is_done && (step.started_at || step.ended_at))
        faults.push_back({"started_at", "not_yours"});
    if (!is_done && step.reason.empty()) faults.push_back({"reason", "missing"});
    check_past(faults, "started_at", step.started_at, work.now());
    check_past(faults, "ended_at", step.ended_at, work.now());
    if (step.started_at && step.ended_at && *step.ended_at < *step.started_at)
        faults.push_back({"ended_at", "before_start"});
    if (!faults.empty()) return refuse_fields(std::move(faults));
    return {};
}

Outcome<Row> save(Work& work, const Row& after, const std::string& reason) {
    std::vector<Fault> faults = faults_of(after, after);
    if (!faults.empty()) return refuse_fields(std::move(faults));
    Row written = TRY(work.update(after, AuditAction::decided, reason));
    TRY_VOID(work.commit());
    return written;
}

}  // namespace

Result<std::optional<Row>> active_rescue(Eyes& eyes, Ulid case_id) {
    for (Row& row : TRY(eyes.all_with(Entity::rescue, "case_id", case_id)))
        if (casebook::from_row<Rescue>(row).state == RescueState::active)
            return std::optional<Row>(std::move(row));
    return std::optional<Row>();
}

Outcome<void> allow_rescue(Eyes& eyes, Ulid case_id) {
    TRY_VOID(allow_on_open_case(eyes, case_id));
    const std::vector<Row> there = TRY(eyes.all_with(Entity::rescue, "case_id", case_id));
    if (!there.empty()) return refuse(Refusal::conflict, "has_rescue");
    return {};
}

Outcome<void> allow_visit(Eyes& eyes, Ulid case_id) {
    TRY_VOID(allow_on_open_case(eyes, case_id));
    const std::optional<Row> rescue = TRY(active_rescue(eyes, case_id));
    // R4: the interface offers to make the rescue with the visit (`with_rescue`).
    if (!rescue) return refuse(Refusal::conflict, "no_active_rescue");
    return {};
}

Outcome<Row> Desk::move_rescue(const Actor& actor, Seen seen, const RescueStep& step) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Rescue now =
        casebook::from_row<Rescue>(TRY(work.eyes().need(Entity::rescue, seen, Act::decide_rescue)));
    TRY_VOID(check_step(work, now, step));
    if (step.state == RescueState::ended) TRY_VOID(allow_ending(work.eyes(), now.case_id));
    const bool is_over = step.state == RescueState::ended || step.state == RescueState::declined;
    if (step.state == RescueState::active && !now.started_at)
        now.started_at = step.started_at.value_or(work.now());
    now.state = step.state;
    now.ended_at = is_over ? std::optional(work.now()) : std::nullopt;
    now.ending_reason = is_over ? step.reason : std::string();
    return save(work, to_row(now), step.reason);
}

Outcome<Row> Desk::create_visit_with_rescue(const Actor& actor, const Edits& visit,
                                            const Edits& rescue) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Row visit_row = TRY(made_from(work.eyes(), Entity::visit, visit));
    const Ulid case_id = *casebook::id_of(visit_row, "case_id");
    Edits edits = rescue;
    edits.push_back({"case_id", {to_text(case_id)}});
    Outcome<Row> made = made_from(work.eyes(), Entity::rescue, edits);
    if (!made) {
        for (Fault& fault : made.error().fields) fault.field = "with_rescue." + fault.field;
        return std::unexpected(std::move(made).error());
    }
    TRY_VOID(allow_rescue(work.eyes(), case_id));
    Rescue active = casebook::from_row<Rescue>(*made);
    active.state = RescueState::active;
    // A visit that is written down afterwards is no earlier than its rescue (C4), nor in another half-year.
    const Time planned_for = casebook::from_row<Visit>(visit_row).planned_for;
    active.started_at = std::min({work.now(), active.decided_at, planned_for});
    (void)TRY(work.insert(to_row(active)));
    Row written = TRY(work.insert(std::move(visit_row)));
    TRY_VOID(work.commit());
    return written;
}

Outcome<Row> Desk::move_visit(const Actor& actor, Seen seen, const VisitStep& step) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Visit now = casebook::from_row<Visit>(TRY(work.eyes().need(Entity::visit, seen, Act::visit)));
    TRY_VOID(check_step(work, now, step));
    if (step.state == VisitState::done) TRY_VOID(allow_visit(work.eyes(), now.case_id));
    now.state = step.state;
    now.started_at = step.started_at;
    now.ended_at = step.ended_at;
    now.cancelling_reason = step.state == VisitState::cancelled ? step.reason : std::string();
    return save(work, to_row(now), step.reason);
}

}  // namespace konseki::desk
