// Routes for things of every kind.

#include <algorithm>

#include "json_out.h"
#include "routes.h"

namespace konseki::server::handle {

using casebook::Entity;
using casebook::Row;
using render::JsonWriter;

namespace {

desk::ListRequest list_request(const Call& call, Entity entity) {
    desk::ListRequest request;
    request.entity = entity;
    for (const auto& [name, value] : call.query) {
        if (name == "order")
            request.order = value;
        else if (name == "after")
            request.after = value;
        else if (name == "bin")
            request.in_bin = value == "true";
        else if (name != "limit")
            request.filters.emplace_back(name, value);
    }
    return request;
}

/// The second captured segment with its entity.
struct Which {
    Entity entity;
    Ulid id;
};
desk::Outcome<Which> which(const Call& call) {
    const Entity entity = TRY(call.entity());
    const Ulid id = TRY(call.id(1));
    return Which{entity, id};
}

}  // namespace

Answer list(Call& call) {
    const Entity entity = TRY(call.entity());
    desk::ListRequest request = list_request(call, entity);
    const std::optional<std::int64_t> limit = TRY(call.number("limit"));
    if (limit) request.limit = static_cast<std::size_t>(*limit);
    const store::Page page = TRY(call.desk.list(call.actor, request));
    return json_answer(200, [&page](JsonWriter& json) {
        json.open_object();
        json.key("items");
        write_rows(json, page.rows);
        json.key("next");
        page.next.empty() ? json.null() : json.text(page.next);
        json.close_object();
    });
}

Answer create(Call& call) {
    const Entity entity = TRY(call.entity());
    Members members = TRY(call.members());
    const desk::Edits edits = members.edits(entity);
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.create(call.actor, entity, edits));
    return row_answer(201, row);
}

Answer create_visit(Call& call) {
    Members members = TRY(call.members());
    std::optional<Json::Object> with_rescue = members.object("with_rescue");
    const desk::Edits visit = members.edits(Entity::visit);
    desk::Edits rescue;
    if (with_rescue)
        rescue = members.fields_of(Entity::rescue, *std::move(with_rescue), "with_rescue.");
    TRY_VOID(members.finish());
    const Row row =
        rescue.empty() ? TRY(call.desk.create(call.actor, Entity::visit, visit))
                       : TRY(call.desk.create_visit_with_rescue(call.actor, visit, rescue));
    return row_answer(201, row);
}

Answer get(Call& call) {
    const Which one = TRY(which(call));
    TRY_VOID(call.only_parameters({}));
    const Row row = TRY(call.desk.get(call.actor, one.entity, one.id));
    return row_answer(200, row);
}

Answer patch(Call& call) {
    const Entity entity = TRY(call.entity());
    const desk::Seen seen = TRY(call.seen(1));
    Members members = TRY(call.members());
    const desk::Edits edits = members.edits(entity);
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.patch(call.actor, entity, seen, edits));
    return row_answer(200, row);
}

Answer bin(Call& call) {
    const Entity entity = TRY(call.entity());
    const desk::Seen seen = TRY(call.seen(1));
    const Row row = TRY(call.desk.bin(call.actor, entity, seen));
    return row_answer(200, row);
}

Answer restore(Call& call) {
    const Entity entity = TRY(call.entity());
    const desk::Seen seen = TRY(call.seen(1));
    Members members = TRY(call.members());
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.restore(call.actor, entity, seen));
    return row_answer(200, row);
}

Answer versions(Call& call) {
    const Which one = TRY(which(call));
    TRY_VOID(call.only_parameters({}));
    const std::vector<store::Version> all =
        TRY(call.desk.versions(call.actor, one.entity, one.id));
    return json_answer(200, [&all](JsonWriter& json) {
        json.open_object();
        json.open_array("items");
        for (const store::Version& version : all) {
            json.open_object();
            json.time("at", version.at);
            json.text("by", to_text(version.by));
            json.key("row");
            write_row(json, version.row);
            json.close_object();
        }
        json.close_array();
        json.close_object();
    });
}

Answer reveal(Call& call) {
    const Which one = TRY(which(call));
    Members members = TRY(call.members());
    TRY_VOID(members.finish());
    const Row row = TRY(call.desk.reveal(call.actor, one.entity, one.id));
    return json_answer(200, [&row](JsonWriter& json) { write_contact_data(json, row); });
}

}  // namespace konseki::server::handle
