#include <algorithm>

#include "inside.h"
#include "konseki/casebook/check.h"

namespace konseki::desk {

using casebook::Entity;
using casebook::Row;

Ulid Inside::new_id() const {
    std::array<std::uint8_t, 10> random = {};
    around.random(std::as_writable_bytes(std::span(random)));
    return make_ulid(now(), random);
}

std::string Inside::random_bytes(std::size_t count) const {
    std::string out(count, '\0');
    around.random(std::as_writable_bytes(std::span(out.data(), out.size())));
    return out;
}

Result<Place> Eyes::place_of_case(Ulid case_id) {
    const std::optional<Row> found = TRY(reader_.load(Entity::case_, case_id));
    if (!found) return Place{case_id, true};  // nobody sees what belongs to nothing
    return TRY(place_of(*found));
}

Result<Place> Eyes::place_of(const Row& row) {
    if (row.entity == Entity::case_) {
        const casebook::Value& off = casebook::value_of(row, "is_closed_off");
        return Place{row.header.id, off.plain == casebook::Plain{true}};
    }
    if (!casebook::info_of(row.entity).find("case_id")) return Place{};
    const std::optional<Ulid> case_id = casebook::id_of(row, "case_id");
    if (!case_id) return Place{};
    return TRY(place_of_case(*case_id));
}

Result<bool> Eyes::reads(const Row& row, const Place& place) {
    if (row.entity == Entity::task && !place.case_id &&
        casebook::id_of(row, "owner_id") == actor_.user)
        return true;
    if (!may(actor_, act_of_reading(row.entity), place)) return false;
    if (row.entity != Entity::case_link) return true;
    const std::optional<Ulid> other = casebook::id_of(row, "other_case_id");
    require(other.has_value(), "a link has two ends");
    const Place other_place = TRY(place_of_case(*other));
    return may(actor_, Act::read, other_place);
}

Result<bool> Eyes::is_in_bin(const Row& row) {
    if (row.header.deleted_at) return true;
    if (row.entity == Entity::consultation) return false;
    for (const std::string_view field : {"case_id", "other_case_id"}) {
        if (!casebook::info_of(row.entity).find(field)) continue;
        const std::optional<Ulid> case_id = casebook::id_of(row, field);
        if (!case_id) continue;
        const std::optional<Row> found = TRY(reader_.load(Entity::case_, *case_id));
        if (found && found->header.deleted_at) return true;
    }
    return false;
}

Outcome<Row> Eyes::see(Entity entity, Ulid id) {
    std::optional<Row> row = TRY(reader_.load(entity, id));
    if (!row) return hide();
    const Place place = TRY(place_of(*row));
    const bool is_read = TRY(reads(*row, place));
    if (!is_read) return hide();
    const bool lies_in_bin = TRY(is_in_bin(*row));
    if (lies_in_bin && !may(actor_, Act::bin, place)) return hide();
    return *std::move(row);
}

Outcome<Row> Eyes::need(Entity entity, Seen seen, Act act) {
    Row row = TRY(see(entity, seen.id));
    TRY_VOID(allow_on(row, act));
    if (row.header.version != seen.version) {
        Refused stale(Refusal::stale, "stale");
        stale.current = without_contact(row);
        return std::unexpected(std::move(stale));
    }
    const bool lies_in_bin = TRY(is_in_bin(row));
    if (lies_in_bin) return refuse(Refusal::conflict, "in_bin");
    return row;
}

Outcome<void> Eyes::allow(Act act, const Place& place) const {
    if (!may(actor_, act, place)) return refuse(Refusal::forbidden, "forbidden");
    return {};
}

Outcome<void> Eyes::allow_on(const Row& row, Act act) {
    const Place place = TRY(place_of(row));
    TRY_VOID(allow(act, place));
    if (row.entity != Entity::case_link) return {};
    const Place other_place = TRY(place_of_case(*casebook::id_of(row, "other_case_id")));
    return allow(act, other_place);
}

Result<bool> Eyes::is_visible(Entity entity, Ulid id) {
    const std::optional<Row> row = TRY(reader_.load(entity, id));
    if (!row) return false;
    const bool lies_in_bin = TRY(is_in_bin(*row));
    if (lies_in_bin) return false;
    const Place place = TRY(place_of(*row));
    return reads(*row, place);
}

Result<std::vector<Row>> Eyes::all_with(Entity entity, std::string_view field, Ulid value) {
    store::Query query;
    query.entity = entity;
    query.where.push_back({field, store::Condition::Is::equal, to_text(value)});
    query.limit = 200;
    std::vector<Row> rows;
    while (true) {
        store::Page page = TRY(reader_.list(query));
        std::ranges::move(page.rows, std::back_inserter(rows));
        if (page.next.empty()) return rows;
        query.after = std::move(page.next);
    }
}

store::Change Work::change(casebook::AuditAction action, std::string reason) const {
    store::Change change;
    change.at = now_;
    change.by = actor_.user;
    change.action = action;
    change.via = actor_.via;
    change.address = actor_.address;
    change.reason = std::move(reason);
    change.request_id = actor_.request_id;
    return change;
}

Outcome<Row> Work::insert(Row row) {
    row.header.id = inside_.new_id();
    return TRY(writer_->insert(row, change(casebook::AuditAction::made, "")));
}

Outcome<Row> unless_stale(store::Written written) {
    if (!written.is_stale) return std::move(written.row);
    Refused stale(Refusal::stale, "stale");
    stale.current = without_contact(std::move(written.row));
    return std::unexpected(std::move(stale));
}

Outcome<Row> Work::update(const Row& row, casebook::AuditAction action, std::string reason) {
    // Not every reason stands in the row, and the audit keeps it for ever.
    if (const std::optional<casebook::FieldFault> fault = casebook::fault_of_line(reason))
        return refuse_fields({{"reason", std::string(code_of(*fault))}});
    return unless_stale(TRY(writer_->update(row, change(action, std::move(reason)))));
}

Result<void> Work::note(casebook::AuditAction action, std::string kind, Ulid object,
                        std::optional<Ulid> case_id, std::string reason) {
    store::AuditEvent event;
    event.at = now_;
    event.actor = actor_.user;
    event.via = actor_.via;
    event.address = actor_.address;
    event.action = action;
    event.object_kind = std::move(kind);
    event.object = object;
    event.case_id = case_id;
    event.reason = std::move(reason);
    event.request_id = actor_.request_id;
    return writer_->append_audit(event);
}

}  // namespace konseki::desk
