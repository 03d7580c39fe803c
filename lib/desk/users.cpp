// Users, their roles on the desk and on cases, and the audit.

#include <algorithm>

#include "logins.h"

namespace konseki::desk {

using casebook::AuditAction;
using casebook::Role;

namespace {

constexpr std::size_t longest_audit_page = 200;
/// So long one line says enough of what somebody tries again and again: the audit never shrinks.
constexpr std::int64_t refused_ticks = Time::per_hour;
/// More than there are kinds of requests, so that no round of them fills the audit either.
constexpr std::size_t most_refused = 500;

Result<Person> person_of(store::Reader& reader, const store::User& user) {
    Person person{user, {}};
    for (const store::Grant& grant : TRY(reader.grants_of(user.id)))
        if (!grant.case_id) person.roles.push_back(grant.role);
    std::ranges::sort(person.roles);
    return person;
}

Outcome<void> allow_managing(const Actor& actor, Time now) {
    if (!may(actor, Act::manage_users, Place{})) return refuse(Refusal::forbidden, "forbidden");
    return need_fresh(actor, now);
}

/// A new one-time token of a user, whose hash is stored.
std::string invite(const Inside& inside, store::User& user, Time now) {
    std::string token = new_token(inside);
    user.first_login = hex_hash_of_token(token);
    user.first_login_until = Time{now.ticks + link_ticks};
    return token;
}

/// Password, second factor and logins are void; a one-time link takes their place.
Result<std::string> reset(const Inside& inside, Work& work, store::User& user) {
    user.password.clear();
    user.totp_secret.clear();
    user.recovery_codes.clear();
    std::string token = invite(inside, user, work.now());
    TRY_VOID(work.writer().put_user(user));
    TRY_VOID(end_other_sessions(work.writer(), user.id, Ulid{}));
    TRY_VOID(work.note(AuditAction::credential_changed, "user", user.id, {}, "link"));
    return token;
}

/// Without a password nobody can log in: somebody who can must be left to manage users.
Result<bool> is_last_administrator(store::Reader& reader, Ulid user) {
    for (const store::User& other : TRY(reader.users())) {
        if (other.id == user || other.is_disabled || other.password.empty()) continue;
        const Person person = TRY(person_of(reader, other));
        if (std::ranges::find(person.roles, Role::administrator) != person.roles.end())
            return false;
    }
    return true;
}

Result<void> put_roles(Work& work, Ulid user, const std::vector<Role>& wanted,
                       const std::vector<Role>& held) {
    const Ulid by = work.eyes().actor().user;
    for (const Role role : held)
        if (std::ranges::find(wanted, role) == wanted.end()) {
            TRY_VOID(work.writer().remove_grant({user, {}, role, by, work.now()}));
            TRY_VOID(work.note(AuditAction::revoked, "user", user, {}, std::string(code_of(role))));
        }
    for (const Role role : wanted)
        if (std::ranges::find(held, role) == held.end()) {
            TRY_VOID(work.writer().put_grant({user, {}, role, by, work.now()}));
            TRY_VOID(work.note(AuditAction::granted, "user", user, {}, std::string(code_of(role))));
        }
    return {};
}

}  // namespace

Result<bool> Desk::has_nobody() {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    const std::vector<store::User> users = TRY(reader->users());
    return std::ranges::none_of(users,
                                [](const store::User& user) { return !user.password.empty(); });
}

Result<std::string> Desk::invite_first() {
    const std::unique_ptr<store::Writer> writer = TRY(inside_->store.write());
    const Time now = inside_->now();
    store::User user;
    // Others may have been invited: their link makes no administrator.
    for (store::User& one : TRY(writer->users())) {
        const Person person = TRY(person_of(*writer, one));
        const bool manages =
            std::ranges::find(person.roles, Role::administrator) != person.roles.end();
        if (manages && one.password.empty() && !one.is_disabled) user = std::move(one);
    }
    const bool is_new = user.id.is_nil();
    if (is_new) {
        user.id = inside_->new_id();
        user.login = "administrator";
        user.display_name = "administrator";
        user.created_at = now;
    }
    std::string token = invite(*inside_, user, now);
    TRY_VOID(writer->put_user(user));
    if (is_new) TRY_VOID(writer->put_grant({user.id, {}, Role::administrator, user.id, now}));
    store::AuditEvent event;
    event.at = now;
    event.via = "terminal";
    event.action = AuditAction::set_up;
    event.object_kind = "user";
    event.object = user.id;
    TRY_VOID(writer->append_audit(event));
    TRY_VOID(writer->commit());
    return token;
}

Outcome<std::string> Desk::invite_named(std::string_view login) {
    Actor terminal;
    terminal.via = "terminal";
    Work work(*inside_, TRY(inside_->store.write()), terminal);
    std::optional<store::User> user = TRY(work.writer().user_named(login));
    if (!user) return hide();
    std::string token = TRY(reset(*inside_, work, *user));
    TRY_VOID(end_try(work.writer(), tries_of_account(login)));
    TRY_VOID(work.commit());
    return token;
}

Outcome<std::vector<Person>> Desk::users(const Actor& actor) {
    // Who works on one case only has to know with whom.
    const bool sees = std::ranges::any_of(
        actor.grants, [](const store::Grant& grant) { return allows(grant.role, Act::see_users); });
    if (!sees) return refuse(Refusal::forbidden, "forbidden");
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    std::vector<Person> people;
    for (const store::User& user : TRY(reader->users()))
        people.push_back(TRY(person_of(*reader, user)));
    return people;
}

Outcome<Invited> Desk::make_user(const Actor& actor, const NewUser& request) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(allow_managing(actor, work.now()));
    std::vector<Fault> faults;
    if (const auto fault = fault_of_login(request.login))
        faults.push_back({"login", std::string(*fault)});
    if (const auto fault = fault_of_display_name(request.display_name))
        faults.push_back({"display_name", std::string(*fault)});
    if (request.language != "ja" && request.language != "en")
        faults.push_back({"language", "no_such_code"});
    if (!std::ranges::all_of(request.roles, is_role_of_desk))
        faults.push_back({"roles", "no_such_code"});
    if (!faults.empty()) return refuse_fields(std::move(faults));
    const std::optional<store::User> same_name = TRY(work.writer().user_named(request.login));
    if (same_name) return refuse_fields({{"login", "taken"}});
    Invited invited;
    invited.user.id = inside_->new_id();
    invited.user.login = request.login;
    invited.user.display_name = request.display_name;
    invited.user.language = request.language;
    invited.user.created_at = work.now();
    invited.token = invite(*inside_, invited.user, work.now());
    TRY_VOID(work.writer().put_user(invited.user));
    TRY_VOID(work.note(AuditAction::made, "user", invited.user.id, {}, ""));
    TRY_VOID(put_roles(work, invited.user.id, request.roles, {}));
    TRY_VOID(work.commit());
    return invited;
}

