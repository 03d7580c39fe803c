#include "postgresql/connection.h"

#include <array>
#include <charconv>
#include <map>
#include <utility>

#include <libpq-fe.h>

#include <fmt/format.h>

namespace konseki::store {
namespace {

constexpr Dialect postgresql_dialect = {
    "postgresql", "strpos", " FOR UPDATE",
    R"((SELECT s."doc" FROM "search_token" s WHERE s."tokens" @@ CAST(? AS TSQUERY)))"};

constexpr std::string_view delete_tokens = R"(DELETE FROM "search_token" WHERE "doc" = ?)";
constexpr std::string_view delete_all_tokens = R"(DELETE FROM "search_token")";
constexpr std::string_view insert_tokens =
    R"(INSERT INTO "search_token" ("doc", "tokens") VALUES (?, CAST(? AS TSVECTOR)))";

/// Statements kept ready, as with SQLite.
constexpr std::size_t max_statements = 300;
/// Of one tsvector (PostgreSQL manual, 12.11): 1 MB in all, positions to 16,383, 256 of them for a token.
constexpr std::size_t max_vector_tokens = 8'000;
constexpr std::size_t max_token_positions = 255;

// From pg_type.dat: the types that our columns and counts have besides text.
constexpr Oid oid_int8 = 20, oid_int2 = 21, oid_int4 = 23;

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Handle = std::unique_ptr<PGconn, CloseConnection>;
using Answer = std::unique_ptr<PGresult, ClearResult>;

ErrorKind kind_of(std::string_view state) {
    if (state.starts_with("23") || state.starts_with("22")) return ErrorKind::bad_value;
    if (state.starts_with("54")) return ErrorKind::limit;
    return ErrorKind::io;
}

/// The first line alone: details repeat values.
Error error_of(const PGconn* connection, const PGresult* result) {
    const char* const message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    Error out;
    out.kind = kind_of(state ? state : "");
    if (message != nullptr)
        out.message = fmt::format("PostgreSQL: {}", message);
    else
        out.message = PQstatus(connection) == CONNECTION_BAD ? "PostgreSQL: the connection is lost"
                                                             : "PostgreSQL: no answer";
    return out;
}

/// `?` becomes `$1`, `$2`, …; none of our statements holds a `?` in a literal.
std::string with_numbers(std::string_view sql) {
    std::string out;
    std::size_t number = 0;
    for (const char c : sql)
        if (c == '?')
            fmt::format_to(std::back_inserter(out), "${}", ++number);
        else
            out += c;
    return out;
}

/// What is bound, as texts; the numbers are written into `numbers`.
struct Texts {
    std::vector<std::string> numbers;
    std::vector<const char*> values;
};

Texts texts_of(std::span<const Cell> bound) {
    Texts out;
    out.numbers.resize(bound.size());
    for (std::size_t i = 0; i < bound.size(); ++i) {
        if (const std::int64_t* const number = std::get_if<std::int64_t>(&bound[i])) {
            out.numbers[i] = fmt::format("{}", *number);
            out.values.push_back(out.numbers[i].c_str());
        } else if (const std::string* const text = std::get_if<std::string>(&bound[i])) {
            out.values.push_back(text->c_str());
        } else {
            out.values.push_back(nullptr);
        }
    }
    return out;
}

Result<Cell> cell_at(const PGresult* result, int row, int column) {
    if (PQgetisnull(result, row, column) != 0) return Cell{};
    const std::string_view text(PQgetvalue(result, row, column),
                                static_cast<std::size_t>(PQgetlength(result, row, column)));
    const Oid type = PQftype(result, column);
    if (type != oid_int8 && type != oid_int4 && type != oid_int2) return Cell{std::string(text)};
    std::int64_t number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{})
        return fail(Error::bad_value("PostgreSQL: a number is none"));
    return Cell{number};
}

Result<Table> table_of(const PGresult* result) {
    Table out;
    const int columns = PQnfields(result), rows = PQntuples(result);
    out.columns = static_cast<std::size_t>(columns);
    out.cells.reserve(out.columns * static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            out.cells.push_back(TRY(cell_at(result, row, column)));
    const std::string_view changed(PQcmdTuples(const_cast<PGresult*>(result)));
    std::from_chars(changed.data(), changed.data() + changed.size(), out.changed);
    return out;
}

/// One tsvector's text; tokens need no escape (tokens.h).
std::string vector_of(std::span<const std::string> tokens) {
    std::map<std::string_view, std::string> positions;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::string& list = positions[tokens[i]];
        fmt::format_to(std::back_inserter(list), "{}{}", list.empty() ? ':' : ',', i + 1);
    }
    std::string out;
    for (const auto& [token, list] : positions)
        fmt::format_to(std::back_inserter(out), "'{}'{} ", token, list);
    return out;
}

/// How many of the tokens one tsvector takes.
std::size_t piece_size(std::span<const std::string> tokens) {
    std::map<std::string_view, std::size_t> counts;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (i == max_vector_tokens || ++counts[tokens[i]] > max_token_positions) return i;
    return tokens.size();
}

class PostgresqlConnection final : public Connection {
  public:
    explicit PostgresqlConnection(Handle handle) : handle_(std::move(handle)) {}

