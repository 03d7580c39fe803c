#pragma once

#include <optional>
#include <string>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/base/ulid.h"
#include "konseki/casebook/enums.h"
#include "konseki/casebook/row.h"

namespace konseki::casebook {

// The entities of a desk. `fields(self, visit)` names each field once: `visit(name, member, mark)`. What a name or a
// type stands for in words is told in docs/desk.md; which states follow which in states.h.

namespace mark {
inline constexpr Mark none = {};
inline constexpr Mark required = {.required = true};
inline constexpr Mark long_text = {.is_long = true};
inline constexpr Mark contact_data = {.is_contact = true};
inline constexpr Mark by_desk = {.by_desk = true};
/// Holds the id of such a thing.
constexpr Mark refers(Entity entity) { return {.refers = entity}; }
/// What it belongs to, for ever.
constexpr Mark belongs_to(Entity entity) {
    return {.required = true, .is_fixed = true, .refers = entity};
}
}  // namespace mark

/// A victim, an asker, a partner.
struct Organisation {
    Header header;
    std::string name;
    std::string name_kana;  ///< よみ, to find it by what was heard on the phone
    std::string name_en;
    Answer<LegalKind> legal_kind;
    Answer<CiSector> ci_sector;
    Answer<std::vector<ThemeSector>> theme_sectors;
    Answer<SizeBand> size_band;
    Answer<std::string> prefecture;  ///< JIS X 0401, `01` to `47`, or `overseas`
    std::string country;             ///< ISO 3166-1 alpha-2
    Answer<Maturity> maturity;
    std::optional<Date> maturity_on;
    std::string maturity_basis;
    std::string remarks;

    static constexpr Entity entity = Entity::organisation;
    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
        visit("name", self.name, mark::required);
        visit("name_kana", self.name_kana, mark::none);
        visit("name_en", self.name_en, mark::none);
        visit("legal_kind", self.legal_kind, mark::none);
        visit("ci_sector", self.ci_sector, mark::none);
        visit("theme_sectors", self.theme_sectors, mark::none);
        visit("size_band", self.size_band, mark::none);
        visit("prefecture", self.prefecture, mark::none);
        visit("country", self.country, mark::none);
        visit("maturity", self.maturity, mark::none);
        visit("maturity_on", self.maturity_on, mark::none);
        visit("maturity_basis", self.maturity_basis, mark::none);
        visit("remarks", self.remarks, mark::long_text);
    }
};

/// A person whom the desk talks to.
struct Contact {
    Header header;
    std::string name;
    std::string name_kana;
    std::string role;  ///< in the organisation, in their words
    std::optional<Ulid> organisation_id;
    std::string language;  ///< BCP 47
    bool may_be_contacted = true;

    static constexpr Entity entity = Entity::contact;
    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
        visit("name", self.name, mark::contact_data);
        visit("name_kana", self.name_kana, mark::contact_data);
        visit("role", self.role, mark::none);
        visit("organisation_id", self.organisation_id, mark::refers(Entity::organisation));
        visit("language", self.language, mark::none);
        visit("may_be_contacted", self.may_be_contacted, mark::none);
    }
};

/// One way to reach a person, and whether the attacker may read or hear it.
struct Channel {
    Header header;
    Ulid contact_id;
    ChannelKind kind = ChannelKind::phone;
    std::string value;
    Safety safety = Safety::unknown;
    std::string safety_basis;  ///< who said so, and why

    static constexpr Entity entity = Entity::channel;
    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
        visit("contact_id", self.contact_id, mark::belongs_to(Entity::contact));
        visit("kind", self.kind, mark::required);
        visit("value", self.value, Mark{.required = true, .is_contact = true});
        visit("safety", self.safety, mark::none);
        visit("safety_basis", self.safety_basis, mark::none);
    }
};

