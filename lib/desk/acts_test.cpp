#include "test_desk.h"

namespace konseki::desk {
namespace {

using casebook::ConsultationOutcome;
using casebook::ConsultationState;
using casebook::Entity;
using casebook::RescueState;
using casebook::Role;
using casebook::Row;
using casebook::VisitState;

std::string text_of(const Row& row, std::string_view field) {
    const std::string* const text = std::get_if<std::string>(&casebook::value_of(row, field).plain);
    return text == nullptr ? "" : *text;
}

Edits planned(const Row& case_row, Time time) {
    return {{"case_id", {to_text(case_row.header.id)}}, {"planned_for", {time.ticks}}};
}

}  // namespace

TEST_CASE("acts: a consultation is closed with an outcome and taken up again with a reason") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    Row row = test.consultation(lead);
    const auto move = [&](const Desk::ConsultationStep& step) {
        return test.desk().move_consultation(lead, seen(row), step);
    };

    CHECK(code_of_refusal(move({ConsultationState::closed, {}, "", {}})) == "invalid_fields");
    CHECK(code_of_refusal(move({ConsultationState::received, {}, "", {}})) == "state");
    CHECK(code_of_refusal(
              move({ConsultationState::closed, ConsultationOutcome::moved_to_rescue, "", {}})) ==
          "no_case");
    row = done(move({ConsultationState::closed, ConsultationOutcome::advised, "助言した", {}}));
    CHECK(text_of(row, "outcome") == "advised");
    CHECK(code_of_refusal(move({ConsultationState::in_progress, {}, "", {}})) == "invalid_fields");
    row = done(move({ConsultationState::in_progress, {}, "再び連絡", {}}));
    CHECK(text_of(row, "outcome") == "");
    CHECK(text_of(row, "closing_reason") == "");
}

TEST_CASE("acts: a duplicate is of one that is none, so that a matter counts exactly once") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row first = test.consultation(lead), second = test.consultation(lead),
              third = test.consultation(lead);
    const auto duplicate = [&](const Row& row, const Row& of) {
        return test.desk().move_consultation(
            lead, seen(row),
            {ConsultationState::closed, ConsultationOutcome::duplicate_of, "", of.header.id});
    };

    done(duplicate(second, first));
    CHECK(code_of_refusal(duplicate(third, second)) == "duplicate_of_duplicate");
    CHECK(code_of_refusal(duplicate(first, third)) == "has_duplicates");
    const std::array periods = {casebook::FiscalPeriod{2019, casebook::Half::first}};
    CHECK(done(test.desk().figures(lead, casebook::Basis::event, periods))
              .periods[0]
              .consultations.size() == 2);
}

TEST_CASE("acts: a case gets its number by the fiscal year, and a consultation one case only") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    Row row = test.consultation(lead);
    const Tied tied = done(test.desk().give_case(lead, seen(row), {"件名", {}}));

    CHECK(text_of(tied.case_, "number") == "2019-0001");
    CHECK(text_of(tied.consultation, "case_id") == to_text(tied.case_.header.id));
    CHECK(code_of_refusal(test.desk().give_case(lead, seen(tied.consultation), {"別の件名", {}})) ==
          "has_case");
    CHECK(code_of_refusal(test.desk().give_case(lead, seen(row), {"古い版", {}})) == "stale");
    const Row other = test.consultation(lead);
    CHECK(code_of_refusal(test.desk().give_case(lead, seen(other), {"", {}})) == "invalid_fields");
    const Tied same = done(test.desk().give_case(lead, seen(other), {"", tied.case_.header.id}));
    CHECK(same.case_.header.id == tied.case_.header.id);
}

TEST_CASE("acts: what came first as a rescue stays its beginning when it is taken up again") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row open = test.case_(lead, "件名");
    Row rescue = test.rescue(lead, open.header.id);
    CHECK(code_of_refusal(test.desk().create(lead, Entity::rescue,
                                             {{"case_id", {to_text(open.header.id)}},
                                              {"reason", {std::string("health_check")}},
                                              {"decided_by", {std::string("x")}},
                                              {"decided_at", {test.now().ticks}}})) ==
          "has_rescue");
    const Time future{test.now().ticks + Time::per_day};
    CHECK(code_of_refusal(test.desk().move_rescue(
              lead, seen(rescue), {RescueState::active, "", future})) == "invalid_fields");
    rescue = done(test.desk().move_rescue(lead, seen(rescue), {RescueState::active, "", {}}));
    const casebook::Value began = casebook::value_of(rescue, "started_at");
    test.wait_seconds(1'000);
    CHECK(code_of_refusal(test.desk().move_rescue(
              lead, seen(rescue), {RescueState::ended, "", {}})) == "invalid_fields");
    rescue = done(test.desk().move_rescue(lead, seen(rescue), {RescueState::ended, "完了", {}}));
    rescue = done(test.desk().move_rescue(lead, seen(rescue), {RescueState::active, "再発", {}}));

    CHECK(casebook::value_of(rescue, "started_at") == began);
    CHECK(casebook::value_of(rescue, "ended_at").is_empty());
}

