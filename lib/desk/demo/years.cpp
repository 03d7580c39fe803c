#include "demo/years.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "demo/maker.h"
#include "demo/names.h"

namespace konseki::desk::demo {
namespace {

using namespace casebook;

constexpr std::int64_t minute = 60 * Time::per_second;
/// How many are asked on the first and on the last day of a period.
constexpr std::size_t on_edge_days = 10;
/// A rescue and its first visit come within so many days of the consultation: all in one period, so that both bases
/// of counting give the same.
constexpr std::int64_t last_days = 8;
constexpr std::size_t most_visits = 4;
/// Rows of each kind that must not count, in each period.
constexpr std::size_t binned_consultations = 4;
constexpr std::size_t duplicates = 5;
constexpr std::size_t cancelled_visits = 3;

constexpr std::array noticed = {NoticedBy::own_staff,       NoticedBy::own_monitoring,
                                NoticedBy::antivirus_alert, NoticedBy::outside_agency,
                                NoticedBy::outside_agency,  NoticedBy::vendor,
                                NoticedBy::partner,         NoticedBy::media};
constexpr std::array ways = {IntakeChannel::phone, IntakeChannel::phone, IntakeChannel::mail,
                             IntakeChannel::mail,  IntakeChannel::form,  IntakeChannel::partner};
constexpr std::array reasons = {RescueReason::harm_by_delay, RescueReason::harm_by_delay,
                                RescueReason::root_of_chain, RescueReason::health_check};
constexpr std::array<std::string_view, 3> reason_texts = {
    "demo.reason.harm_by_delay", "demo.reason.root_of_chain", "demo.reason.health_check"};

/// One line of the table, made.
class Period {
  public:
    Period(Maker& maker, const Line& line) : maker_(maker), dice_(maker.dice()), line_(line) {}

    Result<void> make() {
        const std::vector<Time> times = times_of_asking();
        const Time end = line_.period.end();
        const auto is_early = [end](Time time) {
            return time.ticks < end.ticks - last_days * Time::per_day;
        };
        const auto early = static_cast<std::size_t>(std::ranges::count_if(times, is_early));
        std::size_t seen = 0;
        for (const Time time : times) {
            // Spread over all that come early enough: each time the share so far falls below the whole's.
            const bool is_rescue =
                is_early(time) && (seen + 1) * line_.rescues / early > seen * line_.rescues / early;
            if (is_early(time)) ++seen;
            TRY_VOID(is_rescue ? add_rescued(time) : add_consultation(time));
        }
        return add_what_does_not_count();
    }

  private:
    /// In order; the very first and the very last moment of the period are among them.
    std::vector<Time> times_of_asking() {
        const Time begin = line_.period.begin(), end = line_.period.end();
        const std::int64_t days = (end.ticks - begin.ticks) / Time::per_day;
        std::vector<Time> times = {begin, Time{end.ticks - 1}};
        for (std::size_t i = times.size(); i < line_.consultations; ++i) {
            std::int64_t day =
                static_cast<std::int64_t>(dice_.below(static_cast<std::size_t>(days)));
            if (i < 1 + on_edge_days)
                day = 0;
            else if (i < 2 * on_edge_days)
                day = days - 1;
            const auto after_nine = static_cast<std::int64_t>(dice_.below(9 * 60));
            times.push_back(
                Time{begin.ticks + day * Time::per_day + 9 * Time::per_hour + after_nine * minute});
        }
        std::ranges::sort(times);
        return times;
    }

    Time later(Time time, std::int64_t days) {
        return Time{time.ticks + days * Time::per_day +
                    static_cast<std::int64_t>(dice_.below(180)) * minute};
    }

    Result<Consultation> asked(Time at) {
        const Told& one = dice_.pick(told);
        Consultation out;
        out.received_at = at;
        out.received_zone = japan().name;
        out.channel = answer(dice_.pick(ways));
        out.purpose = answer(one.purpose);
        out.summary = maker_.say(one.summary);
        out.information_only = one.purpose == Purpose::information_sharing;
        if (one.purpose == Purpose::victim_suspected) out.noticed_by = answer(dice_.pick(noticed));
        if (one.purpose == Purpose::attack_failed)
            out.attack_outcome = answer(AttackOutcome::failed);
        const bool is_crime = one.purpose == Purpose::other;
        out.motive = answer(is_crime          ? Motive::crime
                            : dice_.one_in(3) ? Motive::unclear
                                              : Motive::espionage);
        if (!out.motive.holds(Motive::unclear))
            out.motive_reason =
                maker_.say(is_crime ? "demo.motive.crime" : "demo.motive.espionage");
        out.state = ConsultationState::closed;
        out.outcome = is_crime               ? ConsultationOutcome::out_of_scope_crime
                      : out.information_only ? ConsultationOutcome::information_received
                                             : ConsultationOutcome::advised;
        out.closing_reason = maker_.say("demo.closed");
        TRY_VOID(maker_.tie_to_somebody(out));
        return out;
    }

    Result<void> add_consultation(Time at) {
        Consultation one = TRY(asked(at));
        TRY_VOID(maker_.add(one, at));
        asked_.push_back(one);
        return {};
    }

