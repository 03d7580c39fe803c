// One's own account: password and second factor.

#include "logins.h"
#include "totp.h"

namespace konseki::desk {

using casebook::AuditAction;

namespace {

constexpr std::size_t secret_bytes = 20;  // RFC 4226 section 4: 160 bits
constexpr std::size_t recovery_code_count = 10;
constexpr std::size_t recovery_code_bytes = 10;

/// A secret that was begun but not confirmed by a code has this before it, and counts for nothing.
constexpr std::string_view begun = "begun:";

}  // namespace

Outcome<void> Desk::change_password(const Actor& actor, const std::string& old_one,
                                    const std::string& new_one) {
    if (const auto fault = fault_of_password(new_one, actor.login))
        return refuse_fields({{"new_password", std::string(*fault)}});
    {
        const std::unique_ptr<store::Writer> writer = TRY(inside_->store.write());
        TRY_VOID(
            begin_try(*writer, tries_of_user(actor.user), most_tries_of_account, inside_->now()));
        TRY_VOID(writer->commit());
    }
    std::optional<store::User> user;
    {
        const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
        user = TRY(reader->user(actor.user));
    }
    const PasswordWorker::Place place = TRY(inside_->passwords.wait());
    if (!user || old_one.size() > most_password_bytes || !place.is_right(user->password, old_one)) {
        Work refused(*inside_, TRY(inside_->store.write()), actor);
        TRY_VOID(refused.note(AuditAction::login_refused, "user", actor.user, {}, "old_password"));
        TRY_VOID(refused.commit());
        return refuse_fields({{"old_password", "wrong"}});
    }
    const std::string salt = inside_->random_bytes(16);
    const std::string password = TRY(place.hash(new_one, as_bytes(salt)));
    Work work(*inside_, TRY(inside_->store.write()), actor);
    std::optional<store::User> stored = TRY(work.writer().user(actor.user));
    if (!stored || stored->password != user->password)
        return refuse_fields({{"old_password", "wrong"}});
    stored->password = password;
    TRY_VOID(work.writer().put_user(*stored));
    TRY_VOID(end_other_sessions(work.writer(), actor.user, actor.session));
    TRY_VOID(end_try(work.writer(), tries_of_user(actor.user)));
    TRY_VOID(work.note(AuditAction::credential_changed, "user", actor.user, {}, "password"));
    TRY_VOID(work.commit());
    return {};
}

Outcome<TotpSetup> Desk::begin_totp(const Actor& actor) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    TRY_VOID(need_fresh(actor, work.now()));
    std::optional<store::User> user = TRY(work.writer().user(actor.user));
    if (!user) return hide();
    const std::string secret = inside_->random_bytes(secret_bytes);
    // It waits in the place of the recovery codes, which come with the confirmation; an older secret stays good.
    if (user->totp_secret.empty()) {
        user->recovery_codes =
            std::string(begun) +
            TRY(seal(secret, inside_->key, to_text(user->id), inside_->random_bytes(12)));
    } else {
        return refuse(Refusal::conflict, "has_totp");
    }
    TRY_VOID(work.writer().put_user(*user));
    TRY_VOID(work.commit());
    const std::string text = to_base32(as_bytes(secret));
    return TotpSetup{text, "otpauth://totp/konseki:" + user->login + "?secret=" + text +
                               "&issuer=konseki&algorithm=SHA1&digits=6&period=30"};
}

Outcome<std::vector<std::string>> Desk::confirm_totp(const Actor& actor, std::string_view code) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    std::optional<store::User> user = TRY(work.writer().user(actor.user));
    if (!user) return hide();
    if (!user->recovery_codes.starts_with(begun)) return refuse(Refusal::conflict, "not_begun");
    const std::string sealed = user->recovery_codes.substr(begun.size());
    const std::string secret = TRY(unseal(sealed, inside_->key, to_text(user->id)));
    const std::optional<std::int64_t> step =
        matching_step(as_bytes(secret), code, work.now(), user->totp_last_step);
    if (!step) return refuse_fields({{"code", "wrong"}});
    user->totp_secret = sealed;
    user->totp_last_step = *step;
    user->recovery_codes.clear();
    std::vector<std::string> told;
    for (std::size_t i = 0; i < recovery_code_count; ++i) {
        told.push_back(to_base32(as_bytes(inside_->random_bytes(recovery_code_bytes))));
        if (i > 0) user->recovery_codes += ' ';
        user->recovery_codes += hex_hash_of_token(told.back());
    }
    TRY_VOID(work.writer().put_user(*user));
    TRY_VOID(end_other_sessions(work.writer(), actor.user, actor.session));
    TRY_VOID(work.note(AuditAction::credential_changed, "user", actor.user, {}, "totp"));
    TRY_VOID(work.commit());
    return told;
}

}  // namespace konseki::desk
