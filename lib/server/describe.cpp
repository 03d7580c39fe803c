#include <array>
#include <string>

#include "json_out.h"
#include "konseki/server/api.h"
#include "routes.h"

namespace konseki::server {
namespace {

using casebook::EntityInfo;
using casebook::FieldInfo;
using render::JsonWriter;

constexpr std::array<std::string_view, 7> type_names = {"text", "boolean", "instant", "date",
                                                        "id",   "code",    "codes"};
constexpr std::array<std::string_view, 7> method_names = {"get", "head",   "post", "patch",
                                                          "put", "delete", "other"};

void write_field(JsonWriter& json, const FieldInfo& field) {
    json.open_object();
    json.text("name", field.name);
    json.text("type", type_names[static_cast<std::size_t>(field.type)]);
    json.open_array("codes");
    for (const std::string_view code : field.codes) json.text(code);
    json.close_array();
    json.boolean("is_answer", field.is_answer);
    json.boolean("required", field.mark.required);
    json.boolean("is_long", field.mark.is_long);
    json.boolean("is_contact", field.mark.is_contact);
    json.boolean("by_desk", field.mark.by_desk);
    json.boolean("is_fixed", field.mark.is_fixed);
    json.close_object();
}

void write_entity(JsonWriter& json, const EntityInfo& info) {
    json.open_object();
    json.text("name", info.name);
    json.text("plural", info.plural);
    json.open_array("fields");
    for (const FieldInfo& field : info.fields) write_field(json, field);
    json.close_array();
    json.close_object();
}

void write_rights(JsonWriter& json) {
    json.open_object("rights");
    for (std::size_t act = 0; act < desk::act_codes.size(); ++act) {
        json.any_key(desk::act_codes[act]);
        json.open_array();
        for (std::size_t role = 0; role < casebook::role_codes.size(); ++role)
            if (allows(static_cast<casebook::Role>(role), static_cast<desk::Act>(act)))
                json.text(casebook::role_codes[role]);
        json.close_array();
    }
    json.close_object();
}

}  // namespace

std::string describe() {
    render::JsonBuffer buffer;
    JsonWriter json(buffer);
    json.open_object();
    json.open_array("entities");
    for (std::size_t i = 0; i < casebook::entity_count; ++i)
        write_entity(json, casebook::info_of(static_cast<casebook::Entity>(i)));
    json.close_array();
    json.open_array("routes");
    for (const Route& route : routes()) {
        json.open_object();
        json.text("method", method_names[static_cast<std::size_t>(route.method)]);
        json.text("path", route.path);
        json.boolean("is_open", route.access == Access::open);
        json.close_object();
    }
    json.close_array();
    write_rights(json);
    json.close_object();
    return std::string(buffer.text());
}

}  // namespace konseki::server