    Result<Case> add_case(const Consultation& consultation, Time at) {
        Case out;
        out.number = TRY(maker_.next_number(at));
        const std::string name =
            consultation.organisation_told.empty() ? out.number : consultation.organisation_told;
        const render::Filling filling = {"organisation", name};
        out.title = render::fill(maker_.say("demo.title"), {&filling, 1});
        out.organisation_id = consultation.organisation_id;
        out.motive = answer(Motive::espionage);
        out.summary = consultation.summary;
        out.state = CaseState::closed;
        out.phase = CasePhase::follow_up;
        out.opened_at = at;
        out.closed_at = later(at, 60);
        out.closing_note = maker_.say("demo.closing");
        out.evidence_decision = EvidenceDecision::keep;
        TRY_VOID(maker_.add(out, at));
        return out;
    }

    Result<Rescue> add_rescue(const Case& one, Time at) {
        Rescue out;
        out.case_id = one.header.id;
        out.reason = dice_.pick(reasons);
        out.reason_text = maker_.say(reason_texts[static_cast<std::size_t>(out.reason)]);
        out.decided_by = maker_.say("demo.decided_by");
        out.decided_at = at;
        out.state = RescueState::ended;
        out.started_at = at;
        out.ended_at = later(at, 45);
        out.ending_reason = maker_.say("demo.closing");
        TRY_VOID(maker_.add(out, at));
        return out;
    }

    Result<void> add_visit(const Case& one, Time at, VisitState state) {
        Visit out;
        out.case_id = one.header.id;
        out.planned_for = at;
        out.purpose = maker_.say("demo.visit.purpose");
        out.people = maker_.say("demo.visit.people");
        out.state = state;
        if (state == VisitState::done) {
            out.started_at = at;
            out.ended_at = Time{at.ticks + 6 * Time::per_hour};
            out.result = maker_.say("demo.visit.result");
        } else {
            out.cancelling_reason = maker_.say("demo.visit.cancelled");
        }
        return maker_.add(out, at);
    }

    /// A consultation that became a rescue, and, until there are enough, one with visits.
    Result<void> add_rescued(Time at) {
        Consultation consultation = TRY(asked(at));
        const Time decided = later(at, 1 + static_cast<std::int64_t>(dice_.below(3)));
        const Case one = TRY(add_case(consultation, decided));
        consultation.case_id = one.header.id;
        consultation.purpose = answer(Purpose::victim_suspected);
        consultation.motive = answer(Motive::espionage);
        consultation.outcome = ConsultationOutcome::moved_to_rescue;
        TRY_VOID(maker_.add(consultation, at));
        asked_.push_back(consultation);
        const Rescue rescue = TRY(add_rescue(one, decided));
        rescued_.push_back(one);

        const std::size_t made = rescued_.size();
        const bool is_visited =
            made * line_.visited / line_.rescues > (made - 1) * line_.visited / line_.rescues;
        if (!is_visited) return {};
        Time visit = later(*rescue.started_at, 1);
        // One to four of them in turn; the later ones may fall into the next period.
        for (std::size_t i = 0; i <= visited_ % most_visits; ++i) {
            TRY_VOID(add_visit(one, visit, VisitState::done));
            visit = later(visit, 7 + static_cast<std::int64_t>(dice_.below(33)));
        }
        ++visited_;
        last_visited_ = one;
        return {};
    }

    Result<void> add_what_does_not_count() {
        const Time at{line_.period.end().ticks - last_days * Time::per_day};
        for (std::size_t i = 0; i < binned_consultations; ++i) {
            Consultation one = TRY(asked(at));
            TRY_VOID(maker_.add(one, at));
            TRY_VOID(maker_.put_into_bin(one, later(at, 1)));
        }
        for (std::size_t i = 0; i < duplicates; ++i) TRY_VOID(add_duplicate(asked_[i * 7], at));
        for (std::size_t i = 0; i < cancelled_visits; ++i)
            TRY_VOID(add_visit(rescued_[i], later(at, 1), VisitState::cancelled));
        TRY_VOID(add_binned_case(at));
        return add_merged_case(at);
    }

    Result<void> add_duplicate(const Consultation& first, Time at) {
        Consultation one = TRY(asked(at));
        one.duplicate_of = first.header.id;
        one.case_id = first.case_id;
        one.outcome = ConsultationOutcome::duplicate_of;
        one.closing_reason = maker_.say("demo.duplicate");
        return maker_.add(one, at);
    }

    Result<void> add_binned_case(Time at) {
        const Consultation consultation = TRY(asked(at));
        const Case one = TRY(add_case(consultation, at));
        TRY(add_rescue(one, at));
        TRY_VOID(add_visit(one, later(at, 1), VisitState::done));
        return maker_.put_into_bin(one, later(at, 2));
    }

    /// The same matter, taken in twice: a case of its own until it was merged with one that was visited.
    Result<void> add_merged_case(Time at) {
        const Consultation consultation = TRY(asked(at));
        const Case one = TRY(add_case(consultation, at));
        TRY(add_rescue(one, at));
        TRY_VOID(add_visit(one, later(at, 1), VisitState::done));
        CaseLink link;
        link.case_id = one.header.id;
        link.other_case_id = last_visited_->header.id;
        link.kind = CaseLinkKind::same_as;
        link.reason = maker_.say("demo.merge");
        return maker_.add(link, later(at, 2));
    }

    Maker& maker_;
    Dice& dice_;
    const Line& line_;
    std::vector<Consultation> asked_;
    std::vector<Case> rescued_;
    std::size_t visited_ = 0;
    std::optional<Case> last_visited_;
};

}  // namespace

Result<void> add_years(Maker& maker) {
    for (const Line& line : lines) {
        Period period(maker, line);
        TRY_VOID(period.make());
    }
    return {};
}

}  // namespace konseki::desk::demo
