#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/base/ulid.h"
#include "konseki/casebook/enums.h"
#include "konseki/casebook/figures.h"
#include "konseki/casebook/row.h"
#include "konseki/desk/outcome.h"
#include "konseki/desk/rights.h"
#include "konseki/store/store.h"

namespace konseki::desk {

/// What a desk gets from outside: the clock and random bytes that nobody can guess.
struct Surroundings {
    std::function<Time()> now;
    std::function<void(std::span<std::byte>)> random;
};

/// Seals secrets of users (TOTP) in the store.
using SealKey = std::array<std::byte, 32>;

/// Sent by a client: what the interface knows of it.
struct Caller {
    std::string via;
    std::string address;
    std::string agent;
    std::string request_id;
};

/// One field and its new value.
struct Edit {
    std::string field;
    casebook::Value value;
};
using Edits = std::vector<Edit>;

/// A row that the act is about, and the version that the person saw.
struct Seen {
    Ulid id;
    std::int64_t version = 0;
};

/// A page of things as asked for by a client: fields and codes are checked here.
struct ListRequest {
    casebook::Entity entity = casebook::Entity::case_;
    std::vector<std::pair<std::string, std::string>> filters;  ///< field, and a value as text
    std::string order;  ///< a field's name, with `-` before it for the other way; empty: by id
    std::string after;
    std::size_t limit = 50;
    bool in_bin = false;
};

/// A consultation with who asked, made at once.
struct Intake {
    Edits consultation;
    std::optional<Edits> contact;
    std::vector<Edits> channels;
};
struct TakenIn {
    casebook::Row consultation;
    std::optional<casebook::Row> contact;
    std::vector<casebook::Row> channels;
};

/// A contact with its organisation, or an organisation alone, that fits what was looked for.
struct Known {
    std::optional<casebook::Row> contact;  ///< of its contact data name and reading may be told
    std::optional<casebook::Row> organisation;
    std::string matched;  ///< `name`, `name_kana`, `name_en`, or the kind of a channel
};
struct KnownPeople {
    std::vector<Known> items;
    bool has_more = false;  ///< what was looked for fits others too
};

/// A consultation that now has a case.
struct Tied {
    casebook::Row consultation;
    casebook::Row case_;
};

/// What waits for a person.
struct Today {
    std::vector<casebook::Row> call_backs;  ///< promised and not past closing, the earliest first
    std::vector<casebook::Row> consultations;
    std::vector<casebook::Row> tasks;   ///< one's own
    std::vector<casebook::Row> visits;  ///< planned, the earliest first
};

/// A new login: the token is told once and stored as its hash.
struct LoggedIn {
    std::string token;
    Actor actor;
};
struct Credentials {
    std::string login;
    std::string password;
    std::string code;  ///< of the authenticator, or a recovery code; empty: none
};
struct FirstLogin {
    std::string token;
    std::string login;
    std::string display_name;
    std::string password;
};
/// A user with a one-time link for the first login.
struct Invited {
    store::User user;
    std::string token;
};
struct NewUser {
    std::string login;
    std::string display_name;
    std::string language;
    std::vector<casebook::Role> roles;  ///< on the whole desk
};
struct TotpSetup {
    std::string secret;  ///< base32
    std::string uri;     ///< otpauth://…
};
/// A user as others see them.
struct Person {
    store::User user;
    std::vector<casebook::Role> roles;  ///< on the whole desk
};

/// What all functions of the desk share.
struct Inside;

/// What an officer does, one function each: right, state, one transaction, audit. Safe from several threads.
/// Rows that are handed out have no contact data in them, but where a function says so.
class Desk {
  public:
    Desk(store::Store& store, Surroundings surroundings, const SealKey& key);
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    // Logging in and staying so.

    /// True while there is nobody who could log in.
    Result<bool> has_nobody();
    /// Makes the first administrator, with a token for FirstLogin; those made before and not used are void.
    Result<std::string> invite_first();
    /// From the terminal, for somebody who is locked out: as reset_user. Hidden where there is no such login.
    Outcome<std::string> invite_named(std::string_view login);
    Outcome<LoggedIn> first_login(const FirstLogin& request, const Caller& caller);
    Outcome<LoggedIn> log_in(const Credentials& credentials, const Caller& caller);
    /// Whose token it is; the login lasts while it is used.
    Outcome<Actor> recognise(std::string_view token, const Caller& caller);
    Outcome<void> log_out(const Actor& actor);
    /// The password once more, before a sensitive act.
    Outcome<void> authenticate(const Actor& actor, const Credentials& credentials);
    Outcome<std::vector<store::Session>> sessions(const Actor& actor);
    Outcome<void> end_session(const Actor& actor, Ulid session);
    Outcome<void> change_password(const Actor& actor, const std::string& old_one,
                                  const std::string& new_one);
    Outcome<TotpSetup> begin_totp(const Actor& actor);
    /// Recovery codes, told once.
    Outcome<std::vector<std::string>> confirm_totp(const Actor& actor, std::string_view code);

    // Users and roles.

    Outcome<std::vector<Person>> users(const Actor& actor);
    Outcome<Invited> make_user(const Actor& actor, const NewUser& request);
    /// A new one-time link; password, second factor and logins of before are void.
    Outcome<Invited> reset_user(const Actor& actor, Ulid user);
    Outcome<Person> set_disabled(const Actor& actor, Ulid user, bool is_disabled);
    Outcome<Person> set_roles(const Actor& actor, Ulid user, std::vector<casebook::Role> roles);
    Outcome<std::vector<store::Grant>> grants(const Actor& actor, Ulid case_id);
    Outcome<store::Grant> grant(const Actor& actor, Ulid case_id, Ulid user, casebook::Role role);
    Outcome<void> revoke(const Actor& actor, Ulid case_id, Ulid user, casebook::Role role);
    Outcome<std::vector<store::AuditEvent>> audit(const Actor& actor, store::AuditQuery query);

