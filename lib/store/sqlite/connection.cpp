#include "sqlite/connection.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <fmt/format.h>

namespace konseki::store {
namespace {

/// How long one waits for another process that writes. One act takes milliseconds.
constexpr int busy_milliseconds = 10'000;
/// Statements kept ready. Lists come in some hundred forms; beyond them all are made anew.
constexpr std::size_t max_statements = 300;

constexpr Dialect sqlite_dialect = {
    "sqlite", "instr", "", R"((SELECT "rowid" FROM "search_token" WHERE "search_token" MATCH ?))"};

constexpr std::string_view insert_tokens =
    R"(INSERT INTO "search_token" ("rowid", "tokens") VALUES (?, ?))";
// A table that keeps no text must be told which tokens go.
constexpr std::string_view delete_tokens =
    R"(INSERT INTO "search_token" ("search_token", "rowid", "tokens") VALUES ('delete', ?, ?))";
constexpr std::string_view delete_all_tokens =
    R"(INSERT INTO "search_token" ("search_token") VALUES ('delete-all'))";

std::string joined(std::span<const std::string> tokens) {
    std::string out;
    for (const std::string& token : tokens) {
        if (!out.empty()) out += ' ';
        out += token;
    }
    return out;
}

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct FinishBackup {
    void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

ErrorKind kind_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PERM: return ErrorKind::io;
        case SQLITE_NOMEM:
        case SQLITE_TOOBIG: return ErrorKind::limit;
        default: return ErrorKind::bad_value;
    }
}

Error error_of(sqlite3* database) {
    Error out;
    out.kind = kind_of(sqlite3_extended_errcode(database));
    out.message = fmt::format("SQLite: {}", sqlite3_errmsg(database));
    return out;
}

Result<void> bind(sqlite3* database, sqlite3_stmt* statement, std::span<const Cell> bound) {
    for (std::size_t i = 0; i < bound.size(); ++i) {
        const int at = static_cast<int>(i) + 1;
        int code = SQLITE_OK;
        if (const std::int64_t* const number = std::get_if<std::int64_t>(&bound[i]))
            code = sqlite3_bind_int64(statement, at, *number);
        else if (const std::string* const text = std::get_if<std::string>(&bound[i]))
            code = sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        else
            code = sqlite3_bind_null(statement, at);
        if (code != SQLITE_OK) return fail(error_of(database));
    }
    return {};
}

Cell cell_at(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL: return {};
        case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(statement, column)};
        default: {
            const void* const bytes = sqlite3_column_blob(statement, column);
            const int size = sqlite3_column_bytes(statement, column);
            if (size == 0) return std::string();
            return std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
        }
    }
}

class SqliteConnection final : public Connection {
  public:
    explicit SqliteConnection(Database database) : database_(std::move(database)) {}

    const Dialect& dialect() const override { return sqlite_dialect; }

    Result<Table> run(std::string_view sql, std::span<const Cell> bound) override {
        if (std::optional<Error> fault = fault_of_bound(bound)) return fail(std::move(*fault));
        sqlite3_stmt* const statement = TRY(prepared(sql));
        Result<Table> out = step_all(statement, bound);
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        return out;
    }

