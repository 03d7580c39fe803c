#include "migrate.h"

#include <array>

#include <fmt/format.h>

namespace konseki::store {
namespace {

constexpr std::string_view make_version_table =
    R"(CREATE TABLE IF NOT EXISTS "schema_version" ("version" BIGINT PRIMARY KEY NOT NULL, "at" BIGINT NOT NULL))";
constexpr std::string_view select_version =
    R"(SELECT COALESCE(MAX("version"), 0) FROM "schema_version")";
constexpr std::string_view insert_version =
    R"(INSERT INTO "schema_version" ("version", "at") VALUES (?, ?))";

Result<std::int64_t> version_in(Connection& connection) {
    const Table found = TRY(connection.run(select_version, {}));
    return number_in(found.row(0)[0]);
}

Result<void> step(Connection& connection, const Migration& migration, Time now) {
    TRY_VOID(connection.run_all(std::string(migration.sql)));
    const std::array<Cell, 2> bound = {cell(migration.version), cell(now)};
    const Table inserted = TRY(connection.run(insert_version, bound));
    (void)inserted;
    return connection.commit();
}

/// Holds the write lock; ends it in any case.
Result<bool> step_if_needed(Connection& connection, const Migration& migration, Time now) {
    TRY_VOID(connection.begin(Begin::write));
    // Somebody else may have started at the same moment.
    const Result<std::int64_t> there = version_in(connection);
    if (!there || *there >= migration.version) {
        connection.rollback();
        if (!there) return fail(there.error());
        return false;
    }
    const Result<void> done = step(connection, migration, now);
    if (!done) {
        connection.rollback();
        Error error = done.error();
        error.message += fmt::format(" (migration {})", migration.name);
        return fail(std::move(error));
    }
    return true;
}

}  // namespace

Result<void> migrate(Connection& connection, std::span<const Migration> known, Time now,
                     const BeforeUpgrade& before) {
    TRY_VOID(connection.begin(Begin::write));
    const Result<Table> made = connection.run(make_version_table, {});
    if (!made) {
        connection.rollback();
        return fail(made.error());
    }
    TRY_VOID(connection.commit());
    const std::int64_t there = TRY(version_in(connection));
    const std::int64_t newest = known.back().version;
    if (there > newest)
        return fail(Error::unsupported(
            fmt::format("the data were written by a newer konseki (version {} of the tables, this "
                        "one knows {}): nothing was changed",
                        there, newest)));
    if (there > 0 && there < newest) TRY_VOID(before(there));
    for (const Migration& migration : known)
        if (migration.version > there) {
            const bool is_done = TRY(step_if_needed(connection, migration, now));
            (void)is_done;
        }
    return {};
}

}  // namespace konseki::store
