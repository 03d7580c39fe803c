#include <array>

#include <fmt/format.h>

#include "canonical.h"
#include "konseki/casebook/check.h"
#include "rows.h"
#include "unit.h"

namespace konseki::store {
namespace {

using casebook::AuditAction;
using casebook::Entity;
using casebook::EntityInfo;
using casebook::Row;

constexpr std::string_view insert_version =
    R"(INSERT INTO "row_version" ("entity", "id", "version", "json") VALUES (?, ?, ?, ?))";
constexpr std::string_view next_number =
    R"(INSERT INTO "case_number" ("fiscal_year", "last") VALUES (?, 1) ON CONFLICT ("fiscal_year") DO UPDATE SET "last" = "case_number"."last" + 1 RETURNING "last")";

Result<void> check(const Row& row) {
    if (row.values.size() != casebook::info_of(row.entity).fields.size())
        return fail(Error::bad_value("a row has not as many values as its entity has fields"));
    for (const casebook::FieldProblem& problem : casebook::check_row(row))
        return fail(Error::bad_value(
            fmt::format("field {} is refused: {}", problem.field, code_of(problem.fault))));
    return {};
}

std::optional<Ulid> case_of(const Row& row) {
    if (row.entity == Entity::case_) return row.header.id;
    if (!casebook::info_of(row.entity).find("case_id")) return std::nullopt;
    return id_of(row, "case_id");
}

/// What the audit calls it, where the caller did not say it more exactly.
AuditAction action_of(const Change& change, AuditAction plain) {
    return change.action == AuditAction::changed ? plain : change.action;
}

AuditEvent event_of(const Row* before, const Row& after, const Change& change) {
    AuditEvent out;
    out.at = change.at;
    out.actor = change.by;
    out.via = change.via;
    out.address = change.address;
    out.action = change.action;
    out.object_kind = casebook::info_of(after.entity).name;
    out.object = after.header.id;
    out.case_id = case_of(after);
    if (!out.case_id && before != nullptr) out.case_id = case_of(*before);
    out.reason = change.reason;
    out.request_id = change.request_id;
    return out;
}

}  // namespace

Result<Row> Unit::current(Entity entity, Ulid id) {
    std::optional<Row> found = TRY(load(entity, id));
    if (found) return std::move(*found);
    return fail(
        Error{ErrorKind::not_found, fmt::format("there is no {}", name_of(entity, to_text(id)))});
}

Result<void> Unit::keep(const Row* before, const Row& after, const Change& change_made) {
    const std::string json = canonical_json(after);
    const std::array<Cell, 4> bound = {cell(casebook::info_of(after.entity).name),
                                       cell(after.header.id), cell(after.header.version),
                                       cell(std::string_view(json))};
    TRY_VOID(change(insert_version, bound));
    AuditEvent event = event_of(before, after, change_made);
    if (before != nullptr) event.before = sha256_hex(canonical_json(*before));
    event.after = sha256_hex(json);
    TRY_VOID(append_audit(event));
    return index(before, after);
}

Result<Row> Unit::insert(const Row& row, const Change& change_made) {
    TRY_VOID(check(row));
    if (row.header.id.is_nil() || row.header.version != 0)
        return fail(Error::usage("a new row has an id and no version"));
    Row made = row;
    made.header.created_at = made.header.updated_at = change_made.at;
    made.header.created_by = made.header.updated_by = change_made.by;
    made.header.version = 1;
    made.header.change_no = ++head_.change_no;
    made.header.deleted_at = std::nullopt;
    TRY_VOID(change(insert_sql(casebook::info_of(row.entity)), cells_of(made)));
    Change told = change_made;
    told.action = action_of(change_made, AuditAction::made);
    TRY_VOID(keep(nullptr, made, told));
    return made;
}

Result<Row> Unit::replace(Row before, Row after, const Change& change_made) {
    casebook::Header& header = after.header;
    header.created_at = before.header.created_at;
    header.created_by = before.header.created_by;
    header.updated_at = change_made.at;
    header.updated_by = change_made.by;
    header.version = before.header.version + 1;
    header.change_no = ++head_.change_no;
    std::vector<Cell> bound = cells_of(after);
    bound.push_back(cell(header.id));
    bound.push_back(cell(before.header.version));
    TRY_VOID(change(update_sql(casebook::info_of(after.entity)), bound));
    TRY_VOID(keep(&before, after, change_made));
    return after;
}

Result<Written> Unit::update(const Row& row, const Change& change_made) {
    TRY_VOID(check(row));
    Row before = TRY(current(row.entity, row.header.id));
    if (before.header.version != row.header.version) return Written{std::move(before), true};
    Row after = row;
    after.header.deleted_at = before.header.deleted_at;
    return Written{TRY(replace(std::move(before), std::move(after), change_made)), false};
}

Result<Written> Unit::move_bin(Entity entity, Ulid id, std::int64_t version,
                               const Change& change_made, bool into_bin) {
    Row before = TRY(current(entity, id));
    if (before.header.version != version) return Written{std::move(before), true};
    if (before.header.deleted_at.has_value() == into_bin) return Written{std::move(before), false};
    Row after = before;
    after.header.deleted_at = into_bin ? std::optional(change_made.at) : std::nullopt;
    Change told = change_made;
    told.action = action_of(change_made, into_bin ? AuditAction::binned : AuditAction::restored);
    return Written{TRY(replace(std::move(before), std::move(after), told)), false};
}

Result<Written> Unit::bin(Entity entity, Ulid id, std::int64_t version, const Change& change_made) {
    return move_bin(entity, id, version, change_made, true);
}

Result<Written> Unit::restore(Entity entity, Ulid id, std::int64_t version,
                              const Change& change_made) {
    return move_bin(entity, id, version, change_made, false);
}

Result<std::string> Unit::next_case_number(std::int32_t fiscal_year) {
    if (is_spoilt_ || is_done_ || !writes_)
        return fail(Error::usage("nothing can be written in this transaction any more"));
    const std::array<Cell, 1> bound = {cell(std::int64_t{fiscal_year})};
    const Table given = TRY(run(next_number, bound));
    return fmt::format("{}-{:04}", fiscal_year, TRY(number_in(given.row(0)[0])));
}

}  // namespace konseki::store
