// What is looked at: the table, today, search, what changed.

#include <algorithm>

#include "inside.h"

namespace konseki::desk {

using casebook::Entity;
using casebook::Row;
using Is = store::Condition::Is;

namespace {

/// More than a team works on in a day.
constexpr std::size_t most_of_today = 100;
constexpr std::size_t most_found = 50;
constexpr std::size_t most_changes = 200;

store::Query of_today(Entity entity, const store::Sight& sight) {
    store::Query query;
    query.entity = entity;
    query.sight = sight;
    query.limit = most_of_today;
    return query;
}

Result<std::vector<Row>> rows_of(store::Reader& reader, const store::Query& query) {
    store::Page page = TRY(reader.list(query));
    return without_contact(std::move(page.rows));
}

Result<std::vector<Row>> visible(Eyes& eyes, Entity entity, const std::vector<Ulid>& ids) {
    std::vector<Row> rows;
    for (const Ulid id : ids) {
        const bool is_visible = TRY(eyes.is_visible(entity, id));
        if (!is_visible) continue;
        std::optional<Row> row = TRY(eyes.reader().load(entity, id));
        if (row) rows.push_back(without_contact(*std::move(row)));
    }
    return rows;
}

}  // namespace

Outcome<casebook::Figures> Desk::figures(const Actor& actor, casebook::Basis basis,
                                         std::span<const casebook::FiscalPeriod> periods) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    Eyes eyes(*reader, actor);
    TRY_VOID(eyes.allow(Act::read_figures, Place{}));
    const casebook::Counted counted = TRY(reader->counted());
    casebook::Figures figures = casebook::count(counted, basis, periods);
    std::vector<casebook::BreachedCase> shown;
    for (const casebook::BreachedCase& breach : figures.breaches) {
        const bool is_visible = TRY(eyes.is_visible(Entity::case_, breach.case_id));
        if (is_visible) shown.push_back(breach);
    }
    figures.breaches = std::move(shown);
    return figures;
}

Outcome<std::optional<Time>> Desk::first_asked(const Actor& actor) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    TRY_VOID(Eyes(*reader, actor).allow(Act::read_figures, Place{}));
    const casebook::Counted counted = TRY(reader->counted());
    std::optional<Time> first;
    for (const casebook::CountedConsultation& one : counted.consultations)
        if (!one.is_duplicate && (!first || one.received_at < *first)) first = one.received_at;
    return first;
}

Outcome<std::vector<Row>> Desk::counted_rows(const Actor& actor, casebook::Basis basis,
                                             casebook::FiscalPeriod period,
                                             std::string_view which) {
    const std::array<casebook::FiscalPeriod, 1> periods = {period};
    const casebook::Figures figures = TRY(this->figures(actor, basis, periods));
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    Eyes eyes(*reader, actor);
    const casebook::PeriodFigures& one = figures.periods.front();
    if (which == "consultations")
        return TRY(visible(eyes, Entity::consultation, one.consultations));
    if (which == "rescues") return TRY(visible(eyes, Entity::case_, one.rescues));
    if (which == "visited") return TRY(visible(eyes, Entity::case_, one.visited));
    return hide();
}

Outcome<Today> Desk::today(const Actor& actor) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    const store::Sight sight = Eyes(*reader, actor).sight();
    Today today;
    store::Query query = of_today(Entity::consultation, sight);
    query.where = {{"state", Is::not_equal, std::string("closed")},
                   {"call_back_at", Is::not_empty, {}}};
    query.order_by = "call_back_at";
    today.call_backs = TRY(rows_of(*reader, query));
    query = of_today(Entity::consultation, sight);
    query.where = {{"state", Is::not_equal, std::string("closed")}};
    query.order_by = "received_at";
    today.consultations = TRY(rows_of(*reader, query));
    query = of_today(Entity::task, sight);
    query.where = {{"state", Is::equal, std::string("open")},
                   {"owner_id", Is::equal, to_text(actor.user)}};
    query.order_by = "due_at";
    today.tasks = TRY(rows_of(*reader, query));
    query = of_today(Entity::visit, sight);
    query.where = {{"state", Is::equal, std::string("planned")}};
    query.order_by = "planned_for";
    today.visits = TRY(rows_of(*reader, query));
    return today;
}

Outcome<std::vector<Row>> Desk::search(const Actor& actor, std::string_view words) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    const store::Sight sight = Eyes(*reader, actor).sight();
    return without_contact(TRY(reader->search(words, sight, most_found)));
}

Outcome<Desk::Changes> Desk::changes(const Actor& actor, std::int64_t since) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    Eyes eyes(*reader, actor);
    const store::Sight sight = eyes.sight();
    Changes changes;
    std::vector<Row> rows = TRY(reader->changes_since(since, sight, most_changes));
    // Not the desk's last number: that would tell of changes in hidden cases.
    changes.last = rows.empty() ? since : rows.back().header.change_no;
    for (Row& row : rows) {
        const Place place = TRY(eyes.place_of(row));
        const bool is_shown = !row.header.deleted_at || may(actor, Act::bin, place);
        if (is_shown) changes.rows.push_back(without_contact(std::move(row)));
    }
    return changes;
}

Result<void> Desk::try_store() {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    (void)TRY(reader->last_change_no());
    return {};
}

}  // namespace konseki::desk