    /// The audit says that somebody tried what they have no right to; of one and the same, once an hour.
    Outcome<void> note_refused(const Actor& actor, const std::string& what);

    // Things of every kind.

    Outcome<store::Page> list(const Actor& actor, const ListRequest& request);
    Outcome<casebook::Row> get(const Actor& actor, casebook::Entity entity, Ulid id);
    Outcome<std::vector<store::Version>> versions(const Actor& actor, casebook::Entity entity,
                                                  Ulid id);
    /// The row with its contact data; the audit says so before anybody sees them.
    Outcome<casebook::Row> reveal(const Actor& actor, casebook::Entity entity, Ulid id);
    Outcome<casebook::Row> create(const Actor& actor, casebook::Entity entity, const Edits& edits);
    Outcome<casebook::Row> patch(const Actor& actor, casebook::Entity entity, Seen seen,
                                 const Edits& edits);
    Outcome<casebook::Row> bin(const Actor& actor, casebook::Entity entity, Seen seen);
    Outcome<casebook::Row> restore(const Actor& actor, casebook::Entity entity, Seen seen);

    // What the person is writing: nobody else's, and forgotten after 30 days.

    /// The newest first, without their bodies.
    Outcome<std::vector<store::Draft>> drafts(const Actor& actor);
    Outcome<store::Draft> draft(const Actor& actor, const std::string& key);
    Outcome<store::Draft> put_draft(const Actor& actor, const std::string& key, std::string body);
    Outcome<void> remove_draft(const Actor& actor, const std::string& key);

    // What changes a state.

    /// With a `contact_id` the consultation is that contact's, to whom the channels are added.
    Outcome<TakenIn> take_in(const Actor& actor, const Intake& intake);
    struct ConsultationStep {
        casebook::ConsultationState state = casebook::ConsultationState::received;
        std::optional<casebook::ConsultationOutcome> outcome;
        std::string reason;
        std::optional<Ulid> duplicate_of;
    };
    Outcome<casebook::Row> move_consultation(const Actor& actor, Seen seen,
                                             const ConsultationStep& step);
    /// A new case with this title, or ties it to a case that is there.
    struct CaseChoice {
        std::string title;
        std::optional<Ulid> case_id;
    };
    Outcome<Tied> give_case(const Actor& actor, Seen consultation, const CaseChoice& choice);
    struct RescueStep {
        casebook::RescueState state = casebook::RescueState::proposed;
        std::string reason;
        std::optional<Time> started_at;  ///< for late entries; none: now
    };
    Outcome<casebook::Row> move_rescue(const Actor& actor, Seen seen, const RescueStep& step);
    /// A visit together with the rescue that it needs, active at once (R4).
    Outcome<casebook::Row> create_visit_with_rescue(const Actor& actor, const Edits& visit,
                                                    const Edits& rescue);
    struct VisitStep {
        casebook::VisitState state = casebook::VisitState::planned;
        std::optional<Time> started_at, ended_at;
        std::string reason;
    };
    Outcome<casebook::Row> move_visit(const Actor& actor, Seen seen, const VisitStep& step);
    Outcome<casebook::Row> close_case(const Actor& actor, Seen seen,
                                      casebook::EvidenceDecision decision, const std::string& note);
    Outcome<casebook::Row> reopen_case(const Actor& actor, Seen seen, const std::string& reason);
    Outcome<casebook::Row> move_phase(const Actor& actor, Seen seen, casebook::CasePhase phase,
                                      const std::string& reason);
    /// From now on, or no longer, only those with a role on this very case know of it. Who closes it off keeps theirs.
    Outcome<casebook::Row> close_off(const Actor& actor, Seen seen, bool is_closed_off,
                                     const std::string& reason);
    Outcome<casebook::Row> undo_link(const Actor& actor, Seen seen, const std::string& reason);

    // Views.

    Outcome<casebook::Figures> figures(const Actor& actor, casebook::Basis basis,
                                       std::span<const casebook::FiscalPeriod> periods);
    /// When the first consultation that counts came.
    Outcome<std::optional<Time>> first_asked(const Actor& actor);
    /// What one number of the table counted, as far as the person may see it.
    Outcome<std::vector<casebook::Row>> counted_rows(const Actor& actor, casebook::Basis basis,
                                                     casebook::FiscalPeriod period,
                                                     std::string_view which);
    Outcome<Today> today(const Actor& actor);
    Outcome<std::vector<casebook::Row>> search(const Actor& actor, std::string_view words);
    /// Contacts and organisations by a part of a name, a reading, a number or an address, for those who may reveal contact
    /// data. The audit says whose names were shown, of each contact once after each login.
    Outcome<KnownPeople> find_people(const Actor& actor, std::string_view part);
    struct Changes {
        std::vector<casebook::Row> rows;
        std::int64_t last = 0;
    };
    Outcome<Changes> changes(const Actor& actor, std::int64_t since);
    /// Whether the store answers.
    Result<void> try_store();

  private:
    std::unique_ptr<Inside> inside_;
};

}  // namespace konseki::desk
