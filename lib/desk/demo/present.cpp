#include <array>
#include <string_view>

#include "demo/maker.h"

namespace konseki::desk::demo {
namespace {

using namespace casebook;

/// Between the moments by which each step of the guide is to be done: none is late at first sight.
constexpr std::int64_t guide_step = Time::per_hour / 4;

/// A case that is worked on today.
struct OpenCase {
    std::string_view title, summary;
    CaseKind kind;
    std::int64_t days_ago;
    CasePhase phase;
    std::size_t organisation;
    bool is_rescue, has_visit;
    Tlp tlp;
};
constexpr std::array<OpenCase, 4> open_cases = {{
    {"demo.case.open1", "demo.summary.victim_suspected.a", CaseKind::incident, 9,
     CasePhase::preserve, 2, true, true, Tlp::amber_strict},
    {"demo.case.open2", "demo.summary.victim_suspected.b", CaseKind::incident, 4, CasePhase::assess,
     1, true, false, Tlp::amber},
    {"demo.case.open3", "demo.summary.victim_suspected.c", CaseKind::incident, 23,
     CasePhase::decide, 21, true, true, Tlp::red},
    {"demo.case.open4", "demo.summary.health_check.b", CaseKind::health_check, 2, CasePhase::assess,
     7, false, false, Tlp::green},
}};

class Present {
  public:
    explicit Present(Maker& maker) : maker_(maker) {}

    Result<void> make() {
        for (const OpenCase& one : open_cases) TRY_VOID(add(one));
        TRY_VOID(add_new_ones());
        return add_tasks();
    }

  private:
    Time ago(std::int64_t days, std::int64_t hours) const {
        return Time{maker_.now().ticks - days * Time::per_day - hours * Time::per_hour};
    }

    Consultation asked(Time at, std::string_view summary, std::size_t organisation) {
        const Organisation& one = maker_.organisations()[organisation];
        Consultation out;
        out.received_at = at;
        out.received_zone = "Asia/Tokyo";
        out.channel = answer(IntakeChannel::phone);
        out.asker_kind = answer(AskerKind::organisation);
        out.organisation_id = one.header.id;
        out.organisation_told = one.name;
        out.purpose = answer(Purpose::victim_suspected);
        out.noticed_by = answer(NoticedBy::outside_agency);
        out.summary = maker_.say(summary);
        return out;
    }

    Result<void> add(const OpenCase& made) {
        const Time at = ago(made.days_ago, 3);
        Consultation consultation = asked(at, made.summary, made.organisation);
        Case one;
        one.number = TRY(maker_.next_number(at));
        one.title = maker_.say(made.title);
        one.kind = made.kind;
        one.organisation_id = consultation.organisation_id;
        one.motive = answer(made.kind == CaseKind::incident ? Motive::espionage : Motive::unclear);
        one.summary = consultation.summary;
        one.tlp = made.tlp;
        one.phase = made.phase;
        one.opened_at = at;
        TRY_VOID(maker_.add(one, at));
        consultation.case_id = one.header.id;
        consultation.state = ConsultationState::in_progress;
        if (made.kind == CaseKind::health_check)
            consultation.purpose = answer(Purpose::health_check);
        TRY_VOID(maker_.add(consultation, at));
        if (made.is_rescue) TRY_VOID(add_rescue(one, Time{at.ticks + 2 * Time::per_hour}));
        if (made.has_visit) TRY_VOID(add_visits(one));
        cases_.push_back(one);
        return add_notes(one, at);
    }

    Result<void> add_rescue(const Case& one, Time at) {
        Rescue out;
        out.case_id = one.header.id;
        out.reason_text = maker_.say("demo.reason.harm_by_delay");
        out.decided_by = maker_.say("demo.decided_by");
        out.decided_at = at;
        out.state = RescueState::active;
        out.started_at = at;
        return maker_.add(out, at);
    }

    /// One that was, one that is to come.
    Result<void> add_visits(const Case& one) {
        const Time written = ago(2, 0);
        Visit done;
        done.case_id = one.header.id;
        done.planned_for = ago(1, 5);
        done.purpose = maker_.say("demo.visit.purpose");
        done.people = maker_.say("demo.visit.people");
        done.result = maker_.say("demo.visit.result");
        done.state = VisitState::done;
        done.started_at = done.planned_for;
        done.ended_at = ago(1, 1);
        TRY_VOID(maker_.add(done, written));
        Visit next;
        next.case_id = one.header.id;
        next.planned_for = Time{maker_.now().ticks + 2 * Time::per_day};
        next.purpose = done.purpose;
        next.people = done.people;
        return maker_.add(next, written);
    }

    Result<void> add_notes(const Case& one, Time at) {
        Note first;
        first.case_id = one.header.id;
        first.title = maker_.say("demo.note.title");
        first.body = maker_.say("demo.note.body");
        TRY_VOID(maker_.add(first, Time{at.ticks + Time::per_hour}));
        if (one.phase != CasePhase::decide) return {};
        Note second;
        second.case_id = one.header.id;
        second.title = maker_.say("demo.note2.title");
        second.body = maker_.say("demo.note2.body");
        return maker_.add(second, ago(1, 2));
    }

    /// Taken in today and yesterday, not looked at yet; one waits for a call.
    Result<void> add_new_ones() {
        Consultation call = asked(ago(0, 2), "demo.summary.attack_failed.a", 3);
        call.purpose = answer(Purpose::attack_failed);
        call.attack_outcome = answer(AttackOutcome::failed);
        call.call_back_at = Time{maker_.now().ticks + Time::per_hour};
        call.call_back_to = "050-0000-0004";
        TRY_VOID(maker_.add(call, call.received_at));
        Consultation help = asked(ago(1, 1), "demo.summary.general_advice.b", 8);
        help.purpose = answer(Purpose::general_advice);
        help.noticed_by = {AnswerState::not_applicable, {}};
        help.state = ConsultationState::waiting_for_them;
        return maker_.add(help, help.received_at);
    }

    Result<void> add_tasks() {
        struct Made {
            std::string_view title;
            std::size_t of_case;
            std::int64_t due_in_days;
        };
        constexpr std::array<Made, 3> made = {
            {{"demo.task.logs", 0, 1}, {"demo.task.call", 1, 0}, {"demo.task.report", 2, 5}}};
        // What to look at first, in the order of the list that the day begins with.
        constexpr std::array<std::string_view, 4> guide = {"demo.guide.a", "demo.guide.b",
                                                           "demo.guide.c", "demo.guide.d"};
        for (std::size_t i = 0; i < guide.size(); ++i) {
            Task task;
            task.title = maker_.say(guide[i]);
            task.owner_id = maker_.by();
            task.due_at = Time{maker_.now().ticks + static_cast<std::int64_t>(i + 1) * guide_step};
            TRY_VOID(maker_.add(task, maker_.now()));
        }
        for (const Made& one : made) {
            Task task;
            task.case_id = cases_[one.of_case].header.id;
            task.title = maker_.say(one.title);
            task.owner_id = maker_.by();
            task.due_at =
                Time{maker_.now().ticks + one.due_in_days * Time::per_day + 2 * Time::per_hour};
            TRY_VOID(maker_.add(task, ago(1, 0)));
        }
        return {};
    }

    Maker& maker_;
    std::vector<Case> cases_;
};

}  // namespace

Result<void> add_present(Maker& maker) { return Present(maker).make(); }

}  // namespace konseki::desk::demo