Outcome<Invited> Desk::reset_user(const Actor& actor, Ulid id) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(allow_managing(actor, work.now()));
    std::optional<store::User> user = TRY(work.writer().user(id));
    if (!user) return hide();
    const bool is_last = TRY(is_last_administrator(work.writer(), id));
    if (is_last) return refuse(Refusal::conflict, "last_administrator");
    std::string token = TRY(reset(*inside_, work, *user));
    TRY_VOID(work.commit());
    return Invited{*std::move(user), std::move(token)};
}

Outcome<Person> Desk::set_disabled(const Actor& actor, Ulid id, bool is_disabled) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(allow_managing(actor, work.now()));
    std::optional<store::User> user = TRY(work.writer().user(id));
    if (!user) return hide();
    const bool is_last = TRY(is_last_administrator(work.writer(), id));
    if (is_disabled && is_last) return refuse(Refusal::conflict, "last_administrator");
    user->is_disabled = is_disabled;
    TRY_VOID(work.writer().put_user(*user));
    if (is_disabled) TRY_VOID(end_other_sessions(work.writer(), id, Ulid{}));
    TRY_VOID(work.note(AuditAction::changed, "user", id, {}, is_disabled ? "disabled" : "enabled"));
    Person person = TRY(person_of(work.writer(), *user));
    TRY_VOID(work.commit());
    return person;
}

Outcome<Person> Desk::set_roles(const Actor& actor, Ulid id, std::vector<Role> roles) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(allow_managing(actor, work.now()));
    if (!std::ranges::all_of(roles, is_role_of_desk))
        return refuse_fields({{"roles", "no_such_code"}});
    const std::optional<store::User> user = TRY(work.writer().user(id));
    if (!user) return hide();
    const bool is_last = TRY(is_last_administrator(work.writer(), id));
    if (is_last && std::ranges::find(roles, Role::administrator) == roles.end())
        return refuse(Refusal::conflict, "last_administrator");
    const Person before = TRY(person_of(work.writer(), *user));
    TRY_VOID(put_roles(work, id, roles, before.roles));
    Person person = TRY(person_of(work.writer(), *user));
    TRY_VOID(work.commit());
    return person;
}

