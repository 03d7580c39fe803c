// Logging in, staying so, logging out. Unknown names, wrong passwords and disabled users get one answer after one
// amount of work.

#include "logins.h"

#include <algorithm>

#include "konseki/base/text.h"

namespace konseki::desk {

using casebook::AuditAction;

namespace {

/// Each request moves the end of an idle login on, but not each one writes.
constexpr std::int64_t write_seen_after_ticks = 60 * Time::per_second;
constexpr std::size_t longest_agent = 200;

Actor actor_of(const store::User& user, const Caller& caller) {
    Actor actor;
    actor.user = user.id;
    actor.login = user.login;
    actor.display_name = user.display_name;
    actor.language = user.language;
    actor.has_totp = !user.totp_secret.empty();
    actor.via = caller.via;
    actor.address = caller.address;
    actor.request_id = caller.request_id;
    return actor;
}

/// Somebody who is nobody yet: for the audit of what happens before a login.
Actor nobody(const Caller& caller) {
    store::User none;
    return actor_of(none, caller);
}

/// A try that was counted beforehand.
struct Try {
    std::string account, address;
    std::int64_t of_account = 0, of_address = 0;
};

/// Of somebody who is logged in: strangers who try their name, or from their address, keep them from nothing.
Outcome<void> count_own_try(Inside& inside, const Actor& actor) {
    const std::unique_ptr<store::Writer> writer = TRY(inside.store.write());
    TRY_VOID(begin_try(*writer, tries_of_user(actor.user), most_tries_of_account, inside.now()));
    TRY_VOID(writer->commit());
    return {};
}

Outcome<Try> count_try(Inside& inside, const Credentials& credentials, const Caller& caller) {
    const std::unique_ptr<store::Writer> writer = TRY(inside.store.write());
    const Time now = inside.now();
    Try made{tries_of_account(credentials.login), tries_of_address(caller.address)};
    made.of_address = TRY(begin_try(*writer, made.address, most_tries_of_address, now));
    made.of_account = TRY(begin_try(*writer, made.account, most_tries_of_account, now));
    TRY_VOID(writer->commit());
    return made;
}

Result<void> forget(store::Writer& writer, const Try& made) {
    TRY_VOID(take_back_try(writer, made.address, made.of_address));
    return end_try(writer, made.account);
}

/// The user, where name and password fit; as slow where they do not.
Result<std::optional<store::User>> with_password(Inside& inside, const PasswordWorker::Place& place,
                                                 const Credentials& credentials) {
    std::optional<store::User> user;
    {
        const std::unique_ptr<store::Reader> reader = TRY(inside.store.read());
        if (!fault_of_login(credentials.login)) user = TRY(reader->user_named(credentials.login));
    }
    const bool is_too_long = credentials.password.size() > most_password_bytes;
    const std::string_view password = is_too_long ? std::string_view() : credentials.password;
    if (!user || user->password.empty()) {
        place.waste(password);
        return std::optional<store::User>();
    }
    const bool is_right = place.is_right(user->password, password) && !is_too_long;
    if (!is_right || user->is_disabled) return std::optional<store::User>();
    return user;
}

/// Always refused; the audit says so, not for whom it was: a password typed as a name would stand there for ever.
Outcome<void> refuse_login(Inside& inside, const Actor& actor, std::string code) {
    Work work(inside, TRY(inside.store.write()), actor);
    TRY_VOID(work.note(AuditAction::login_refused, "user", actor.user, {}, code));
    TRY_VOID(work.commit());
    return refuse(Refusal::unauthenticated, std::move(code));
}

Outcome<LoggedIn> begin_session(Inside& inside, Work& work, const store::User& user,
                                const Caller& caller) {
    store::Session session;
    const std::string token = new_token(inside);
    session.id = inside.new_id();
    session.user = user.id;
    session.token_hash = hash_of_token(token);
    session.created_at = session.seen_at = session.authenticated_at = work.now();
    session.address = caller.address;
    session.agent = is_valid_utf8(caller.agent) ? cut_text(caller.agent, longest_agent) : "";
    TRY_VOID(work.writer().put_session(session));
    // What is over by its age says nothing any more.
    TRY_VOID(work.writer().forget_stale(Time{work.now().ticks - absolute_ticks},
                                        Time{work.now().ticks - Time::per_day}));
    TRY_VOID(work.writer().forget_drafts(Time{work.now().ticks - draft_ticks}));
    Actor actor = actor_of(user, caller);
    actor.session = session.id;
    actor.authenticated_at = work.now();
    actor.grants = TRY(work.writer().grants_of(user.id));
    return LoggedIn{token, std::move(actor)};
}

bool is_over(const store::Session& session, Time now) {
    return now.ticks - session.seen_at.ticks > idle_ticks ||
           now.ticks - session.created_at.ticks > absolute_ticks;
}

}  // namespace

Outcome<LoggedIn> Desk::log_in(const Credentials& credentials, const Caller& caller) {
    const PasswordWorker::Place place = TRY(inside_->passwords.wait());
    const Try made = TRY(count_try(*inside_, credentials, caller));
    std::optional<store::User> user = TRY(with_password(*inside_, place, credentials));
    if (!user)
        return std::unexpected(refuse_login(*inside_, nobody(caller), "login_refused").error());
    if (!user->totp_secret.empty() && credentials.code.empty()) {
        // The password was right: no failed try. Those before it with wrong codes still count.
        const std::unique_ptr<store::Writer> writer = TRY(inside_->store.write());
        TRY_VOID(take_back_try(*writer, made.account, made.of_account));
        TRY_VOID(take_back_try(*writer, made.address, made.of_address));
        TRY_VOID(writer->commit());
        return refuse(Refusal::unauthenticated, "code_required");
    }
    Actor actor = actor_of(*user, caller);
    Work work(*inside_, TRY(inside_->store.write()), actor);
    // Read again: a code that somebody else used meanwhile counts no more.
    const std::optional<store::User> stored = TRY(work.writer().user(user->id));
    if (!stored || stored->password != user->password || stored->is_disabled)
        return refuse(Refusal::unauthenticated, "login_refused");
    user = stored;
    if (!user->totp_secret.empty()) {
        const bool is_right = TRY(use_code(*user, credentials.code, inside_->key, work.now()));
        if (!is_right) {
            TRY_VOID(work.note(AuditAction::login_refused, "user", user->id, {}, "code_refused"));
            TRY_VOID(work.commit());
            return refuse(Refusal::unauthenticated, "code_refused");
        }
        TRY_VOID(work.writer().put_user(*user));
    }
    LoggedIn done = TRY(begin_session(*inside_, work, *user, caller));
    TRY_VOID(forget(work.writer(), made));
    TRY_VOID(work.note(AuditAction::logged_in, "session", done.actor.session, {}, ""));
    TRY_VOID(work.commit());
    return done;
}

Outcome<Actor> Desk::recognise(std::string_view token, const Caller& caller) {
    const Time now = inside_->now();
    std::optional<store::Session> session;
    std::optional<store::User> user;
    std::vector<store::Grant> grants;
    {
        const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
        session = TRY(reader->session(hash_of_token(token)));
        if (session) user = TRY(reader->user(session->user));
        if (user) grants = TRY(reader->grants_of(user->id));
    }
    if (!user || user->is_disabled || is_over(*session, now))
        return refuse(Refusal::unauthenticated, "not_logged_in");
    if (now.ticks - session->seen_at.ticks > write_seen_after_ticks) {
        const std::unique_ptr<store::Writer> writer = TRY(inside_->store.write());
        // Read again: it may have been ended meanwhile, and must not come back.
        std::optional<store::Session> still = TRY(writer->session(session->token_hash));
        if (!still) return refuse(Refusal::unauthenticated, "not_logged_in");
        still->seen_at = now;
        TRY_VOID(writer->put_session(*still));
        TRY_VOID(writer->commit());
    }
    Actor actor = actor_of(*user, caller);
    actor.grants = std::move(grants);
    actor.session = session->id;
    actor.authenticated_at = session->authenticated_at;
    return actor;
}

Outcome<void> Desk::log_out(const Actor& actor) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(work.writer().end_session(actor.session));
    TRY_VOID(work.note(AuditAction::logged_out, "session", actor.session, {}, ""));
    TRY_VOID(work.commit());
    return {};
}

