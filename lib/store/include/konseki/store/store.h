#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/base/time.h"
#include "konseki/base/ulid.h"
#include "konseki/casebook/enums.h"
#include "konseki/casebook/figures.h"
#include "konseki/casebook/row.h"
#include "konseki/store/audit.h"
#include "konseki/store/people.h"

namespace konseki::store {

/// Where a desk's data lies: one folder, with SQLite in it unless a PostgreSQL database is named.
struct Location {
    std::filesystem::path folder;
    std::string postgresql;  ///< `postgresql://…`; empty: `desk.sqlite` in the folder
};

/// Whose eyes a list is made for: what they may not see is not in it, nor in its count.
struct Sight {
    Ulid user;
    /// Everything but cases that are closed off; else, as always, cases with a role of their own.
    bool sees_desk = false;
};

/// One condition on a field. An answer is compared by its value; a list of codes is `equal` to each code in it. `empty`
/// holds for an answer that was not asked. With a Sight, contact data is no field to ask or sort by.
struct Condition {
    enum class Is : std::uint8_t { equal, not_equal, empty, not_empty, from, before };
    std::string_view field;  ///< of the entity, or `id`, `created_at`, `updated_at`, `change_no`
    Is is = Is::equal;
    casebook::Plain value;
};

/// Which rows, in which order. The id decides among equals, so that pages neither repeat nor leave out; rows without a
/// value to sort by come last. A field, value or page that is none fails with `usage`.
struct Query {
    casebook::Entity entity = casebook::Entity::case_;
    std::vector<Condition> where;
    bool in_bin = false;              ///< those in the bin instead of those outside
    std::optional<Sight> sight = {};  ///< none: for the desk's own use
    std::string_view order_by = "id";
    bool descending = false;
    std::string after;       ///< `Page::next` of the page before
    std::size_t limit = 50;  ///< at most 500 count
};
/// Some of the rows.
struct Page {
    std::vector<casebook::Row> rows;
    std::string next;  ///< empty: there are no more
};

/// Who does something, when and how: what the header of a row and the audit say of it.
struct Change {
    Time at;
    Ulid by;
    casebook::AuditAction action = casebook::AuditAction::changed;
    std::string via;      ///< `ui`, `api`, `terminal`, `system`
    std::string address;  ///< of the network, as seen by the server
    std::string reason;
    std::string request_id;
};

/// What became of a change.
struct Written {
    casebook::Row row;      ///< as it stands in the store now
    bool is_stale = false;  ///< nothing was written: somebody else changed the row first
};

/// A row as it was at one of its versions.
struct Version {
    casebook::Row row;
    Time at;
    Ulid by;
};

/// A contact, organisation or channel, and the field by which it was found.
struct FoundPerson {
    casebook::Row row;
    std::string_view field;
};

/// A view of the data at one moment. Short-lived: it holds a connection.
class Reader {
  public:
    virtual ~Reader() = default;

    /// Also rows in the bin; nothing where there is none.
    virtual Result<std::optional<casebook::Row>> load(casebook::Entity entity, Ulid id) = 0;
    virtual Result<Page> list(const Query& query) = 0;
    virtual Result<std::uint64_t> count(const Query& query) = 0;
    /// All versions, oldest first.
    virtual Result<std::vector<Version>> versions(casebook::Entity entity, Ulid id) = 0;
    /// Rows of all kinds that changed after a change number, in the order of their changes, those in the bin too.
    virtual Result<std::vector<casebook::Row>> changes_since(std::int64_t change_no,
                                                             const Sight& sight,
                                                             std::size_t limit) = 0;
    virtual Result<std::int64_t> last_change_no() = 0;

    /// Rows whose text holds all the words, the newest first. One and two Japanese characters are words too. Contact data
    /// is not looked through.
    virtual Result<std::vector<casebook::Row>> search(std::string_view words, const Sight& sight,
                                                      std::size_t limit) = 0;
    /// Contacts and organisations by a part of name or reading, channels by a part of their value (of a number, its
    /// digits), of each kind as many: contact data, so only for those who may see it.
    virtual Result<std::vector<FoundPerson>> find_people(std::string_view part, const Sight& sight,
                                                         std::size_t limit) = 0;
    /// Everything that counting needs.
    virtual Result<casebook::Counted> counted() = 0;

