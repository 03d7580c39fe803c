// Routes for what changes a state. Each takes the version that the person saw.

#include "json_out.h"
#include "routes.h"

namespace konseki::server::handle {

using casebook::Entity;
using casebook::Row;
using render::JsonWriter;

Answer take_in(Call& call) {
    Members members = TRY(call.members());
    desk::Intake intake;
    std::optional<Json::Object> consultation = members.object("consultation");
    std::optional<Json::Object> contact = members.object("contact");
    std::vector<Json::Object> channels = members.objects("channels");
    if (consultation)
        intake.consultation =
            members.fields_of(Entity::consultation, *std::move(consultation), "consultation.");
    if (contact) intake.contact = members.fields_of(Entity::contact, *std::move(contact), "contact.");
    for (std::size_t i = 0; i < channels.size(); ++i)
        intake.channels.push_back(members.fields_of(Entity::channel, std::move(channels[i]),
                                                    "channels." + std::to_string(i) + '.'));
    TRY_VOID(members.finish());
    const desk::TakenIn taken = TRY(call.desk.take_in(call.actor, intake));
    return json_answer(201, [&taken](JsonWriter& json) {
        json.open_object();
        json.key("consultation");
        write_row(json, taken.consultation);
        json.key("contact");
        taken.contact ? write_row(json, *taken.contact) : json.null();
        json.key("channels");
        write_rows(json, taken.channels);
        json.close_object();
    });
}

Answer consultation_state(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    desk::Desk::ConsultationStep step;
    step.state = members.needed_code<casebook::ConsultationState>("state");
    step.outcome = members.code<casebook::ConsultationOutcome>("outcome");
    step.reason = members.text("reason");
    step.duplicate_of = members.id("duplicate_of");
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.move_consultation(call.actor, seen, step));
    return row_answer(200, row);
}

Answer consultation_case(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    desk::Desk::CaseChoice choice;
    choice.title = members.text("title");
    choice.case_id = members.id("case_id");
    TRY_VOID(members.finish());
    const desk::Tied tied = TRY(call.desk.give_case(call.actor, seen, choice));
    return json_answer(200, [&tied](JsonWriter& json) {
        json.open_object();
        json.key("consultation");
        write_row(json, tied.consultation);
        json.key("case");
        write_row(json, tied.case_);
        json.close_object();
    });
}

Answer rescue_state(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    desk::Desk::RescueStep step;
    step.state = members.needed_code<casebook::RescueState>("state");
    step.reason = members.text("reason");
    step.started_at = members.time("started_at");
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.move_rescue(call.actor, seen, step));
    return row_answer(200, row);
}

Answer visit_state(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    desk::Desk::VisitStep step;
    step.state = members.needed_code<casebook::VisitState>("state");
    step.started_at = members.time("started_at");
    step.ended_at = members.time("ended_at");
    step.reason = members.text("reason");
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.move_visit(call.actor, seen, step));
    return row_answer(200, row);
}

Answer close_case(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    const auto decision = members.needed_code<casebook::EvidenceDecision>("evidence_decision");
    const std::string note = members.needed_text("note");
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.close_case(call.actor, seen, decision, note));
    return row_answer(200, row);
}

Answer reopen_case(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    const std::string reason = members.needed_text("reason");
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.reopen_case(call.actor, seen, reason));
    return row_answer(200, row);
}

Answer case_phase(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    const auto phase = members.needed_code<casebook::CasePhase>("phase");
    const std::string reason = members.text("reason");
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.move_phase(call.actor, seen, phase, reason));
    return row_answer(200, row);
}

Answer close_off_case(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    const bool is_closed_off = members.boolean("is_closed_off");
    const std::string reason = members.needed_text("reason");
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.close_off(call.actor, seen, is_closed_off, reason));
    return row_answer(200, row);
}

Answer undo_link(Call& call) {
    const desk::Seen seen = TRY(call.seen(0));
    Members members = TRY(call.members());
    const std::string reason = members.needed_text("reason");
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.undo_link(call.actor, seen, reason));
    return row_answer(200, row);
}

}  // namespace konseki::server::handle