namespace {

/// A case that the person sees and on which they may do something with roles.
Outcome<void> need_case(Eyes& eyes, Ulid case_id, Act act) {
    const casebook::Row row = TRY(eyes.see(casebook::Entity::case_, case_id));
    const Place place = TRY(eyes.place_of(row));
    return eyes.allow(act, place);
}

}  // namespace

Outcome<std::vector<store::Grant>> Desk::grants(const Actor& actor, Ulid case_id) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    Eyes eyes(*reader, actor);
    TRY_VOID(need_case(eyes, case_id, Act::read));
    return TRY(reader->grants_on(case_id));
}

Outcome<store::Grant> Desk::grant(const Actor& actor, Ulid case_id, Ulid user, Role role) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(need_case(work.eyes(), case_id, Act::grant));
    TRY_VOID(need_fresh(actor, work.now()));
    if (role == Role::administrator) return refuse_fields({{"role", "no_such_code"}});
    const std::optional<store::User> whom = TRY(work.writer().user(user));
    if (!whom || whom->is_disabled) return refuse_fields({{"user_id", "no_such"}});
    const store::Grant grant{user, case_id, role, actor.user, work.now()};
    for (const store::Grant& held : TRY(work.writer().grants_on(case_id)))
        if (held.user == user && held.role == role) return held;
    TRY_VOID(work.writer().put_grant(grant));
    TRY_VOID(work.note(AuditAction::granted, "user", user, case_id, std::string(code_of(role))));
    TRY_VOID(work.commit());
    return grant;
}

Outcome<void> Desk::revoke(const Actor& actor, Ulid case_id, Ulid user, Role role) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(need_case(work.eyes(), case_id, Act::grant));
    TRY_VOID(need_fresh(actor, work.now()));
    std::vector<store::Grant> held = TRY(work.writer().grants_on(case_id));
    const bool is_held = std::erase_if(held, [&](const store::Grant& one) {
                             return one.user == user && one.role == role;
                         }) > 0;
    if (!is_held) return hide();
    const casebook::Row row = TRY(work.eyes().see(casebook::Entity::case_, case_id));
    const Place place = TRY(work.eyes().place_of(row));
    const bool has_lead = std::ranges::find(held, Role::lead, &store::Grant::role) != held.end();
    if (place.is_closed_off && !has_lead) return refuse(Refusal::conflict, "last_lead");
    TRY_VOID(work.writer().remove_grant({user, case_id, role, actor.user, work.now()}));
    TRY_VOID(work.note(AuditAction::revoked, "user", user, case_id, std::string(code_of(role))));
    TRY_VOID(work.commit());
    return {};
}

Outcome<std::vector<store::AuditEvent>> Desk::audit(const Actor& actor, store::AuditQuery query) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    Eyes eyes(*reader, actor);
    query.limit = std::clamp<std::size_t>(query.limit, 1, longest_audit_page);
    if (query.case_id) {
        TRY_VOID(need_case(eyes, *query.case_id, Act::read_audit));
        return TRY(reader->audit(query));
    }
    // Without a case: what is of users and sessions, for those who manage them.
    if (!may(actor, Act::manage_users, Place{})) return refuse(Refusal::forbidden, "forbidden");
    query.kinds = {"user", "session"};
    std::vector<store::AuditEvent> shown;
    while (shown.size() < query.limit) {
        const std::vector<store::AuditEvent> events = TRY(reader->audit(query));
        // Roles on a case are told to those who may see that case.
        for (const store::AuditEvent& event : events)
            if (!event.case_id && shown.size() < query.limit) shown.push_back(event);
        if (events.size() < query.limit) break;
        query.before_seq = events.back().seq;
    }
    return shown;
}

Outcome<void> Desk::note_refused(const Actor& actor, const std::string& what) {
    store::AuditQuery query;
    query.object = query.actor = actor.user;
    query.limit = most_refused;
    {
        const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
        const std::int64_t since = inside_->now().ticks - refused_ticks;
        for (const store::AuditEvent& event : TRY(reader->audit(query)))
            if (event.action == AuditAction::refused && event.reason == what &&
                event.at.ticks > since)
                return {};
    }
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(work.note(AuditAction::refused, "user", actor.user, {}, what));
    TRY_VOID(work.commit());
    return {};
}

}  // namespace konseki::desk
