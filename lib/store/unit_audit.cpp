#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "canonical.h"
#include "konseki/casebook/codes.h"
#include "query.h"
#include "rows.h"
#include "unit.h"

namespace konseki::store {
namespace {

using casebook::AuditAction;
using casebook::Entity;
using casebook::EntityInfo;

constexpr std::string_view select_events =
    R"(SELECT "seq", "at", "actor", "via", "address", "action", "object_kind", "object", "case_id", "before", "after", "reason", "request_id", "previous", "hash" FROM "audit_event")";
constexpr std::string_view insert_event =
    R"(INSERT INTO "audit_event" ("seq", "at", "actor", "via", "address", "action", "object_kind", "object", "case_id", "before", "after", "reason", "request_id", "previous", "hash") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";
constexpr std::string_view events_from = R"( WHERE "seq" > ? ORDER BY "seq" LIMIT 1000)";
constexpr std::string_view select_after =
    R"(SELECT "after" FROM "audit_event" WHERE "object" = ? AND "object_kind" = ? AND "after" <> '' ORDER BY "seq")";
constexpr std::string_view select_kept =
    R"(SELECT "json", "version" FROM "row_version" WHERE "entity" = ? AND "id" = ? ORDER BY "version")";
constexpr std::string_view select_lost =
    R"(SELECT DISTINCT v."id" FROM "row_version" v WHERE v."entity" = ? AND NOT EXISTS (SELECT 1 FROM )";

/// Lines of one kind: after that many there is no doubt left.
constexpr std::size_t max_lines = 100;

Result<AuditEvent> event_of(std::span<const Cell> cells) {
    AuditEvent out;
    out.seq = TRY(number_in(cells[0]));
    out.at.ticks = TRY(number_in(cells[1]));
    out.actor = TRY(id_in(cells[2]));
    out.via = TRY(text_in(cells[3]));
    out.address = TRY(text_in(cells[4]));
    const std::string action = TRY(text_in(cells[5]));
    const std::optional<AuditAction> known = casebook::parse_code<AuditAction>(action);
    if (!known) return fail(Error::bad_value("the audit holds an unknown action"));
    out.action = *known;
    out.object_kind = TRY(text_in(cells[6]));
    out.object = TRY(id_in(cells[7]));
    out.case_id = TRY(maybe_id_in(cells[8]));
    out.before = TRY(text_in(cells[9]));
    out.after = TRY(text_in(cells[10]));
    out.reason = TRY(text_in(cells[11]));
    out.request_id = TRY(text_in(cells[12]));
    out.previous = TRY(text_in(cells[13]));
    out.hash = TRY(text_in(cells[14]));
    return out;
}

void add_line(std::vector<std::string>& lines, std::string line) {
    if (lines.size() < max_lines) lines.push_back(std::move(line));
}

}  // namespace

Result<void> Unit::append_audit(const AuditEvent& event) {
    AuditEvent added = event;
    added.seq = head_.audit_seq + 1;
    added.previous = head_.audit_hash;
    added.hash = sha256_hex(canonical_json(added));
    const std::array<Cell, 15> bound = {cell(added.seq),
                                        cell(added.at),
                                        cell(added.actor),
                                        cell(std::string_view(added.via)),
                                        cell(std::string_view(added.address)),
                                        cell(code_of(added.action)),
                                        cell(std::string_view(added.object_kind)),
                                        cell(added.object),
                                        cell(added.case_id),
                                        cell(std::string_view(added.before)),
                                        cell(std::string_view(added.after)),
                                        cell(std::string_view(added.reason)),
                                        cell(std::string_view(added.request_id)),
                                        cell(std::string_view(added.previous)),
                                        cell(std::string_view(added.hash))};
    TRY_VOID(change(insert_event, bound));
    head_.audit_seq = added.seq;
    head_.audit_hash = std::move(added.hash);
    return {};
}

Result<std::vector<AuditEvent>> Unit::audit(const AuditQuery& query) {
    Asked asked;
    asked.add(select_events);
    asked.add(" WHERE 1 = 1");
    if (query.case_id) asked.bind(R"( AND "case_id" = ?)", cell(*query.case_id));
    if (query.object) asked.bind(R"( AND "object" = ?)", cell(*query.object));
    if (query.actor) asked.bind(R"( AND "actor" = ?)", cell(*query.actor));
    if (query.before_seq > 0) asked.bind(R"( AND "seq" < ?)", cell(query.before_seq));
    for (std::size_t i = 0; i < query.kinds.size(); ++i)
        asked.bind(i == 0 ? R"( AND "object_kind" IN (?)" : ", ?",
                   cell(std::string_view(query.kinds[i])));
    if (!query.kinds.empty()) asked.add(")");
    asked.bind(R"( ORDER BY "seq" DESC LIMIT ?)",
               static_cast<std::int64_t>(std::clamp<std::size_t>(query.limit, 1, max_page_rows)));
    const Table found = TRY(run(asked));
    std::vector<AuditEvent> out;
    for (std::size_t i = 0; i < found.rows(); ++i) out.push_back(TRY(event_of(found.row(i))));
    return out;
}

Result<void> Unit::faults_of_chain(std::vector<std::string>& lines) {
    std::int64_t last = 0;
    std::string hash;
    while (true) {
        Asked asked;
        asked.add(select_events);
        asked.bind(events_from, cell(last));
        const Table found = TRY(run(asked));
        if (found.rows() == 0) break;
        for (std::size_t i = 0; i < found.rows(); ++i) {
            const std::int64_t seq = TRY(number_in(found.row(i)[0]));
            const Result<AuditEvent> event = event_of(found.row(i));
            if (seq != last + 1)
                add_line(lines,
                         fmt::format("audit: events {} to {} are missing", last + 1, seq - 1));
            else if (!event || event->previous != hash)
                add_line(lines, fmt::format("audit: event {} does not follow the one before", seq));
            if (!event || sha256_hex(canonical_json(*event)) != event->hash)
                add_line(lines, fmt::format("audit: event {} was changed", seq));
            hash = event ? event->hash : std::string();
            last = seq;
        }
    }
    if (last != head_.audit_seq || hash != head_.audit_hash)
        add_line(lines, fmt::format("audit: ends with event {}, but {} were written", last,
                                    head_.audit_seq));
    return {};
}

Result<void> Unit::faults_of_row(Entity entity, std::string_view id, std::string_view json,
                                 std::vector<std::string>& lines) {
    const std::array<Cell, 2> of_kept = {cell(casebook::info_of(entity).name), cell(id)};
    const Table kept = TRY(run(select_kept, of_kept));
    const std::array<Cell, 2> of_told = {of_kept[1], of_kept[0]};
    const Table told = TRY(run(select_after, of_told));
    bool is_whole = kept.rows() == told.rows() && kept.rows() > 0;
    for (std::size_t i = 0; is_whole && i < kept.rows(); ++i) {
        const std::string text = TRY(text_in(kept.row(i)[0]));
        is_whole = TRY(number_in(kept.row(i)[1])) == static_cast<std::int64_t>(i) + 1 &&
                   TRY(text_in(told.row(i)[0])) == sha256_hex(text);
        if (i + 1 == kept.rows()) is_whole = is_whole && text == json;
    }
    if (!is_whole)
        add_line(lines,
                 fmt::format("{} is not what its versions and the audit say", name_of(entity, id)));
    return {};
}

Result<void> Unit::faults_of_rows(Entity entity, std::vector<std::string>& lines) {
    const EntityInfo& info = casebook::info_of(entity);
    Query query;
    query.entity = entity;
    query.limit = max_page_rows;
    for (const bool in_bin : {false, true}) {
        query.in_bin = in_bin;
        query.after.clear();
        do {
            const Page page = TRY(list(query));
            for (const casebook::Row& row : page.rows)
                TRY_VOID(faults_of_row(entity, to_text(row.header.id), canonical_json(row), lines));
            query.after = page.next;
        } while (!query.after.empty());
    }
    const std::string sql = std::string(select_lost) + sql_name(info.name) +
                            R"( t WHERE t."id" = v."id") ORDER BY v."id")";
    const std::array<Cell, 1> bound = {cell(info.name)};
    const Table lost = TRY(run(sql, bound));
    for (std::size_t i = 0; i < lost.rows(); ++i) {
        const std::string id = TRY(text_in(lost.row(i)[0]));
        add_line(lines, fmt::format("{} is lost, its versions are there", name_of(entity, id)));
    }
    return {};
}

Result<std::vector<std::string>> Unit::faults() {
    std::vector<std::string> out;
    TRY_VOID(faults_of_chain(out));
    for (std::size_t i = 0; i < casebook::entity_count; ++i)
        TRY_VOID(faults_of_rows(static_cast<Entity>(i), out));
    return out;
}

}  // namespace konseki::store
