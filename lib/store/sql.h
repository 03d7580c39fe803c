#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/base/time.h"
#include "konseki/base/tokens.h"
#include "konseki/base/ulid.h"

namespace konseki::store {

// What the room asks of a database. SQL is written once with `?` for what is bound; the few words that differ stand in
// Dialect. Booleans are 0 and 1, ids and hashes text.

using Cell = std::variant<std::monostate, std::int64_t, std::string>;

/// The rows that a statement gave.
struct Table {
    std::size_t columns = 0;
    std::vector<Cell> cells;
    std::uint64_t changed = 0;  ///< rows, by a statement that writes

    std::size_t rows() const { return columns == 0 ? 0 : cells.size() / columns; }
    std::span<const Cell> row(std::size_t at) const {
        return std::span(cells).subspan(at * columns, columns);
    }
};

/// Words that differ from database to database.
struct Dialect {
    std::string_view name;   ///< of its folder of migrations
    std::string_view place;  ///< function: where in a text another stands, from 1 on; 0: nowhere
    std::string_view for_update;  ///< behind a SELECT of a row that is about to change
    std::string_view
        matching_docs;  ///< subquery: the numbers of rows whose tokens match the bound match_of
};

enum class Begin : std::uint8_t {
    read,  ///< one moment's view
    write,
};

/// One connection, for one thread at a time. A text with a NUL or that is no UTF-8 is refused.
class Connection {
  public:
    virtual ~Connection() = default;
    virtual const Dialect& dialect() const = 0;
    virtual Result<Table> run(std::string_view sql, std::span<const Cell> bound) = 0;
    /// Several statements, nothing bound.
    virtual Result<void> run_all(const std::string& script) = 0;
    virtual Result<void> begin(Begin how) = 0;
    virtual Result<void> commit() = 0;
    virtual void rollback() = 0;
    /// Whether it is of further use after an error.
    virtual bool is_usable() const = 0;
    /// The index of a row; the tokens that it has are `before`.
    virtual Result<void> put_tokens(std::int64_t doc, std::span<const std::string> before,
                                    std::span<const std::string> after) = 0;
    virtual Result<void> drop_tokens() = 0;
    /// A phrase as the database's index is asked for it.
    virtual std::string match_of(const Phrase& phrase) const = 0;
    /// What is wrong with the database below the rows, a line each.
    virtual Result<std::vector<std::string>> damage() = 0;
};

/// Nothing where all of it may be bound.
std::optional<Error> fault_of_bound(std::span<const Cell> bound);

inline Cell cell(std::int64_t number) { return number; }
inline Cell cell(bool value) { return std::int64_t{value}; }
inline Cell cell(Time time) { return time.ticks; }
inline Cell cell(std::optional<Time> time) { return time ? Cell{time->ticks} : Cell{}; }
inline Cell cell(std::string_view text) { return std::string(text); }
inline Cell cell(const Ulid& id) { return to_text(id); }
inline Cell cell(const std::optional<Ulid>& id) { return id ? Cell{to_text(*id)} : Cell{}; }

/// What we wrote ourselves and read back. Anything else is damage: bad_value.
Result<std::int64_t> number_in(const Cell& cell);
Result<std::string> text_in(const Cell& cell);
Result<Ulid> id_in(const Cell& cell);
std::optional<Time> time_in(const Cell& cell);
Result<std::optional<Ulid>> maybe_id_in(const Cell& cell);

/// `"name"`.
std::string sql_name(std::string_view name);

}  // namespace konseki::store
