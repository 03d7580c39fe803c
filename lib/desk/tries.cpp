#include <algorithm>

#include "konseki/base/text.h"
#include "logins.h"
#include "totp.h"

namespace konseki::desk {
namespace {

/// After the third failed try each next one waits twice as long; at the limit a quarter of an hour.
constexpr std::int64_t free_tries = 3;
constexpr std::int64_t lock_ticks = 15 * 60 * Time::per_second;
/// Failed tries are forgotten after a day.
constexpr std::int64_t forget_ticks = Time::per_day;

std::int64_t wait_after(std::int64_t failed, std::int64_t most) {
    if (failed >= most) return lock_ticks;
    const std::int64_t free = std::max(free_tries, most - (most_tries_of_account - free_tries));
    if (failed <= free) return 0;
    return (std::int64_t{1} << (failed - free)) * Time::per_second;
}

}  // namespace

Sha256 hash_of_token(std::string_view token) { return sha256(as_bytes(token)); }

std::string hex_hash_of_token(std::string_view token) { return to_hex(hash_of_token(token)); }

std::string new_token(const Inside& inside) { return to_hex(as_bytes(inside.random_bytes(32))); }

std::string tries_of_account(std::string_view login) {
    return "account:" + hex_hash_of_token(fold(login));
}

std::string tries_of_user(Ulid user) { return "user:" + to_text(user); }

std::string tries_of_address(std::string_view address) { return "address:" + std::string(address); }

Outcome<std::int64_t> begin_try(store::Writer& writer, std::string_view whom, std::int64_t most,
                                Time now) {
    store::Tries tries = TRY(writer.tries(whom));
    if (tries.locked_until && *tries.locked_until > now) {
        Refused locked(Refusal::locked, "locked");
        locked.retry_after_seconds = (tries.locked_until->ticks - now.ticks) / Time::per_second + 1;
        return std::unexpected(std::move(locked));
    }
    if (now.ticks - tries.last.ticks > forget_ticks) tries = {};
    ++tries.failed;
    tries.last = now;
    const std::int64_t wait = wait_after(tries.failed, most);
    tries.locked_until = wait > 0 ? std::optional(Time{now.ticks + wait}) : std::nullopt;
    TRY_VOID(writer.put_tries(whom, tries));
    return tries.failed;
}

Result<void> take_back_try(store::Writer& writer, std::string_view whom, std::int64_t count) {
    store::Tries tries = TRY(writer.tries(whom));
    if (tries.failed != count) return {};
    --tries.failed;
    tries.locked_until.reset();  // it was not locked, or the try had been refused
    return writer.put_tries(whom, tries);
}

Result<void> end_try(store::Writer& writer, std::string_view whom) {
    return writer.put_tries(whom, {});
}

Result<std::string> totp_secret_of(const store::User& user, const SealKey& key) {
    return unseal(user.totp_secret, key, to_text(user.id));
}

namespace {

/// Takes a recovery code out of those left.
bool use_recovery_code(store::User& user, std::string_view code) {
    const std::string hash = hex_hash_of_token(code);
    const std::size_t at = user.recovery_codes.find(hash);
    if (at == std::string::npos) return false;
    user.recovery_codes.erase(at, hash.size());
    const std::size_t gap = user.recovery_codes.find("  ");
    if (gap != std::string::npos) user.recovery_codes.erase(gap, 1);
    return true;
}

}  // namespace

Result<bool> use_code(store::User& user, std::string_view code, const SealKey& key, Time now) {
    const std::string secret = TRY(totp_secret_of(user, key));
    const std::optional<std::int64_t> step =
        matching_step(as_bytes(secret), code, now, user.totp_last_step);
    if (step) user.totp_last_step = *step;
    return step.has_value() || use_recovery_code(user, code);
}

Outcome<void> need_fresh(const Actor& actor, Time now) {
    if (now.ticks - actor.authenticated_at.ticks > sensitive_ticks)
        return refuse(Refusal::login_again, "login_again");
    return {};
}

Result<void> end_other_sessions(store::Writer& writer, Ulid user, Ulid kept) {
    for (const store::Session& session : TRY(writer.sessions_of(user)))
        if (session.id != kept) TRY_VOID(writer.end_session(session.id));
    return {};
}

std::optional<std::string_view> fault_of_login(std::string_view login) {
    constexpr std::size_t longest = 64;
    if (login.empty()) return "missing";
    if (login.size() > longest) return "too_long";
    const bool is_plain = std::ranges::all_of(login, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-' || c == '@';
    });
    if (!is_plain) return "not_text";
    return std::nullopt;
}

std::optional<std::string_view> fault_of_display_name(std::string_view name) {
    constexpr std::size_t longest = 200;
    if (name.empty()) return "missing";
    if (name.size() > longest) return "too_long";
    const bool has_control =
        std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (!is_valid_utf8(name) || has_control) return "not_text";
    return std::nullopt;
}

}  // namespace konseki::desk