/// One request for help, or one offer of information: several mails in one matter are one of it.
struct Consultation {
    Header header;
    Time received_at;
    std::string received_zone;  ///< of `received_at` as it was told
    Answer<IntakeChannel> channel;
    std::optional<Ulid> contact_id;
    bool gave_no_contact = false;
    Answer<AskerKind> asker_kind;
    std::optional<Ulid> organisation_id;
    std::string organisation_told;  ///< the name as told, before anybody looked it up
    Answer<Purpose> purpose;
    Answer<NoticedBy> noticed_by;
    Answer<Motive> motive;
    std::string motive_reason;
    Answer<AttackOutcome> attack_outcome;
    Answer<std::vector<DoneAlready>> done_already;
    bool information_only = false;
    std::string summary;
    std::string original;  ///< the mail or memo as it came
    std::optional<Time> call_back_at;
    std::string call_back_to;
    Tlp tlp = Tlp::amber_strict;
    ConsultationState state = ConsultationState::received;
    std::optional<ConsultationOutcome> outcome;
    std::string closing_reason;
    std::optional<Ulid> case_id;
    std::optional<Ulid> duplicate_of;

    static constexpr Entity entity = Entity::consultation;
    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
        visit("received_at", self.received_at, mark::required);
        visit("received_zone", self.received_zone, mark::none);
        visit("channel", self.channel, mark::none);
        visit("contact_id", self.contact_id, mark::refers(Entity::contact));
        visit("gave_no_contact", self.gave_no_contact, mark::none);
        visit("asker_kind", self.asker_kind, mark::none);
        visit("organisation_id", self.organisation_id, mark::refers(Entity::organisation));
        visit("organisation_told", self.organisation_told, mark::none);
        visit("purpose", self.purpose, mark::none);
        visit("noticed_by", self.noticed_by, mark::none);
        visit("motive", self.motive, mark::none);
        visit("motive_reason", self.motive_reason, mark::none);
        visit("attack_outcome", self.attack_outcome, mark::none);
        visit("done_already", self.done_already, mark::none);
        visit("information_only", self.information_only, mark::none);
        visit("summary", self.summary, mark::long_text);
        visit("original", self.original, Mark{.is_long = true, .is_contact = true});
        visit("call_back_at", self.call_back_at, mark::none);
        visit("call_back_to", self.call_back_to, mark::contact_data);
        visit("tlp", self.tlp, mark::none);
        visit("state", self.state, mark::by_desk);
        visit("outcome", self.outcome, mark::by_desk);
        visit("closing_reason", self.closing_reason, mark::by_desk);
        visit("case_id", self.case_id, Mark{.by_desk = true, .refers = Entity::case_});
        visit("duplicate_of", self.duplicate_of,
              Mark{.by_desk = true, .refers = Entity::consultation});
    }
};

/// One organisation and one continuous incident.
struct Case {
    Header header;
    std::string number;  ///< `2019-0042`, by the fiscal year
    std::string title;
    CaseKind kind = CaseKind::incident;
    std::optional<Ulid> organisation_id;
    Answer<Motive> motive;
    std::string summary;
    Tlp tlp = Tlp::amber_strict;
    Pap pap = Pap::amber;
    bool is_closed_off = false;  ///< only those with a role on this very case know of it
    CaseState state = CaseState::open;
    CasePhase phase = CasePhase::assess;
    Time opened_at;
    std::optional<Time> closed_at;
    std::string closing_note;
    std::optional<EvidenceDecision> evidence_decision;

    static constexpr Entity entity = Entity::case_;
    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
        visit("number", self.number, mark::by_desk);
        visit("title", self.title, mark::required);
        visit("kind", self.kind, mark::none);
        visit("organisation_id", self.organisation_id, mark::refers(Entity::organisation));
        visit("motive", self.motive, mark::none);
        visit("summary", self.summary, mark::long_text);
        visit("tlp", self.tlp, mark::none);
        visit("pap", self.pap, mark::none);
        visit("is_closed_off", self.is_closed_off, mark::by_desk);
        visit("state", self.state, mark::by_desk);
        visit("phase", self.phase, mark::by_desk);
        visit("opened_at", self.opened_at, mark::by_desk);
        visit("closed_at", self.closed_at, mark::by_desk);
        visit("closing_note", self.closing_note, Mark{.is_long = true, .by_desk = true});
        visit("evidence_decision", self.evidence_decision, mark::by_desk);
    }
};