Outcome<void> Desk::authenticate(const Actor& actor, const Credentials& credentials) {
    const Credentials own = {actor.login, credentials.password, credentials.code};
    const PasswordWorker::Place place = TRY(inside_->passwords.wait());
    TRY_VOID(count_own_try(*inside_, actor));
    const std::optional<store::User> user = TRY(with_password(*inside_, place, own));
    if (!user) return refuse_login(*inside_, actor, "login_refused");
    Work work(*inside_, TRY(inside_->store.write()), actor);
    std::optional<store::User> stored = TRY(work.writer().user(actor.user));
    if (!stored || stored->password != user->password)
        return refuse(Refusal::unauthenticated, "login_refused");
    if (!stored->totp_secret.empty()) {
        const bool is_right = TRY(use_code(*stored, own.code, inside_->key, work.now()));
        if (!is_right) {
            TRY_VOID(work.note(AuditAction::login_refused, "user", actor.user, {}, "code_refused"));
            TRY_VOID(work.commit());
            return refuse(Refusal::unauthenticated, "code_refused");
        }
        TRY_VOID(work.writer().put_user(*stored));
    }
    for (store::Session session : TRY(work.writer().sessions_of(actor.user))) {
        if (session.id != actor.session) continue;
        session.authenticated_at = session.seen_at = work.now();
        TRY_VOID(work.writer().put_session(session));
    }
    TRY_VOID(end_try(work.writer(), tries_of_user(actor.user)));
    TRY_VOID(work.commit());
    return {};
}

