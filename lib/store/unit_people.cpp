#include <array>

#include "konseki/base/bytes.h"
#include "konseki/base/hash.h"
#include "konseki/base/text.h"
#include "konseki/casebook/codes.h"
#include "unit.h"

namespace konseki::store {
namespace {

constexpr std::string_view select_users =
    R"(SELECT "id", "login", "display_name", "language", "password", "totp_secret", "totp_last_step", "recovery_codes", "first_login", "first_login_until", "is_disabled", "created_at" FROM "user")";
constexpr std::string_view upsert_user =
    R"(INSERT INTO "user" ("id", "login", "login_folded", "display_name", "language", "password", "totp_secret", "totp_last_step", "recovery_codes", "first_login", "first_login_until", "is_disabled", "created_at") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "login" = excluded."login", "login_folded" = excluded."login_folded", "display_name" = excluded."display_name", "language" = excluded."language", "password" = excluded."password", "totp_secret" = excluded."totp_secret", "totp_last_step" = excluded."totp_last_step", "recovery_codes" = excluded."recovery_codes", "first_login" = excluded."first_login", "first_login_until" = excluded."first_login_until", "is_disabled" = excluded."is_disabled")";

constexpr std::string_view select_grants =
    R"(SELECT "user_id", "case_id", "role", "by", "at" FROM "role_grant")";
constexpr std::string_view insert_grant =
    R"(INSERT INTO "role_grant" ("user_id", "case_id", "role", "by", "at") VALUES (?, ?, ?, ?, ?) ON CONFLICT ("user_id", "case_id", "role") DO NOTHING)";
constexpr std::string_view delete_grant =
    R"(DELETE FROM "role_grant" WHERE "user_id" = ? AND "case_id" = ? AND "role" = ?)";

constexpr std::string_view select_sessions =
    R"(SELECT "id", "user_id", "token_hash", "created_at", "seen_at", "authenticated_at", "address", "agent" FROM "session")";
constexpr std::string_view upsert_session =
    R"(INSERT INTO "session" ("id", "user_id", "token_hash", "created_at", "seen_at", "authenticated_at", "address", "agent") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "token_hash" = excluded."token_hash", "seen_at" = excluded."seen_at", "authenticated_at" = excluded."authenticated_at", "address" = excluded."address", "agent" = excluded."agent")";
constexpr std::string_view delete_session = R"(DELETE FROM "session" WHERE "id" = ?)";

constexpr std::string_view select_tries =
    R"(SELECT "failed", "last", "locked_until" FROM "login_tries" WHERE "whom" = ?)";
constexpr std::string_view upsert_tries =
    R"(INSERT INTO "login_tries" ("whom", "failed", "last", "locked_until") VALUES (?, ?, ?, ?) ON CONFLICT ("whom") DO UPDATE SET "failed" = excluded."failed", "last" = excluded."last", "locked_until" = excluded."locked_until")";
constexpr std::string_view delete_tries = R"(DELETE FROM "login_tries" WHERE "whom" = ?)";

/// A grant on the whole desk has no case: the column is part of the key, so it is empty and not NULL.
Cell case_cell(const std::optional<Ulid>& case_id) {
    return case_id ? cell(*case_id) : cell(std::string_view());
}

Result<User> user_of(std::span<const Cell> cells) {
    User out;
    out.id = TRY(id_in(cells[0]));
    out.login = TRY(text_in(cells[1]));
    out.display_name = TRY(text_in(cells[2]));
    out.language = TRY(text_in(cells[3]));
    out.password = TRY(text_in(cells[4]));
    out.totp_secret = TRY(text_in(cells[5]));
    out.totp_last_step = TRY(number_in(cells[6]));
    out.recovery_codes = TRY(text_in(cells[7]));
    out.first_login = TRY(text_in(cells[8]));
    out.first_login_until = time_in(cells[9]);
    out.is_disabled = TRY(number_in(cells[10])) != 0;
    out.created_at.ticks = TRY(number_in(cells[11]));
    return out;
}

Result<Grant> grant_of(std::span<const Cell> cells) {
    Grant out;
    out.user = TRY(id_in(cells[0]));
    const std::string case_id = TRY(text_in(cells[1]));
    if (!case_id.empty()) out.case_id = TRY(id_in(cells[1]));
    const std::string role = TRY(text_in(cells[2]));
    const std::optional<casebook::Role> known = casebook::parse_code<casebook::Role>(role);
    if (!known) return fail(Error::bad_value("the database holds an unknown role"));
    out.role = *known;
    out.by = TRY(id_in(cells[3]));
    out.at.ticks = TRY(number_in(cells[4]));
    return out;
}

std::string hex_of(const Sha256& hash) { return to_hex(hash); }

Result<Sha256> hash_in(const Cell& cell) {
    const std::string hex = TRY(text_in(cell));
    Sha256 out = {};
    constexpr std::string_view digits = "0123456789abcdef";
    if (hex.size() != 2 * out.size()) return fail(Error::bad_value("the database holds no hash"));
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t high = digits.find(hex[2 * i]), low = digits.find(hex[2 * i + 1]);
        if (high == digits.npos || low == digits.npos)
            return fail(Error::bad_value("the database holds no hash"));
        out[i] = static_cast<std::byte>(high << 4 | low);
    }
    return out;
}

Result<Session> session_of(std::span<const Cell> cells) {
    Session out;
    out.id = TRY(id_in(cells[0]));
    out.user = TRY(id_in(cells[1]));
    out.token_hash = TRY(hash_in(cells[2]));
    out.created_at.ticks = TRY(number_in(cells[3]));
    out.seen_at.ticks = TRY(number_in(cells[4]));
    out.authenticated_at.ticks = TRY(number_in(cells[5]));
    out.address = TRY(text_in(cells[6]));
    out.agent = TRY(text_in(cells[7]));
    return out;
}

Asked asked_where(std::string_view select, std::string_view where, Cell value) {
    Asked out;
    out.add(select);
    out.bind(where, std::move(value));
    return out;
}

}  // namespace