    const Dialect& dialect() const override { return postgresql_dialect; }

    Result<Table> run(std::string_view sql, std::span<const Cell> bound) override {
        if (std::optional<Error> fault = fault_of_bound(bound)) return fail(std::move(*fault));
        const std::string name = TRY(prepared(sql));
        const Texts texts = texts_of(bound);
        const Answer answer(PQexecPrepared(handle_.get(), name.c_str(),
                                           static_cast<int>(bound.size()), texts.values.data(),
                                           nullptr, nullptr, 0));
        const ExecStatusType status = PQresultStatus(answer.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
            return fail(error_of(handle_.get(), answer.get()));
        return table_of(answer.get());
    }

    Result<void> run_all(const std::string& script) override {
        const Answer answer(PQexec(handle_.get(), script.c_str()));
        const ExecStatusType status = PQresultStatus(answer.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
            return fail(error_of(handle_.get(), answer.get()));
        return {};
    }

    Result<void> begin(Begin how) override {
        // Who writes takes the row of `head` first and then sees all that was written before: nothing can change under
        // it, so READ COMMITTED is as good as one writer alone.
        return run_all(how == Begin::write ? "BEGIN ISOLATION LEVEL READ COMMITTED"
                                           : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    Result<void> commit() override {
        const Answer answer(PQexec(handle_.get(), "COMMIT"));
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK)
            return fail(error_of(handle_.get(), answer.get()));
        // A transaction that had failed answers a COMMIT with the word for what it did instead.
        if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
            return fail(Error::bad_value("PostgreSQL: the transaction was rolled back"));
        return {};
    }
    void rollback() override { const Answer answer(PQexec(handle_.get(), "ROLLBACK")); }
    bool is_usable() const override {
        return PQstatus(handle_.get()) == CONNECTION_OK &&
               PQtransactionStatus(handle_.get()) == PQTRANS_IDLE;
    }

    /// A text longer than a vector takes is indexed in pieces, which overlap by what a phrase may hold.
    Result<void> put_tokens(std::int64_t doc, std::span<const std::string> before,
                            std::span<const std::string> after) override {
        if (!before.empty()) {
            const std::array<Cell, 1> bound = {cell(doc)};
            const Table done = TRY(run(delete_tokens, bound));
            (void)done;
        }
        while (!after.empty()) {
            const std::size_t size = piece_size(after);
            const std::array<Cell, 2> bound = {cell(doc), vector_of(after.first(size))};
            const Table done = TRY(run(insert_tokens, bound));
            (void)done;
            after = after.subspan(size == after.size() ? size : size - max_phrase_tokens);
        }
        return {};
    }
    Result<void> drop_tokens() override { return run_all(std::string(delete_all_tokens)); }
    std::string match_of(const Phrase& phrase) const override {
        std::string out;
        for (const std::string& token : phrase.tokens) {
            if (!out.empty()) out += " <-> ";
            out += "'" + token + "'";
        }
        return phrase.last_is_beginning ? out + ":*" : out;
    }

    Result<std::vector<std::string>> damage() override { return std::vector<std::string>{}; }

  private:
    /// The name under which the server keeps a statement.
    Result<std::string> prepared(std::string_view sql) {
        const auto known = names_.find(sql);
        if (known != names_.end()) return known->second;
        if (names_.size() >= max_statements) {
            TRY_VOID(run_all("DEALLOCATE ALL"));
            names_.clear();
        }
        std::string name = fmt::format("s{}", ++made_);
        const Answer answer(
            PQprepare(handle_.get(), name.c_str(), with_numbers(sql).c_str(), 0, nullptr));
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK)
            return fail(error_of(handle_.get(), answer.get()));
        names_.emplace(std::string(sql), name);
        return name;
    }

    Handle handle_;
    std::map<std::string, std::string, std::less<>> names_;
    std::uint64_t made_ = 0;
};

void pass_over_notice(void*, const PGresult*) {}

}  // namespace

Result<std::unique_ptr<Connection>> open_postgresql(const std::string& url) {
    // Behind the URL, so that it cannot be taken back by what the URL says.
    const std::array<const char*, 4> keys = {"dbname", "client_encoding", "application_name",
                                             nullptr};
    const std::array<const char*, 4> values = {url.c_str(), "UTF8", "konsekid", nullptr};
    Handle handle(PQconnectdbParams(keys.data(), values.data(), 1));
    if (PQstatus(handle.get()) != CONNECTION_OK)
        return fail(Error{ErrorKind::io, "PostgreSQL: no connection (server, name or password)"});
    PQsetNoticeReceiver(handle.get(), pass_over_notice, nullptr);
    auto connection = std::make_unique<PostgresqlConnection>(std::move(handle));
    // A process that hangs must not keep all others from writing.
    TRY_VOID(connection->run_all(
        "SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; "
        "SET synchronous_commit = on; SET standard_conforming_strings = on"));
    return connection;
}

}  // namespace konseki::store
