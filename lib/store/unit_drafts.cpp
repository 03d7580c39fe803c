#include <array>

#include "unit.h"

namespace konseki::store {
namespace {

constexpr std::string_view select_draft =
    R"(SELECT "key", "updated_at", "body" FROM "draft" WHERE "user_id" = ? AND "key" = ?)";
constexpr std::string_view select_drafts =
    R"(SELECT "key", "updated_at" FROM "draft" WHERE "user_id" = ? ORDER BY "updated_at" DESC, "key")";
constexpr std::string_view upsert_draft =
    R"(INSERT INTO "draft" ("user_id", "key", "body", "updated_at") VALUES (?, ?, ?, ?) ON CONFLICT ("user_id", "key") DO UPDATE SET "body" = excluded."body", "updated_at" = excluded."updated_at")";
constexpr std::string_view delete_draft =
    R"(DELETE FROM "draft" WHERE "user_id" = ? AND "key" = ?)";
constexpr std::string_view delete_old_drafts = R"(DELETE FROM "draft" WHERE "updated_at" < ?)";

Result<Draft> draft_of(Ulid user, std::span<const Cell> cells) {
    Draft out;
    out.user = user;
    out.key = TRY(text_in(cells[0]));
    out.updated_at.ticks = TRY(number_in(cells[1]));
    if (cells.size() > 2) out.body = TRY(text_in(cells[2]));
    return out;
}

}  // namespace

Result<std::optional<Draft>> Unit::draft(Ulid user, std::string_view key) {
    const std::array<Cell, 2> bound = {cell(user), cell(key)};
    const Table found = TRY(run(select_draft, bound));
    if (found.rows() == 0) return std::optional<Draft>{};
    return std::optional(TRY(draft_of(user, found.row(0))));
}

Result<std::vector<Draft>> Unit::drafts_of(Ulid user) {
    const std::array<Cell, 1> bound = {cell(user)};
    const Table found = TRY(run(select_drafts, bound));
    std::vector<Draft> out;
    for (std::size_t i = 0; i < found.rows(); ++i) out.push_back(TRY(draft_of(user, found.row(i))));
    return out;
}

Result<void> Unit::put_draft(const Draft& draft) {
    const std::array<Cell, 4> bound = {cell(draft.user), cell(std::string_view(draft.key)),
                                       cell(std::string_view(draft.body)), cell(draft.updated_at)};
    return change(upsert_draft, bound);
}

Result<void> Unit::remove_draft(Ulid user, std::string_view key) {
    const std::array<Cell, 2> bound = {cell(user), cell(key)};
    return change(delete_draft, bound);
}

Result<void> Unit::forget_drafts(Time before) {
    const std::array<Cell, 1> bound = {cell(before)};
    return change(delete_old_drafts, bound);
}

}  // namespace konseki::store