/// A case taken into active help: at most one for a case; reopening keeps it.
struct Rescue {
    Header header;
    Ulid case_id;
    RescueReason reason = RescueReason::harm_by_delay;
    std::string reason_text;
    std::string decided_by;
    Time decided_at;
    RescueState state = RescueState::proposed;
    std::optional<Time> started_at;  ///< when it became active for the first time: what is counted
    std::optional<Time> ended_at;
    std::string ending_reason;

    static constexpr Entity entity = Entity::rescue;
    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
        visit("case_id", self.case_id, mark::belongs_to(Entity::case_));
        visit("reason", self.reason, mark::required);
        visit("reason_text", self.reason_text, mark::long_text);
        visit("decided_by", self.decided_by, mark::required);
        visit("decided_at", self.decided_at, mark::required);
        visit("state", self.state, mark::by_desk);
        visit("started_at", self.started_at, mark::by_desk);
        visit("ended_at", self.ended_at, mark::by_desk);
        visit("ending_reason", self.ending_reason, mark::by_desk);
    }
};

/// Members of the team go there: on-site support.
struct Visit {
    Header header;
    Ulid case_id;
    Time planned_for;
    Answer<std::string> prefecture;
    std::string purpose;
    std::string people;
    std::string result;
    VisitState state = VisitState::planned;
    std::optional<Time> started_at;  ///< what is counted, of a visit that is done
    std::optional<Time> ended_at;
    std::string cancelling_reason;

    static constexpr Entity entity = Entity::visit;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("case_id", self.case_id, mark::belongs_to(Entity::case_));
        visit("planned_for", self.planned_for, mark::required);
        visit("prefecture", self.prefecture, mark::none);
        visit("purpose", self.purpose, mark::none);
        visit("people", self.people, mark::none);
        visit("result", self.result, mark::long_text);
        visit("state", self.state, mark::by_desk);
        visit("started_at", self.started_at, mark::by_desk);
        visit("ended_at", self.ended_at, mark::by_desk);
        visit("cancelling_reason", self.cancelling_reason, mark::by_desk);
    }
};

/// Two cases belong together. A merge is a link that can be taken back: no row is moved.
struct CaseLink {
    Header header;
    Ulid case_id;
    Ulid other_case_id;
    CaseLinkKind kind = CaseLinkKind::related;
    std::string reason;
    std::optional<Time> undone_at;
    std::string undoing_reason;

    static constexpr Entity entity = Entity::case_link;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("case_id", self.case_id, mark::belongs_to(Entity::case_));
        visit("other_case_id", self.other_case_id, mark::belongs_to(Entity::case_));
        visit("kind", self.kind, Mark{.required = true, .is_fixed = true});
        visit("reason", self.reason, mark::required);
        visit("undone_at", self.undone_at, mark::by_desk);
        visit("undoing_reason", self.undoing_reason, mark::by_desk);
    }
};

/// What somebody wrote down about a case.
struct Note {
    Header header;
    Ulid case_id;
    std::string title;
    std::string body;

    static constexpr Entity entity = Entity::note;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("case_id", self.case_id, mark::belongs_to(Entity::case_));
        visit("title", self.title, mark::none);
        visit("body", self.body, Mark{.required = true, .is_long = true});
    }
};

/// Something that somebody is to do.
struct Task {
    Header header;
    std::optional<Ulid> case_id;
    std::string title;
    std::optional<Ulid> owner_id;  ///< a user
    std::optional<Time> due_at;
    TaskState state = TaskState::open;

    static constexpr Entity entity = Entity::task;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("case_id", self.case_id, Mark{.is_fixed = true, .refers = Entity::case_});
        visit("title", self.title, mark::required);
        visit("owner_id", self.owner_id, mark::none);
        visit("due_at", self.due_at, mark::none);
        visit("state", self.state, mark::none);
    }
};

/// Between the two forms. A row that was read back from the store or that passed `check_row` has what the struct
/// needs; anything else is a broken invariant.
template <class T>
Row to_row(const T& thing);
template <class T>
T from_row(const Row& row);

}  // namespace konseki::casebook
