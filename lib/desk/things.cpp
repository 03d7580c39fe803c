// Things of every kind: lists, reading, plain writes, bin, versions, contact data on demand.

#include <algorithm>
#include <charconv>

#include "inside.h"
#include "konseki/casebook/entities.h"

namespace konseki::desk {

using casebook::AuditAction;
using casebook::Entity;
using casebook::EntityInfo;
using casebook::FieldInfo;
using casebook::FieldType;
using casebook::Row;
using casebook::VisitState;

namespace {

/// The longest page, which is also what fits into one answer without waiting.
constexpr std::size_t longest_page = 200;

bool has_code(const FieldInfo& field, std::string_view code) {
    return std::ranges::find(field.codes, code) != field.codes.end();
}

/// A value that a filter can ask for; nothing where the field cannot be asked so.
std::optional<casebook::Plain> plain_of(const FieldInfo& field, const std::string& text) {
    if (field.mark.is_contact) return std::nullopt;
    if (field.type == FieldType::boolean && (text == "true" || text == "false"))
        return casebook::Plain{text == "true"};
    const bool is_coded = field.type == FieldType::code || field.type == FieldType::codes;
    if (is_coded && has_code(field, text)) return casebook::Plain{text};
    if (field.type == FieldType::id) {
        if (const std::optional<Ulid> id = parse_ulid(text)) return casebook::Plain{to_text(*id)};
    }
    if (field.name == "prefecture" || field.name == "number") return casebook::Plain{text};
    return std::nullopt;
}

bool is_ordering(const FieldInfo& field) {
    return !field.mark.is_contact && !field.is_answer && field.type != FieldType::codes &&
           !field.mark.is_long;
}

Outcome<store::Query> query_of(const ListRequest& request) {
    const EntityInfo& info = casebook::info_of(request.entity);
    store::Query query;
    query.entity = request.entity;
    std::vector<Fault> faults;
    for (const auto& [name, text] : request.filters) {
        const std::optional<std::size_t> at = info.find(name);
        const std::optional<casebook::Plain> value =
            at ? plain_of(info.fields[*at], text) : std::nullopt;
        if (value)
            query.where.push_back({info.fields[*at].name, store::Condition::Is::equal, *value});
        else
            faults.push_back({name, at ? "wrong_type" : "unknown_field"});
    }
    std::string_view order = request.order;
    query.descending = order.starts_with('-');
    if (query.descending) order.remove_prefix(1);
    constexpr std::array<std::string_view, 4> of_header = {"id", "created_at", "updated_at",
                                                           "change_no"};
    const auto in_header = std::ranges::find(of_header, order);
    const std::optional<std::size_t> at = info.find(order);
    if (in_header != of_header.end())
        query.order_by = *in_header;
    else if (at && is_ordering(info.fields[*at]))
        query.order_by = info.fields[*at].name;
    else if (!order.empty())
        faults.push_back({"order", "unknown_field"});
    if (!faults.empty()) return refuse_fields(std::move(faults));
    query.in_bin = request.in_bin;
    query.after = request.after;
    query.limit = std::clamp<std::size_t>(request.limit, 1, longest_page);
    return query;
}

/// Who asked can be reached, or did not want to.
bool names_contact(const Row& row) {
    return casebook::id_of(row, "contact_id") ||
           casebook::value_of(row, "gave_no_contact").plain == casebook::Plain{true};
}

/// What is asked beyond the fields, by kind.
Outcome<void> allow_new(Eyes& eyes, const Row& row) {
    const auto case_id = [&row] { return *casebook::id_of(row, "case_id"); };
    switch (row.entity) {
        case Entity::rescue: return allow_rescue(eyes, case_id());
        case Entity::visit: return allow_visit(eyes, case_id());
        case Entity::case_link: return allow_link(eyes, row);
        case Entity::consultation:
            if (!names_contact(row)) return refuse_fields({{"contact_id", "missing"}});
            return {};
        default: return {};
    }
}

/// A visit that was done is part of a rescue that was active (C4), open or ended.
Outcome<void> allow_done_again(Eyes& eyes, Ulid case_id) {
    for (const Row& rescue : TRY(eyes.all_with(Entity::rescue, "case_id", case_id)))
        if (!casebook::value_of(rescue, "started_at").is_empty()) return {};
    return refuse(Refusal::conflict, "rescue_in_bin");
}

/// A duplicate whose original lies in the bin would be counted nowhere (C1).
Outcome<void> allow_duplicate_again(Eyes& eyes, const Row& row) {
    const std::optional<Ulid> original = casebook::id_of(row, "duplicate_of");
    if (!original) return {};
    const std::optional<Row> found = TRY(eyes.reader().load(Entity::consultation, *original));
    if (!found || found->header.deleted_at) return refuse(Refusal::conflict, "original_in_bin");
    return {};
}

/// What comes out of the bin must fit what happened meanwhile.
Outcome<void> allow_again(Eyes& eyes, const Row& row) {
    if (row.entity == Entity::consultation) return allow_duplicate_again(eyes, row);
    if (row.entity == Entity::visit) {
        const VisitState state = casebook::from_row<casebook::Visit>(row).state;
        if (state == VisitState::cancelled) return {};
        if (state == VisitState::done)
            return allow_done_again(eyes, *casebook::id_of(row, "case_id"));
    }
    return allow_new(eyes, row);
}

/// A rescue stays while its case has visits: on-site support is part of it (C4). A consultation stays while others are
/// duplicates of it: all of them would be counted nowhere (C1).
Outcome<void> allow_binning(Eyes& eyes, const Row& row) {
    if (row.entity == Entity::consultation) {
        const std::vector<Row> duplicates =
            TRY(eyes.all_with(Entity::consultation, "duplicate_of", row.header.id));
        if (!duplicates.empty()) return refuse(Refusal::conflict, "has_duplicates");
    }
    if (row.entity != Entity::rescue) return {};
    const std::vector<Row> visits =
        TRY(eyes.all_with(Entity::visit, "case_id", *casebook::id_of(row, "case_id")));
    if (!visits.empty()) return refuse(Refusal::conflict, "has_visits");
    return {};
}

Result<void> complete(Work& work, Row& row) {
    if (row.entity != Entity::case_) return {};
    const std::int32_t year = casebook::half_of(work.now()).year;
    casebook::value_of(row, "number").plain = TRY(work.writer().next_case_number(year));
    casebook::value_of(row, "opened_at").plain = work.now().ticks;
    return {};
}

}  // namespace

Outcome<store::Page> Desk::list(const Actor& actor, const ListRequest& request) {
    store::Query query = TRY(query_of(request));
    if (request.in_bin && !may(actor, Act::bin, Place{}))
        return refuse(Refusal::forbidden, "forbidden");
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    query.sight = Eyes(*reader, actor).sight();
    Result<store::Page> page = reader->list(query);
    if (!page && page.error().kind == ErrorKind::usage)
        return refuse_fields({{"after", "wrong_type"}});
    if (!page) return std::unexpected(Refused(page.error()));
    page->rows = without_contact(std::move(page->rows));
    if (!request.in_bin) return *std::move(page);
    // A role on a case that is closed off may show it, but not its bin.
    Eyes eyes(*reader, actor);
    std::vector<Row> shown;
    for (Row& row : page->rows) {
        const Place place = TRY(eyes.place_of(row));
        if (may(actor, Act::bin, place)) shown.push_back(std::move(row));
    }
    page->rows = std::move(shown);
    return *std::move(page);
}

Outcome<Row> Desk::get(const Actor& actor, Entity entity, Ulid id) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    Row row = TRY(Eyes(*reader, actor).see(entity, id));
    return without_contact(std::move(row));
}