Result<std::vector<User>> Unit::users_where(const Asked& asked) {
    const Table found = TRY(run(asked));
    std::vector<User> out;
    for (std::size_t i = 0; i < found.rows(); ++i) out.push_back(TRY(user_of(found.row(i))));
    return out;
}

Result<std::optional<User>> Unit::user(Ulid id) {
    const std::vector<User> found =
        TRY(users_where(asked_where(select_users, R"( WHERE "id" = ?)", cell(id))));
    return found.empty() ? std::optional<User>{} : std::optional(found.front());
}

Result<std::optional<User>> Unit::user_named(std::string_view login) {
    const std::vector<User> found = TRY(users_where(asked_where(
        select_users, R"( WHERE "login_folded" = ?)", cell(std::string_view(fold(login))))));
    return found.empty() ? std::optional<User>{} : std::optional(found.front());
}

Result<std::vector<User>> Unit::users() {
    Asked asked;
    asked.add(select_users);
    asked.add(R"( ORDER BY "login_folded")");
    return users_where(asked);
}

Result<void> Unit::put_user(const User& user) {
    const std::array<Cell, 13> bound = {cell(user.id),
                                        cell(std::string_view(user.login)),
                                        cell(std::string_view(fold(user.login))),
                                        cell(std::string_view(user.display_name)),
                                        cell(std::string_view(user.language)),
                                        cell(std::string_view(user.password)),
                                        cell(std::string_view(user.totp_secret)),
                                        cell(user.totp_last_step),
                                        cell(std::string_view(user.recovery_codes)),
                                        cell(std::string_view(user.first_login)),
                                        cell(user.first_login_until),
                                        cell(user.is_disabled),
                                        cell(user.created_at)};
    return change(upsert_user, bound);
}

Result<std::vector<Grant>> Unit::grants_where(const Asked& asked) {
    const Table found = TRY(run(asked));
    std::vector<Grant> out;
    for (std::size_t i = 0; i < found.rows(); ++i) out.push_back(TRY(grant_of(found.row(i))));
    return out;
}

Result<std::vector<Grant>> Unit::grants_of(Ulid user) {
    return grants_where(asked_where(
        select_grants, R"( WHERE "user_id" = ? ORDER BY "case_id", "role")", cell(user)));
}

Result<std::vector<Grant>> Unit::grants_on(Ulid case_id) {
    return grants_where(asked_where(
        select_grants, R"( WHERE "case_id" = ? ORDER BY "user_id", "role")", cell(case_id)));
}

Result<void> Unit::put_grant(const Grant& grant) {
    const std::array<Cell, 5> bound = {cell(grant.user), case_cell(grant.case_id),
                                       cell(code_of(grant.role)), cell(grant.by), cell(grant.at)};
    return change(insert_grant, bound);
}

Result<void> Unit::remove_grant(const Grant& grant) {
    const std::array<Cell, 3> bound = {cell(grant.user), case_cell(grant.case_id),
                                       cell(code_of(grant.role))};
    return change(delete_grant, bound);
}

Result<std::vector<Session>> Unit::sessions_where(const Asked& asked) {
    const Table found = TRY(run(asked));
    std::vector<Session> out;
    for (std::size_t i = 0; i < found.rows(); ++i) out.push_back(TRY(session_of(found.row(i))));
    return out;
}

Result<std::optional<Session>> Unit::session(const Sha256& token_hash) {
    const std::vector<Session> found =
        TRY(sessions_where(asked_where(select_sessions, R"( WHERE "token_hash" = ?)",
                                       cell(std::string_view(hex_of(token_hash))))));
    return found.empty() ? std::optional<Session>{} : std::optional(found.front());
}

Result<std::vector<Session>> Unit::sessions_of(Ulid user) {
    return sessions_where(
        asked_where(select_sessions, R"( WHERE "user_id" = ? ORDER BY "id")", cell(user)));
}

Result<void> Unit::put_session(const Session& session) {
    const std::array<Cell, 8> bound = {cell(session.id),
                                       cell(session.user),
                                       cell(std::string_view(hex_of(session.token_hash))),
                                       cell(session.created_at),
                                       cell(session.seen_at),
                                       cell(session.authenticated_at),
                                       cell(std::string_view(session.address)),
                                       cell(std::string_view(session.agent))};
    return change(upsert_session, bound);
}

Result<void> Unit::end_session(Ulid id) {
    const std::array<Cell, 1> bound = {cell(id)};
    return change(delete_session, bound);
}

Result<Tries> Unit::tries(std::string_view whom) {
    const std::array<Cell, 1> bound = {cell(whom)};
    const Table found = TRY(run(select_tries, bound));
    Tries out;
    if (found.rows() == 0) return out;
    out.failed = TRY(number_in(found.row(0)[0]));
    out.last.ticks = TRY(number_in(found.row(0)[1]));
    out.locked_until = time_in(found.row(0)[2]);
    return out;
}

Result<void> Unit::put_tries(std::string_view whom, const Tries& tries) {
    if (tries.failed == 0 && !tries.locked_until) {
        const std::array<Cell, 1> bound = {cell(whom)};
        return change(delete_tries, bound);
    }
    const std::array<Cell, 4> bound = {cell(whom), cell(tries.failed), cell(tries.last),
                                       cell(tries.locked_until)};
    return change(upsert_tries, bound);
}

}  // namespace konseki::store