Outcome<std::vector<store::Session>> Desk::sessions(const Actor& actor) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    std::vector<store::Session> sessions = TRY(reader->sessions_of(actor.user));
    std::erase_if(sessions, [now = inside_->now()](const store::Session& session) {
        return is_over(session, now);
    });
    return sessions;
}

Outcome<void> Desk::end_session(const Actor& actor, Ulid id) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    const std::vector<store::Session> own = TRY(work.writer().sessions_of(actor.user));
    if (std::ranges::find(own, id, &store::Session::id) == own.end()) return hide();
    TRY_VOID(work.writer().end_session(id));
    TRY_VOID(work.note(AuditAction::logged_out, "session", id, {}, ""));
    TRY_VOID(work.commit());
    return {};
}

namespace {

/// The user whose one-time link has this token and is still good.
Result<std::optional<store::User>> invited_by(store::Reader& reader, std::string_view token,
                                              Time now) {
    const std::string hash = hex_hash_of_token(token);
    for (const store::User& user : TRY(reader.users()))
        if (user.first_login == hash && !user.is_disabled && user.first_login_until &&
            now < *user.first_login_until)
            return std::optional<store::User>(user);
    return std::optional<store::User>();
}

}  // namespace

Outcome<LoggedIn> Desk::first_login(const FirstLogin& request, const Caller& caller) {
    std::vector<Fault> faults;
    if (const auto fault = fault_of_login(request.login))
        faults.push_back({"login", std::string(*fault)});
    if (const auto fault = fault_of_display_name(request.display_name))
        faults.push_back({"display_name", std::string(*fault)});
    if (const auto fault = fault_of_password(request.password, request.login))
        faults.push_back({"password", std::string(*fault)});
    if (!faults.empty()) return refuse_fields(std::move(faults));
    {
        const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
        const std::optional<store::User> user =
            TRY(invited_by(*reader, request.token, inside_->now()));
        if (!user) return refuse(Refusal::unauthenticated, "link_refused");
    }
    const std::string salt = inside_->random_bytes(16);
    const PasswordWorker::Place place = TRY(inside_->passwords.wait());
    const std::string password = TRY(place.hash(request.password, as_bytes(salt)));
    std::unique_ptr<store::Writer> writer = TRY(inside_->store.write());
    std::optional<store::User> user = TRY(invited_by(*writer, request.token, inside_->now()));
    if (!user) return refuse(Refusal::unauthenticated, "link_refused");
    const Actor actor = actor_of(*user, caller);
    Work work(*inside_, std::move(writer), actor);
    const std::optional<store::User> same_name = TRY(work.writer().user_named(request.login));
    if (same_name && same_name->id != user->id) return refuse_fields({{"login", "taken"}});
    user->login = request.login;
    user->display_name = request.display_name;
    user->password = password;
    user->first_login.clear();
    user->first_login_until.reset();
    TRY_VOID(work.writer().put_user(*user));
    LoggedIn done = TRY(begin_session(*inside_, work, *user, caller));
    TRY_VOID(work.note(AuditAction::set_up, "user", user->id, {}, ""));
    TRY_VOID(work.note(AuditAction::logged_in, "session", done.actor.session, {}, ""));
    TRY_VOID(work.commit());
    return done;
}

}  // namespace konseki::desk