Outcome<std::vector<store::Version>> Desk::versions(const Actor& actor, Entity entity, Ulid id) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    const Row row = TRY(Eyes(*reader, actor).see(entity, id));
    std::vector<store::Version> versions = TRY(reader->versions(entity, row.header.id));
    for (store::Version& version : versions) version.row = without_contact(std::move(version.row));
    return versions;
}

Outcome<Row> Desk::reveal(const Actor& actor, Entity entity, Ulid id) {
    if (!has_contact_data(entity)) return hide();
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Row row = TRY(work.eyes().see(entity, id));
    const Place place = TRY(work.eyes().place_of(row));
    TRY_VOID(work.eyes().allow(Act::reveal, place));
    TRY_VOID(work.note(AuditAction::revealed, std::string(casebook::info_of(entity).name), id,
                       place.case_id, ""));
    TRY_VOID(work.commit());
    return row;
}

Outcome<Row> Desk::create(const Actor& actor, Entity entity, const Edits& edits) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    Row row = TRY(made_from(work.eyes(), entity, edits));
    TRY_VOID(allow_moment(row, work.now()));
    TRY_VOID(allow_new(work.eyes(), row));
    TRY_VOID(complete(work, row));
    Row made = TRY(work.insert(std::move(row)));
    TRY_VOID(work.commit());
    return without_contact(std::move(made));
}

Outcome<Row> Desk::patch(const Actor& actor, Entity entity, Seen seen, const Edits& edits) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    const Row before = TRY(work.eyes().need(entity, seen, act_of_writing(entity)));
    Row after = before;
    std::vector<Fault> faults;
    apply(after, edits, faults);
    if (faults.empty()) faults = faults_of(before, after);
    if (faults.empty()) faults = TRY(faults_of_references(work.eyes(), before, after));
    if (!faults.empty()) return refuse_fields(std::move(faults));
    if (after == before) return without_contact(before);
    TRY_VOID(allow_moment(after, work.now()));
    if (entity == Entity::consultation && names_contact(before) && !names_contact(after))
        return refuse_fields({{"contact_id", "missing"}});
    Row written = TRY(work.update(after, AuditAction::changed, ""));
    TRY_VOID(work.commit());
    return without_contact(std::move(written));
}

Outcome<Row> Desk::bin(const Actor& actor, Entity entity, Seen seen) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    const Row row = TRY(work.eyes().need(entity, seen, Act::bin));
    TRY_VOID(allow_binning(work.eyes(), row));
    store::Written written = TRY(work.writer().bin(entity, row.header.id, seen.version,
                                                   work.change(AuditAction::binned, "")));
    Row binned = TRY(unless_stale(std::move(written)));
    TRY_VOID(work.commit());
    return without_contact(std::move(binned));
}

Outcome<Row> Desk::restore(const Actor& actor, Entity entity, Seen seen) {
    Work work(*inside_, TRY(inside_->store.write()), actor);
    const Row row = TRY(work.eyes().see(entity, seen.id));
    TRY_VOID(work.eyes().allow_on(row, Act::bin));
    if (!row.header.deleted_at) return refuse(Refusal::conflict, "not_in_bin");
    TRY_VOID(allow_again(work.eyes(), row));
    store::Written written = TRY(work.writer().restore(entity, seen.id, seen.version,
                                                       work.change(AuditAction::restored, "")));
    Row restored = TRY(unless_stale(std::move(written)));
    TRY_VOID(work.commit());
    return without_contact(std::move(restored));
}

}  // namespace konseki::desk