TEST_CASE("acts: a visit needs an active rescue, and the rescue stays until the visit is over") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row open = test.case_(lead, "件名");
    CHECK(code_of_refusal(test.desk().create(lead, Entity::visit, planned(open, test.now()))) ==
          "no_active_rescue");
    const Edits why = {{"reason", {std::string("harm_by_delay")}},
                       {"decided_by", {std::string("班長")}},
                       {"decided_at", {test.now().ticks}}};
    Row visit = done(test.desk().create_visit_with_rescue(lead, planned(open, test.now()), why));
    Row rescue =
        done(test.desk().list(lead,
                              {.entity = Entity::rescue, .filters = {}, .order = "", .after = ""}))
            .rows.at(0);
    CHECK(text_of(rescue, "state") == "active");

    CHECK(code_of_refusal(test.desk().move_rescue(lead, seen(rescue),
                                                  {RescueState::ended, "x", {}})) == "open_visit");
    CHECK(code_of_refusal(test.desk().bin(lead, Entity::rescue, seen(rescue))) == "has_visits");
    test.wait_seconds(7'200);
    const Time began{test.now().ticks - 3'600 * Time::per_second};
    const Time before{began.ticks - 1};
    CHECK(code_of_refusal(test.desk().move_visit(
              lead, seen(visit), {VisitState::done, began, before, ""})) == "invalid_fields");
    visit =
        done(test.desk().move_visit(lead, seen(visit), {VisitState::done, began, test.now(), ""}));
    CHECK(code_of_refusal(test.desk().move_visit(lead, seen(visit),
                                                 {VisitState::cancelled, {}, {}, "x"})) == "state");
    rescue = done(test.desk().move_rescue(lead, seen(rescue), {RescueState::ended, "完了", {}}));
    done(test.desk().close_case(lead, seen(open), casebook::EvidenceDecision::keep, "終了"));
    CHECK(code_of_refusal(test.desk().move_rescue(
              lead, seen(rescue), {RescueState::active, "再発", {}})) == "case_closed");
}

TEST_CASE("acts: a visit that is written down afterwards brings a rescue of its own day") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row open = test.case_(lead, "件名");
    const Time then{test.now().ticks - 3 * Time::per_day};
    const Edits why = {{"reason", {std::string("harm_by_delay")}},
                       {"decided_by", {std::string("班長")}},
                       {"decided_at", {test.now().ticks}}};
    const Row visit = done(test.desk().create_visit_with_rescue(lead, planned(open, then), why));
    const Row rescue =
        done(test.desk().list(lead,
                              {.entity = Entity::rescue, .filters = {}, .order = "", .after = ""}))
            .rows.at(0);
    CHECK(casebook::value_of(rescue, "started_at") == casebook::Value{then.ticks});
    done(test.desk().move_visit(lead, seen(visit), {VisitState::done, then, test.now(), ""}));
    // The case was opened without a consultation; the visit is no breach besides.
    const std::vector<casebook::BreachedCase> expected = {
        {open.header.id, casebook::FigureBreach::rescue_without_consultation}};
    CHECK(done(test.desk().figures(lead, casebook::Basis::event, {})).breaches == expected);
}

TEST_CASE("acts: a phase goes forward freely and back with a reason") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    Row open = test.case_(lead, "件名");
    const auto move = [&](casebook::CasePhase phase, const std::string& reason) {
        return test.desk().move_phase(lead, seen(open), phase, reason);
    };

    open = done(move(casebook::CasePhase::scope, ""));
    CHECK(code_of_refusal(move(casebook::CasePhase::preserve, "")) == "invalid_fields");
    open = done(move(casebook::CasePhase::preserve, "ログが足りない"));
    open = done(move(casebook::CasePhase::watching, ""));
    open = done(move(casebook::CasePhase::assess, ""));
    CHECK(text_of(open, "phase") == "assess");
}

TEST_CASE("acts: every change is in the audit, and its chain holds") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    Row open = test.case_(lead, "件名");
    open = done(test.desk().close_case(lead, seen(open), casebook::EvidenceDecision::none, "終了"));
    open = done(test.desk().reopen_case(lead, seen(open), "再発"));
    const Row consultation = test.consultation(lead);
    const Tied tied = done(test.desk().give_case(lead, seen(consultation), {"", open.header.id}));
    (void)done(test.desk().reveal(lead, Entity::consultation, tied.consultation.header.id));

    store::AuditQuery query;
    query.case_id = open.header.id;
    std::vector<std::string> actions;
    for (const store::AuditEvent& event : done(test.desk().audit(lead, query)))
        actions.insert(actions.begin(),
                       event.object_kind + ' ' + std::string(code_of(event.action)));
    CHECK(actions == std::vector<std::string>{"case made", "case decided", "case decided",
                                              "consultation decided", "consultation revealed"});
    CHECK(must(test.store().check()).empty());
}

TEST_CASE("acts: what is refused leaves nothing behind") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    Intake intake;
    intake.consultation = {{"received_at", {test.now().ticks}}};
    intake.contact = Edits{{"name", {std::string("山田")}}};
    intake.channels = {{{"kind", {std::string("phone")}}, {"value", {std::string("03-0000-0000")}}},
                       {{"kind", {std::string("nonsense")}}, {"value", {std::string("x")}}}};
    const Outcome<TakenIn> refused = test.desk().take_in(lead, intake);

    REQUIRE_FALSE(refused);
    CHECK(refused.error().fields.at(0).field == "channels.1.kind");
    CHECK(done(test.desk().changes(lead, 0)).rows.empty());
}

}  // namespace konseki::desk
