#include "unit.h"

#include <array>

#include <fmt/format.h>

namespace konseki::store {
namespace {

constexpr std::string_view select_head =
    R"(SELECT "change_no", "audit_seq", "audit_hash" FROM "head" WHERE "id" = 1)";
constexpr std::string_view update_head =
    R"(UPDATE "head" SET "change_no" = ?, "audit_seq" = ?, "audit_hash" = ? WHERE "id" = 1)";

}  // namespace

Result<std::unique_ptr<Unit>> Unit::begin(Lease connection, Begin how) {
    TRY_VOID(connection->begin(how));
    std::unique_ptr<Unit> unit(new (std::nothrow) Unit(std::move(connection)));
    if (!unit) return fail(Error{ErrorKind::limit, "out of memory"});
    unit->writes_ = how == Begin::write;
    // The row of `head` is what writers of several processes queue for, and for readers the moment they look at.
    std::string sql(select_head);
    if (unit->writes_) sql += unit->connection_->dialect().for_update;
    const Table found = TRY(unit->run(sql, {}));
    if (found.rows() != 1) return fail(Error::bad_value("the database has lost its counters"));
    unit->head_.change_no = TRY(number_in(found.row(0)[0]));
    unit->head_.audit_seq = TRY(number_in(found.row(0)[1]));
    unit->head_.audit_hash = TRY(text_in(found.row(0)[2]));
    return unit;
}

Unit::~Unit() {
    if (!is_done_) connection_->rollback();
}

Result<Table> Unit::run(std::string_view sql, std::span<const Cell> bound) {
    Result<Table> out = connection_->run(sql, bound);
    if (!out) is_spoilt_ = true;
    return out;
}

Result<void> Unit::change(std::string_view sql, std::span<const Cell> bound) {
    if (is_spoilt_ || is_done_ || !writes_)
        return fail(Error::usage("nothing can be written in this transaction any more"));
    const Table done = TRY(run(sql, bound));
    (void)done;
    return {};
}

Result<void> Unit::commit() {
    const std::array<Cell, 3> bound = {cell(head_.change_no), cell(head_.audit_seq),
                                       cell(std::string_view(head_.audit_hash))};
    TRY_VOID(change(update_head, bound));
    TRY_VOID(connection_->commit());
    is_done_ = true;
    return {};
}

std::string name_of(casebook::Entity entity, std::string_view id) {
    return fmt::format("{} {}", casebook::info_of(entity).name, id);
}

}  // namespace konseki::store
