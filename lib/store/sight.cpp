#include "sight.h"

namespace konseki::store {
namespace {

using casebook::Entity;

// Roles for which a case is there at all. An administrator knows nothing of cases; organisation and partner are shown
// what was released to them, by functions of its own.
constexpr std::string_view own_role =
    R"(EXISTS (SELECT 1 FROM "role_grant" g WHERE g."user_id" = ? AND g."case_id" = )";
constexpr std::string_view roles_that_see =
    R"( AND g."role" IN ('viewer', 'contributor', 'lead', 'approver', 'custodian')))";
// A custodian holds the evidence and reads no notes because of it.
constexpr std::string_view roles_that_read =
    R"( AND g."role" IN ('viewer', 'contributor', 'lead', 'approver')))";

/// `id` is an SQL expression; a case of that id exists.
void add_case(Asked& asked, std::string_view id, const Sight& sight, std::string_view roles) {
    asked.add("(");
    if (sight.sees_desk) {
        asked.add(
            R"(NOT EXISTS (SELECT 1 FROM "case" k WHERE k."is_closed_off" = 1 AND k."id" = )");
        asked.add(id);
        asked.add(") OR ");
    }
    asked.bind(own_role, cell(sight.user));
    asked.add(id);
    asked.add(roles);
    asked.add(")");
}

/// What belongs to a case in the bin lies there with it, but for consultations: they were asked all the same.
void add_not_in_bin(Asked& asked, std::string_view id) {
    asked.add(
        R"( AND NOT EXISTS (SELECT 1 FROM "case" b WHERE b."deleted_at" IS NOT NULL AND b."id" = )");
    asked.add(id);
    asked.add(")");
}

/// What may belong to no case: then it is the whole desk's.
void add_maybe_case(Asked& asked, const Sight& sight) {
    asked.add(sight.sees_desk ? R"((t."case_id" IS NULL OR )" : R"((t."case_id" IS NOT NULL AND )");
    add_case(asked, R"(t."case_id")", sight, roles_that_see);
    asked.add(")");
}

}  // namespace

void add_sight(Asked& asked, Entity entity, const Sight& sight) {
    switch (entity) {
        case Entity::organisation:
        case Entity::contact:
        case Entity::channel: asked.add(sight.sees_desk ? "1 = 1" : "1 = 0"); return;
        case Entity::case_: add_case(asked, R"(t."id")", sight, roles_that_see); return;
        case Entity::consultation: add_maybe_case(asked, sight); return;
        case Entity::task:
            asked.add("(");
            add_maybe_case(asked, sight);
            asked.bind(R"( OR (t."case_id" IS NULL AND t."owner_id" = ?)))", cell(sight.user));
            add_not_in_bin(asked, R"(t."case_id")");
            return;
        case Entity::case_link:
            add_case(asked, R"(t."case_id")", sight, roles_that_see);
            asked.add(" AND ");
            add_case(asked, R"(t."other_case_id")", sight, roles_that_see);
            add_not_in_bin(asked, R"(t."case_id")");
            add_not_in_bin(asked, R"(t."other_case_id")");
            return;
        case Entity::note:
            add_case(asked, R"(t."case_id")", sight, roles_that_read);
            add_not_in_bin(asked, R"(t."case_id")");
            return;
        case Entity::rescue:
        case Entity::visit:
            add_case(asked, R"(t."case_id")", sight, roles_that_see);
            add_not_in_bin(asked, R"(t."case_id")");
            return;
    }
    broken_invariant("an entity is one of those named");
}

}  // namespace konseki::store