    Result<void> run_all(const std::string& script) override {
        if (sqlite3_exec(database_.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            return fail(error_of(database_.get()));
        return {};
    }

    Result<void> begin(Begin how) override {
        return run_all(how == Begin::write ? "BEGIN IMMEDIATE" : "BEGIN");
    }
    Result<void> commit() override { return run_all("COMMIT"); }
    void rollback() override {
        // A full disk may have rolled back already: then there is nothing to end.
        if (sqlite3_get_autocommit(database_.get()) == 0)
            sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    bool is_usable() const override { return sqlite3_get_autocommit(database_.get()) != 0; }

    Result<void> put_tokens(std::int64_t doc, std::span<const std::string> before,
                            std::span<const std::string> after) override {
        if (!before.empty()) TRY_VOID(bind_tokens(delete_tokens, doc, before));
        if (!after.empty()) TRY_VOID(bind_tokens(insert_tokens, doc, after));
        return {};
    }
    Result<void> drop_tokens() override {
        const Table done = TRY(run(delete_all_tokens, {}));
        (void)done;
        return {};
    }
    std::string match_of(const Phrase& phrase) const override {
        return "\"" + joined(phrase.tokens) + (phrase.last_is_beginning ? "\" *" : "\"");
    }

    Result<std::vector<std::string>> damage() override {
        std::vector<std::string> out;
        const Table found = TRY(run("PRAGMA integrity_check", {}));
        for (std::size_t i = 0; i < found.rows(); ++i) {
            std::string line = TRY(text_in(found.row(i)[0]));
            if (line != "ok") out.push_back("SQLite: " + line);
        }
        const Table lost = TRY(run("PRAGMA foreign_key_check", {}));
        for (std::size_t i = 0; i < lost.rows(); ++i)
            out.push_back("a row refers to something that is not there: table " +
                          TRY(text_in(lost.row(i)[0])));
        return out;
    }

  private:
    Result<void> bind_tokens(std::string_view sql, std::int64_t doc,
                             std::span<const std::string> tokens) {
        const std::array<Cell, 2> bound = {cell(doc), joined(tokens)};
        const Table done = TRY(run(sql, bound));
        (void)done;
        return {};
    }

    Result<sqlite3_stmt*> prepared(std::string_view sql) {
        const auto known = statements_.find(sql);
        if (known != statements_.end()) return known->second.get();
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK)
            return fail(error_of(database_.get()));
        if (statements_.size() >= max_statements) statements_.clear();
        statements_.emplace(std::string(sql), Statement(made));
        return made;
    }

    Result<Table> step_all(sqlite3_stmt* statement, std::span<const Cell> bound) {
        TRY_VOID(bind(database_.get(), statement, bound));
        Table out;
        const int columns = sqlite3_column_count(statement);
        out.columns = static_cast<std::size_t>(columns);
        int code = sqlite3_step(statement);
        for (; code == SQLITE_ROW; code = sqlite3_step(statement))
            for (int i = 0; i < columns; ++i) out.cells.push_back(cell_at(statement, i));
        if (code != SQLITE_DONE) return fail(error_of(database_.get()));
        out.changed = static_cast<std::uint64_t>(sqlite3_changes64(database_.get()));
        return out;
    }

    Database database_;
    std::map<std::string, Statement, std::less<>> statements_;
};

/// SQLite itself would make the file by the umask, and give its companions the file's rights.
Result<void> make_private(const std::filesystem::path& file) {
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made < 0) return fail(Error::io(fmt::format("open {}", file.string()), errno));
    ::close(made);
    return {};
}

Result<Database> open_database(const std::filesystem::path& file, int flags) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Database database(opened);
    if (opened == nullptr) return fail(Error{ErrorKind::limit, "SQLite: out of memory"});
    if (code != SQLITE_OK) {
        Error error = error_of(opened);
        error.message += fmt::format(" ({})", file.string());
        return fail(std::move(error));
    }
    sqlite3_busy_timeout(opened, busy_milliseconds);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return database;
}

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const std::filesystem::path& file, Access access) {
    if (access == Access::write) TRY_VOID(make_private(file));
    Database database = TRY(open_database(file, SQLITE_OPEN_READWRITE));
    auto connection = std::make_unique<SqliteConnection>(std::move(database));
    // FULL: what commit() acknowledged is on the disk, power cut or not.
    TRY_VOID(connection->run_all("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"));
    TRY_VOID(connection->run_all(access == Access::write ? "PRAGMA journal_mode = WAL"
                                                         : "PRAGMA query_only = ON"));
    return connection;
}

Result<void> copy_sqlite(const std::filesystem::path& source, const std::filesystem::path& target) {
    if (std::filesystem::exists(target))
        return fail(Error::usage(fmt::format("{} is there already", target.string())));
    const Database from = TRY(open_database(source, SQLITE_OPEN_READWRITE));
    TRY_VOID(make_private(target));
    const Database to = TRY(open_database(target, SQLITE_OPEN_READWRITE));
    std::unique_ptr<sqlite3_backup, FinishBackup> backup(
        sqlite3_backup_init(to.get(), "main", from.get(), "main"));
    if (!backup) return fail(error_of(to.get()));
    // All pages in one step: one moment's view, which in WAL mode keeps nobody from writing.
    const int code = sqlite3_backup_step(backup.get(), -1);
    backup.reset();
    if (code != SQLITE_DONE) return fail(error_of(to.get()));
    return {};
}

}  // namespace konseki::store
