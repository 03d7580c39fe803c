// Consultations: taking one in, its states, the case that it gets.

#include <algorithm>

#include "inside.h"
#include "konseki/casebook/entities.h"
#include "konseki/casebook/states.h"

namespace konseki::desk {

using casebook::AuditAction;
using casebook::Case;
using casebook::Consultation;
using casebook::ConsultationOutcome;
using casebook::ConsultationState;
using casebook::Entity;
using casebook::Row;

namespace {

/// A person has a handful of ways to be reached.
constexpr std::size_t most_channels = 20;

void prefix(std::vector<Fault>& faults, const std::string& with) {
    for (Fault& fault : faults) fault.field = with + fault.field;
}

/// The row, its faults named as members of the part of the request that they stand in.
Outcome<Row> part_from(Eyes& eyes, Entity entity, const Edits& edits, const std::string& part) {
    Outcome<Row> row = made_from(eyes, entity, edits);
    if (!row) prefix(row.error().fields, part + '.');
    return row;
}

Outcome<std::vector<Row>> insert_channels(Work& work, const std::vector<Edits>& channels,
                                          Ulid contact) {
    std::vector<Row> made;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        Edits edits = channels[i];
        edits.push_back({"contact_id", {to_text(contact)}});
        Row row =
            TRY(part_from(work.eyes(), Entity::channel, edits, "channels." + std::to_string(i)));
        made.push_back(without_contact(TRY(work.insert(std::move(row)))));
    }
    return made;
}

/// The contact that the consultation names, where it names one.
Outcome<std::optional<Ulid>> known_contact(Eyes& eyes, const Intake& intake) {
    const auto named = std::ranges::find(intake.consultation, "contact_id", &Edit::field);
    const std::string* const text = named == intake.consultation.end()
                                        ? nullptr
                                        : std::get_if<std::string>(&named->value.plain);
    if (text == nullptr) return std::optional<Ulid>{};
    if (intake.contact) return refuse_fields({{"contact", "not_yours"}});
    const std::optional<Ulid> id = parse_ulid(*text);
    const bool is_there = id && TRY(eyes.is_visible(Entity::contact, *id));
    if (!is_there) return refuse_fields({{"consultation.contact_id", "no_such"}});
    return id;
}

/// What a step needs besides a state that may follow.
Outcome<void> check_step(Eyes& eyes, const Consultation& now, const Desk::ConsultationStep& step) {
    if (!may_follow(now.state, step.state)) return refuse(Refusal::conflict, "state");
    const bool is_closing = step.state == ConsultationState::closed;
    std::vector<Fault> faults;
    if (is_closing && !step.outcome) faults.push_back({"outcome", "missing"});
    if (!is_closing && step.outcome) faults.push_back({"outcome", "not_yours"});
    if (now.state == ConsultationState::closed && step.reason.empty())
        faults.push_back({"reason", "missing"});
    const bool is_duplicate = step.outcome == ConsultationOutcome::duplicate_of;
    if (is_duplicate != step.duplicate_of.has_value())
        faults.push_back({"duplicate_of", is_duplicate ? "missing" : "not_yours"});
    if (step.duplicate_of) {
        const bool is_there = TRY(eyes.is_visible(Entity::consultation, *step.duplicate_of));
        if (!is_there || *step.duplicate_of == now.header.id)
            faults.push_back({"duplicate_of", "no_such"});
    }
    if (!faults.empty()) return refuse_fields(std::move(faults));
    return {};
}

/// A chain of duplicates would count nothing at all (C1).
Outcome<void> check_duplicate(Eyes& eyes, const Consultation& now, Ulid of) {
    const std::optional<Row> other = TRY(eyes.reader().load(Entity::consultation, of));
    if (other && casebook::id_of(*other, "duplicate_of"))
        return refuse(Refusal::conflict, "duplicate_of_duplicate");
    const std::vector<Row> of_this =
        TRY(eyes.all_with(Entity::consultation, "duplicate_of", now.header.id));
    if (!of_this.empty()) return refuse(Refusal::conflict, "has_duplicates");
    return {};
}

/// The case that a consultation asks for, not stored yet.
Outcome<Row> case_for(Work& work, const Consultation& from, const std::string& title) {
    Case made;
    made.title = title;
    made.number = TRY(work.writer().next_case_number(casebook::half_of(work.now()).year));
    made.organisation_id = from.organisation_id;
    made.motive = from.motive;
    made.tlp = from.tlp;
    made.opened_at = work.now();
    Row row = to_row(made);
    std::vector<Fault> faults = faults_of(row, row);
    if (!faults.empty()) return refuse_fields(std::move(faults));
    return row;
}

}  // namespace

