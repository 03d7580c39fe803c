#pragma once

#include <string>
#include <string_view>

#include "inside.h"

namespace konseki::desk {

/// Unused for so long, a login ends; and after so long whatever happens (ASVS 7.3).
inline constexpr std::int64_t idle_ticks = 30 * 60 * Time::per_second;
inline constexpr std::int64_t absolute_ticks = 12 * Time::per_hour;
/// A sensitive act asks for the password again when it was given longer ago than this.
inline constexpr std::int64_t sensitive_ticks = 10 * 60 * Time::per_second;
/// A one-time link.
inline constexpr std::int64_t link_ticks = 30 * 60 * Time::per_second;

/// A draft that nobody wrote on for so long is forgotten.
inline constexpr std::int64_t draft_ticks = 30 * Time::per_day;

/// Hash under which a token is stored. Tokens have 256 random bits: nothing slower is needed.
Sha256 hash_of_token(std::string_view token);
/// The same as text.
std::string hex_hash_of_token(std::string_view token);
/// 256 random bits as hex.
std::string new_token(const Inside& inside);

/// How a try is counted: of an account by its name whatever its case, of an address as it is. The name is hashed: what
/// strangers type is of any length, and may be a password.
std::string tries_of_account(std::string_view login);
std::string tries_of_address(std::string_view address);
/// Of somebody who is logged in and gives the password again.
std::string tries_of_user(Ulid user);
/// Refused while locked; else counts the try as failed before it is made, so that tries at the same time count too.
/// Gives the count.
Outcome<std::int64_t> begin_try(store::Writer& writer, std::string_view whom, std::int64_t most,
                                Time now);
/// The try of that count was none that failed: takes it back, unless others came after it.
Result<void> take_back_try(store::Writer& writer, std::string_view whom, std::int64_t count);
/// Forgets all tries after a success.
Result<void> end_try(store::Writer& writer, std::string_view whom);
inline constexpr std::int64_t most_tries_of_account = 10;
/// A team sits behind one address.
inline constexpr std::int64_t most_tries_of_address = 40;

/// The second factor: a code of the authenticator or one of the recovery codes, either of which then counts no more.
/// False where it is wrong; `user` is changed and is to be stored.
Result<bool> use_code(store::User& user, std::string_view code, const SealKey& key, Time now);
/// The user's secret as bytes.
Result<std::string> totp_secret_of(const store::User& user, const SealKey& key);

/// Refused where the password was given too long ago.
Outcome<void> need_fresh(const Actor& actor, Time now);
/// Ends all logins of a user but one.
Result<void> end_other_sessions(store::Writer& writer, Ulid user, Ulid kept);
/// The fault of a login name; nothing where it will do.
std::optional<std::string_view> fault_of_login(std::string_view login);
std::optional<std::string_view> fault_of_display_name(std::string_view name);

}  // namespace konseki::desk
