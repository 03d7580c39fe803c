#include <algorithm>
#include <array>

#include "canonical.h"
#include "query.h"
#include "rows.h"
#include "unit.h"

namespace konseki::store {
namespace {

using casebook::Entity;
using casebook::EntityInfo;
using casebook::Row;

constexpr std::string_view select_versions =
    R"(SELECT "json" FROM "row_version" WHERE "entity" = ? AND "id" = ? ORDER BY "version")";

constexpr std::string_view select_counted_consultations =
    R"(SELECT "id", "received_at", "case_id", "duplicate_of" FROM "consultation" WHERE "deleted_at" IS NULL)";
// In the order of cases, so that rescues and visits can be joined to them in one walk.
constexpr std::string_view select_counted_cases =
    R"(SELECT "id", "number" FROM "case" WHERE "deleted_at" IS NULL ORDER BY "id")";
constexpr std::string_view select_counted_rescues =
    R"(SELECT "case_id", "started_at" FROM "rescue" WHERE "deleted_at" IS NULL AND "started_at" IS NOT NULL ORDER BY "case_id", "started_at" DESC)";
constexpr std::string_view select_counted_visits =
    R"(SELECT "case_id", "started_at" FROM "visit" WHERE "deleted_at" IS NULL AND "state" = 'done' AND "started_at" IS NOT NULL ORDER BY "case_id", "started_at")";
constexpr std::string_view select_counted_merges =
    R"(SELECT "case_id", "other_case_id" FROM "case_link" WHERE "deleted_at" IS NULL AND "kind" = 'same_as' AND "undone_at" IS NULL ORDER BY "id")";

casebook::CountedCase* case_of(casebook::Counted& counted, const Ulid& id) {
    const auto found = std::ranges::lower_bound(counted.cases, id, {}, &casebook::CountedCase::id);
    if (found == counted.cases.end() || found->id != id) return nullptr;
    return &*found;
}

}  // namespace

Result<std::optional<Row>> Unit::load(Entity entity, Ulid id) {
    const EntityInfo& info = casebook::info_of(entity);
    const std::string sql = "SELECT " + columns_of(info, "t") + " FROM " + sql_name(info.name) +
                            R"( t WHERE t."id" = ?)";
    const std::array<Cell, 1> bound = {cell(id)};
    const Table found = TRY(run(sql, bound));
    if (found.rows() == 0) return std::optional<Row>{};
    return std::optional<Row>(TRY(row_of(entity, found.row(0))));
}

Result<Page> Unit::list(const Query& query) {
    const Asked asked = TRY(list_sql(query, connection_->dialect()));
    const Table found = TRY(run(asked));
    Page out;
    out.rows = TRY(rows_of(query.entity, found));
    const std::size_t wanted = std::clamp<std::size_t>(query.limit, 1, max_page_rows);
    if (out.rows.size() <= wanted) return out;
    out.rows.pop_back();
    out.next = page_after(query, out.rows.back());
    return out;
}

Result<std::uint64_t> Unit::count(const Query& query) {
    const Asked asked = TRY(count_sql(query, connection_->dialect()));
    const Table found = TRY(run(asked));
    return static_cast<std::uint64_t>(TRY(number_in(found.row(0)[0])));
}

Result<std::vector<Version>> Unit::versions(Entity entity, Ulid id) {
    const std::array<Cell, 2> bound = {cell(casebook::info_of(entity).name), cell(id)};
    const Table found = TRY(run(select_versions, bound));
    std::vector<Version> out;
    for (std::size_t i = 0; i < found.rows(); ++i) {
        const std::string json = TRY(text_in(found.row(i)[0]));
        Version version;
        version.row = TRY(row_from_json(entity, json));
        version.at = version.row.header.updated_at;
        version.by = version.row.header.updated_by;
        out.push_back(std::move(version));
    }
    return out;
}

Result<std::vector<Row>> Unit::changes_since(std::int64_t change_no, const Sight& sight,
                                             std::size_t limit) {
    const std::size_t wanted = std::min(limit, max_page_rows);
    std::vector<Row> out;
    for (std::size_t i = 0; i < casebook::entity_count; ++i) {
        const auto entity = static_cast<Entity>(i);
        const EntityInfo& info = casebook::info_of(entity);
        Asked asked;
        asked.add("SELECT " + columns_of(info, "t") + " FROM " + sql_name(info.name) + " t WHERE ");
        asked.bind(R"(t."change_no" > ? AND )", cell(change_no));
        add_sight(asked, entity, sight);
        asked.bind(R"( ORDER BY t."change_no" LIMIT ?)", static_cast<std::int64_t>(wanted));
        const Table found = TRY(run(asked));
        std::ranges::move(TRY(rows_of(entity, found)), std::back_inserter(out));
    }
    std::ranges::sort(out, {}, [](const Row& row) { return row.header.change_no; });
    if (out.size() > wanted) out.resize(wanted);
    return out;
}

Result<casebook::Counted> Unit::counted() {
    casebook::Counted out;
    const Table consultations = TRY(run(select_counted_consultations, {}));
    for (std::size_t i = 0; i < consultations.rows(); ++i) {
        const std::span<const Cell> row = consultations.row(i);
        const std::optional<Time> received = time_in(row[1]);
        out.consultations.push_back({TRY(id_in(row[0])), received.value_or(Time{}),
                                     TRY(maybe_id_in(row[2])),
                                     !std::holds_alternative<std::monostate>(row[3])});
    }
    const Table cases = TRY(run(select_counted_cases, {}));
    for (std::size_t i = 0; i < cases.rows(); ++i) {
        casebook::CountedCase& added = out.cases.emplace_back();
        added.id = TRY(id_in(cases.row(i)[0]));
        if (const auto* number = std::get_if<std::string>(&cases.row(i)[1])) added.number = *number;
    }
    const Table rescues = TRY(run(select_counted_rescues, {}));
    for (std::size_t i = 0; i < rescues.rows(); ++i) {
        const Ulid id = TRY(id_in(rescues.row(i)[0]));
        if (casebook::CountedCase* const found = case_of(out, id))
            found->rescued_at = time_in(rescues.row(i)[1]);
    }
    const Table visits = TRY(run(select_counted_visits, {}));
    for (std::size_t i = 0; i < visits.rows(); ++i) {
        const Ulid id = TRY(id_in(visits.row(i)[0]));
        const std::optional<Time> started = time_in(visits.row(i)[1]);
        if (casebook::CountedCase* const found = case_of(out, id); found && started)
            found->visited_at.push_back(*started);
    }
    const Table merges = TRY(run(select_counted_merges, {}));
    for (std::size_t i = 0; i < merges.rows(); ++i)
        out.merges.push_back({TRY(id_in(merges.row(i)[0])), TRY(id_in(merges.row(i)[1]))});
    return out;
}

}  // namespace konseki::store