    virtual Result<std::optional<User>> user(Ulid id) = 0;
    /// By the name they log in with, whatever its case.
    virtual Result<std::optional<User>> user_named(std::string_view login) = 0;
    virtual Result<std::vector<User>> users() = 0;
    virtual Result<std::vector<Grant>> grants_of(Ulid user) = 0;
    virtual Result<std::vector<Grant>> grants_on(Ulid case_id) = 0;
    virtual Result<std::optional<Session>> session(const Sha256& token_hash) = 0;
    virtual Result<std::vector<Session>> sessions_of(Ulid user) = 0;
    virtual Result<Tries> tries(std::string_view whom) = 0;
    virtual Result<std::optional<Draft>> draft(Ulid user, std::string_view key) = 0;
    /// The newest first, without their bodies.
    virtual Result<std::vector<Draft>> drafts_of(Ulid user) = 0;
    virtual Result<std::vector<AuditEvent>> audit(const AuditQuery& query) = 0;
};

/// A reader that changes things: all of it or, without commit(), nothing. There is one at a time: write() waits for the
/// one before, also for that of another process. After an error of the database nothing of it can be committed any more.
///
/// A row must pass `check_row`, and what it refers to must be there: bad_value, which says where.
class Writer : public Reader {
  public:
    /// The row's version is 0 and its id is set. Gives it as stored. `changed` is written down as `made`.
    virtual Result<casebook::Row> insert(const casebook::Row& row, const Change& change) = 0;
    /// The row's version says what the change is based on.
    virtual Result<Written> update(const casebook::Row& row, const Change& change) = 0;
    /// Into the bin and out of it; `version` as with update. Nothing is written where it lies there already. `changed` is
    /// written down as `binned` and `restored`.
    virtual Result<Written> bin(casebook::Entity entity, Ulid id, std::int64_t version,
                                const Change& change) = 0;
    virtual Result<Written> restore(casebook::Entity entity, Ulid id, std::int64_t version,
                                    const Change& change) = 0;
    /// The next number of its kind in a year: `2019-0042`.
    virtual Result<std::string> next_case_number(std::int32_t fiscal_year) = 0;

    virtual Result<void> put_user(const User& user) = 0;  ///< made or replaced, by id
    virtual Result<void> put_grant(const Grant& grant) = 0;
    virtual Result<void> remove_grant(const Grant& grant) = 0;
    virtual Result<void> put_session(const Session& session) = 0;
    virtual Result<void> end_session(Ulid id) = 0;
    virtual Result<void> put_tries(std::string_view whom, const Tries& tries) = 0;
    /// Ends sessions last seen, and forgets tries last made, before a moment each: neither may grow for ever.
    virtual Result<void> forget_stale(Time sessions_before, Time tries_before) = 0;
    virtual Result<void> put_draft(const Draft& draft) = 0;  ///< made or replaced, by user and key
    virtual Result<void> remove_draft(Ulid user, std::string_view key) = 0;
    /// All that were last written before a moment.
    virtual Result<void> forget_drafts(Time before) = 0;
    /// For what is no change of a row; those write their own events.
    virtual Result<void> append_audit(const AuditEvent& event) = 0;

    virtual Result<void> commit() = 0;
};

/// A desk's data.
class Store {
  public:
    /// Opens, and makes or upgrades what is there. Never downgrades: fails with `unsupported` where a newer version
    /// wrote the data.
    static Result<std::unique_ptr<Store>> open(const Location& location, Time now);
    virtual ~Store() = default;

    virtual Result<std::unique_ptr<Reader>> read() = 0;
    /// Waits for the one before.
    virtual Result<std::unique_ptr<Writer>> write() = 0;
    /// A copy of everything into a new folder, while others work. On PostgreSQL `unsupported`, with the command to use.
    virtual Result<void> back_up(const std::filesystem::path& folder) = 0;
    /// What is wrong with database and audit chain, a line each; empty: nothing.
    virtual Result<std::vector<std::string>> check() = 0;
};

}  // namespace konseki::store
