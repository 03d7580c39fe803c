#include "konseki/casebook/check.h"

#include "inside.h"

namespace konseki::desk {

using casebook::Entity;
using casebook::EntityInfo;
using casebook::FieldInfo;
using casebook::Row;

void apply(Row& row, const Edits& edits, std::vector<Fault>& faults) {
    const EntityInfo& info = casebook::info_of(row.entity);
    for (const Edit& edit : edits) {
        const std::optional<std::size_t> at = info.find(edit.field);
        if (at)
            row.values[*at] = edit.value;
        else
            faults.push_back({edit.field, "unknown_field"});
    }
}

std::vector<Fault> faults_of(const Row& before, const Row& after) {
    std::vector<Fault> faults;
    for (const casebook::FieldProblem& problem : casebook::check_write(before, after))
        faults.push_back({std::string(problem.field), std::string(code_of(problem.fault))});
    const EntityInfo& info = casebook::info_of(after.entity);
    for (const casebook::FieldProblem& problem : casebook::check_row(after)) {
        // What the desk sets itself is never the client's to give.
        const bool is_desks = info.fields[*info.find(problem.field)].mark.by_desk;
        if (!is_desks || problem.fault != casebook::FieldFault::missing)
            faults.push_back({std::string(problem.field), std::string(code_of(problem.fault))});
    }
    return faults;
}

namespace {

/// A task's owner is a user who can log in.
Result<bool> is_working_user(store::Reader& reader, Ulid id) {
    const std::optional<store::User> user = TRY(reader.user(id));
    return user && !user->is_disabled;
}

}  // namespace

Result<std::vector<Fault>> faults_of_references(Eyes& eyes, const Row& before, const Row& after) {
    const EntityInfo& info = casebook::info_of(after.entity);
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        const FieldInfo& field = info.fields[i];
        if (field.type != casebook::FieldType::id || before.values[i] == after.values[i]) continue;
        const std::optional<Ulid> id = casebook::id_of(after, field.name);
        if (!id) continue;
        const bool is_there = field.mark.refers ? TRY(eyes.is_visible(*field.mark.refers, *id))
                                                : TRY(is_working_user(eyes.reader(), *id));
        if (!is_there) faults.push_back({std::string(field.name), "no_such"});
    }
    return faults;
}

Outcome<Row> made_from(Eyes& eyes, Entity entity, const Edits& edits) {
    const Row blank = casebook::new_row(entity);
    Row row = blank;
    std::vector<Fault> faults;
    apply(row, edits, faults);
    if (faults.empty()) faults = faults_of(blank, row);
    if (faults.empty()) faults = TRY(faults_of_references(eyes, blank, row));
    if (!faults.empty()) return refuse_fields(std::move(faults));
    const Place place = TRY(eyes.place_of(row));
    TRY_VOID(eyes.allow(act_of_writing(entity), place));
    return row;
}

Outcome<void> allow_moment(const Row& row, Time now) {
    if (row.entity != Entity::consultation) return {};
    const std::int64_t* const at =
        std::get_if<std::int64_t>(&casebook::value_of(row, "received_at").plain);
    if (at != nullptr && *at - now.ticks > Time::per_day)
        return refuse_fields({{"received_at", "in_future"}});
    return {};
}

bool has_contact_data(Entity entity) {
    for (const FieldInfo& field : casebook::info_of(entity).fields)
        if (field.mark.is_contact) return true;
    return false;
}

Row without_contact(Row row) {
    const EntityInfo& info = casebook::info_of(row.entity);
    for (std::size_t i = 0; i < row.values.size(); ++i)
        if (info.fields[i].mark.is_contact) row.values[i] = {};
    return row;
}

std::vector<Row> without_contact(std::vector<Row> rows) {
    for (Row& row : rows) row = without_contact(std::move(row));
    return rows;
}

}  // namespace konseki::desk