Outcome<TakenIn> Desk::take_in(const Actor& actor, const Intake& intake) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TakenIn taken;
    Edits edits = intake.consultation;
    if (intake.channels.size() > most_channels) return refuse_fields({{"channels", "too_long"}});
    bool can_be_reached = !intake.channels.empty();
    if (const std::optional<Ulid> known = TRY(known_contact(work.eyes(), intake))) {
        const std::vector<Row> before =
            TRY(work.eyes().all_with(Entity::channel, "contact_id", *known));
        can_be_reached = can_be_reached || !before.empty();
        taken.channels = TRY(insert_channels(work, intake.channels, *known));
    } else if (intake.contact || !intake.channels.empty()) {
        Row contact = TRY(
            part_from(work.eyes(), Entity::contact, intake.contact.value_or(Edits{}), "contact"));
        contact = TRY(work.insert(std::move(contact)));
        taken.channels = TRY(insert_channels(work, intake.channels, contact.header.id));
        edits.push_back({"contact_id", {to_text(contact.header.id)}});
        taken.contact = without_contact(std::move(contact));
    }
    Row row = TRY(part_from(work.eyes(), Entity::consultation, edits, "consultation"));
    Outcome<void> moment = allow_moment(row, work.now());
    if (!moment) {
        prefix(moment.error().fields, "consultation.");
        return std::unexpected(std::move(moment).error());
    }
    const bool gave_none =
        casebook::value_of(row, "gave_no_contact").plain == casebook::Plain{true};
    if (!can_be_reached && !gave_none) return refuse_fields({{"channels", "missing"}});
    taken.consultation = without_contact(TRY(work.insert(std::move(row))));
    TRY_VOID(work.commit());
    return taken;
}

Outcome<Row> Desk::move_consultation(const Actor& actor, Seen seen, const ConsultationStep& step) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    const Row before = TRY(work.eyes().need(Entity::consultation, seen, Act::write));
    Consultation now = casebook::from_row<Consultation>(before);
    TRY_VOID(check_step(work.eyes(), now, step));
    if (step.duplicate_of) TRY_VOID(check_duplicate(work.eyes(), now, *step.duplicate_of));
    if (step.outcome == ConsultationOutcome::moved_to_rescue && !now.case_id)
        return refuse(Refusal::conflict, "no_case");
    now.state = step.state;
    now.outcome = step.outcome;
    now.duplicate_of = step.duplicate_of;
    now.closing_reason = step.state == ConsultationState::closed ? step.reason : std::string();
    const Row after = to_row(now);
    std::vector<Fault> faults = faults_of(after, after);
    if (!faults.empty()) return refuse_fields(std::move(faults));
    Row written = TRY(work.update(after, AuditAction::decided, step.reason));
    TRY_VOID(work.commit());
    return without_contact(std::move(written));
}

Outcome<Tied> Desk::give_case(const Actor& actor, Seen consultation, const CaseChoice& choice) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    const Row before = TRY(work.eyes().need(Entity::consultation, consultation, Act::write));
    Consultation now = casebook::from_row<Consultation>(before);
    if (choice.title.empty() == !choice.case_id) return refuse_fields({{"title", "missing"}});
    if (now.case_id) return refuse(Refusal::conflict, "has_case");
    Tied tied;
    if (choice.case_id) {
        const bool is_there = TRY(work.eyes().is_visible(Entity::case_, *choice.case_id));
        if (!is_there) return refuse_fields({{"case_id", "no_such"}});
        const Place place = TRY(work.eyes().place_of_case(*choice.case_id));
        TRY_VOID(work.eyes().allow(Act::write, place));
        tied.case_ = TRY(work.eyes().see(Entity::case_, *choice.case_id));
    } else {
        TRY_VOID(work.eyes().allow(Act::open_case, Place{}));
        Row made = TRY(case_for(work, now, choice.title));
        tied.case_ = TRY(work.insert(std::move(made)));
    }
    now.case_id = tied.case_.header.id;
    tied.consultation = without_contact(TRY(work.update(to_row(now), AuditAction::decided, "")));
    TRY_VOID(work.commit());
    return tied;
}

}  // namespace konseki::desk
