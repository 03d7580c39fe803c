#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/tokens.h"
#include "konseki/store/store.h"
#include "sight.h"
#include "sql.h"

namespace konseki::store {

/// Gives a connection back to where it came from.
struct GiveBack {
    std::function<void(std::unique_ptr<Connection>)> give;
    void operator()(Connection* connection) const { give(std::unique_ptr<Connection>(connection)); }
};
using Lease = std::unique_ptr<Connection, GiveBack>;

/// The row of `head`.
struct Head {
    std::int64_t change_no = 0;
    std::int64_t audit_seq = 0;
    std::string audit_hash;
};

/// One transaction, for reading or for writing: what it may do is told by the interface through which it is handed out.
class Unit final : public Writer {
  public:
    static Result<std::unique_ptr<Unit>> begin(Lease connection, Begin how);
    ~Unit() override;
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;

    Result<std::optional<casebook::Row>> load(casebook::Entity entity, Ulid id) override;
    Result<Page> list(const Query& query) override;
    Result<std::uint64_t> count(const Query& query) override;
    Result<std::vector<Version>> versions(casebook::Entity entity, Ulid id) override;
    Result<std::vector<casebook::Row>> changes_since(std::int64_t change_no, const Sight& sight,
                                                     std::size_t limit) override;
    Result<std::int64_t> last_change_no() override { return head_.change_no; }
    Result<std::vector<casebook::Row>> search(std::string_view words, const Sight& sight,
                                              std::size_t limit) override;
    Result<std::vector<FoundPerson>> find_people(std::string_view part, const Sight& sight,
                                                 std::size_t limit) override;
    Result<casebook::Counted> counted() override;

    Result<std::optional<User>> user(Ulid id) override;
    Result<std::optional<User>> user_named(std::string_view login) override;
    Result<std::vector<User>> users() override;
    Result<std::vector<Grant>> grants_of(Ulid user) override;
    Result<std::vector<Grant>> grants_on(Ulid case_id) override;
    Result<std::optional<Session>> session(const Sha256& token_hash) override;
    Result<std::vector<Session>> sessions_of(Ulid user) override;
    Result<Tries> tries(std::string_view whom) override;
    Result<std::optional<Draft>> draft(Ulid user, std::string_view key) override;
    Result<std::vector<Draft>> drafts_of(Ulid user) override;
    Result<std::vector<AuditEvent>> audit(const AuditQuery& query) override;

    Result<casebook::Row> insert(const casebook::Row& row, const Change& change) override;
    Result<Written> update(const casebook::Row& row, const Change& change) override;
    Result<Written> bin(casebook::Entity entity, Ulid id, std::int64_t version,
                        const Change& change) override;
    Result<Written> restore(casebook::Entity entity, Ulid id, std::int64_t version,
                            const Change& change) override;
    Result<std::string> next_case_number(std::int32_t fiscal_year) override;

    Result<void> put_user(const User& user) override;
    Result<void> put_grant(const Grant& grant) override;
    Result<void> remove_grant(const Grant& grant) override;
    Result<void> put_session(const Session& session) override;
    Result<void> end_session(Ulid id) override;
    Result<void> put_tries(std::string_view whom, const Tries& tries) override;
    Result<void> forget_stale(Time sessions_before, Time tries_before) override;
    Result<void> put_draft(const Draft& draft) override;
    Result<void> remove_draft(Ulid user, std::string_view key) override;
    Result<void> forget_drafts(Time before) override;
    Result<void> append_audit(const AuditEvent& event) override;

    Result<void> commit() override;

    /// What is wrong with audit chain and kept versions, a line each.
    Result<std::vector<std::string>> faults();
    /// Makes the index of all rows anew where it is not that of this version of the program.
    Result<void> refresh_index();

  private:
    explicit Unit(Lease connection) : connection_(std::move(connection)) {}

    /// Runs; after an error the whole unit is spoilt.
    Result<Table> run(std::string_view sql, std::span<const Cell> bound);
    Result<Table> run(const Asked& asked) { return run(asked.sql, asked.bound); }
    Result<void> change(std::string_view sql, std::span<const Cell> bound);

    Result<std::vector<User>> users_where(const Asked& asked);
    Result<std::vector<Grant>> grants_where(const Asked& asked);
    Result<std::vector<Session>> sessions_where(const Asked& asked);
    Result<std::vector<casebook::Row>> search_in(casebook::Entity entity,
                                                 std::span<const Phrase> phrases,
                                                 const Sight& sight, std::int64_t before,
                                                 std::size_t limit);
    Result<std::vector<casebook::Row>> people_in(casebook::Entity entity, std::string_view key,
                                                 const Sight& sight, std::size_t limit);

    Result<casebook::Row> current(casebook::Entity entity, Ulid id);
    Result<casebook::Row> replace(casebook::Row before, casebook::Row after, const Change& change);
    Result<Written> move_bin(casebook::Entity entity, Ulid id, std::int64_t version,
                             const Change& change, bool into_bin);
    /// Version, audit event and index of a row that was just written; `before` is null for a new one.
    Result<void> keep(const casebook::Row* before, const casebook::Row& after,
                      const Change& change);
    Result<void> index(const casebook::Row* before, const casebook::Row& after);
    Result<void> index_people(const casebook::Row& row);

    Result<void> faults_of_chain(std::vector<std::string>& lines);
    Result<void> faults_of_rows(casebook::Entity entity, std::vector<std::string>& lines);
    Result<void> faults_of_row(casebook::Entity entity, std::string_view id, std::string_view json,
                               std::vector<std::string>& lines);

    Lease connection_;
    Head head_;
    bool writes_ = false;
    bool is_spoilt_ = false;
    bool is_done_ = false;
};

/// Enough of an id to name a row in a line for people.
std::string name_of(casebook::Entity entity, std::string_view id);

}  // namespace konseki::store
