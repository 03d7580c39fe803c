// Routes for users, roles and the audit.

#include "json_out.h"
#include "routes.h"

namespace konseki::server::handle {

using casebook::Role;
using render::JsonWriter;

namespace {

/// What everybody sees of a colleague, and more for those who manage users.
void write_person(JsonWriter& json, const store::User& user, const std::vector<Role>& roles,
                  bool is_for_managers) {
    json.open_object();
    json.text("id", to_text(user.id));
    json.text("display_name", user.display_name);
    json.boolean("is_disabled", user.is_disabled);
    if (is_for_managers) {
        json.text("login", user.login);
        json.text("language", user.language);
        json.boolean("has_password", !user.password.empty());
        json.boolean("has_totp", !user.totp_secret.empty());
        json.open_array("roles");
        for (const Role role : roles) json.text(code_of(role));
        json.close_array();
    }
    json.close_object();
}

Response invited_answer(int status, const desk::Invited& invited, const std::vector<Role>& roles) {
    return json_answer(status, [&](JsonWriter& json) {
        json.open_object();
        json.key("user");
        write_person(json, invited.user, roles, true);
        // Told once, to be handed on by a safe way.
        json.text("first_login_token", invited.token);
        json.time("first_login_until", invited.user.first_login_until.value_or(Time{}));
        json.close_object();
    });
}

Response person_answer(const desk::Person& person) {
    return json_answer(200, [&person](JsonWriter& json) {
        write_person(json, person.user, person.roles, true);
    });
}

desk::Outcome<std::vector<Role>> roles_of(Members& members) {
    std::vector<Role> roles;
    for (const std::string& code : members.texts("roles")) {
        const std::optional<Role> role = casebook::parse_code<Role>(code);
        if (role)
            roles.push_back(*role);
        else
            members.fault("roles", "no_such_code");
    }
    TRY_VOID(members.finish());
    return roles;
}

void write_grant(JsonWriter& json, const store::Grant& grant) {
    json.open_object();
    json.text("user_id", to_text(grant.user));
    json.text("role", code_of(grant.role));
    json.text("by", to_text(grant.by));
    json.time("at", grant.at);
    json.close_object();
}

void write_event(JsonWriter& json, const store::AuditEvent& event) {
    json.open_object();
    json.number("seq", event.seq);
    json.time("at", event.at);
    json.text("actor", to_text(event.actor));
    json.text("via", event.via);
    json.text("address", event.address);
    json.text("action", code_of(event.action));
    json.text("object_kind", event.object_kind);
    json.text("object", to_text(event.object));
    json.key("case_id");
    event.case_id ? json.text(to_text(*event.case_id)) : json.null();
    json.text("before", event.before);
    json.text("after", event.after);
    json.text("reason", event.reason);
    json.text("request_id", event.request_id);
    json.text("hash", event.hash);
    json.close_object();
}

/// A parameter that is an id.
desk::Outcome<std::optional<Ulid>> id_parameter(const Call& call, std::string_view name) {
    const std::string_view text = call.parameter(name);
    if (text.empty()) return std::optional<Ulid>();
    const std::optional<Ulid> id = parse_ulid(text);
    if (!id) return desk::refuse_fields({{std::string(name), "wrong_type"}});
    return id;
}

}  // namespace

Answer users(Call& call) {
    const std::vector<desk::Person> people = TRY(call.desk.users(call.actor));
    const bool is_for_managers = may(call.actor, desk::Act::manage_users, desk::Place{});
    return json_answer(200, [&](JsonWriter& json) {
        json.open_object();
        json.open_array("items");
        for (const desk::Person& person : people)
            write_person(json, person.user, person.roles, is_for_managers);
        json.close_array();
        json.close_object();
    });
}

Answer make_user(Call& call) {
    Members members = TRY(call.members());
    desk::NewUser request;
    request.login = members.needed_text("login");
    request.display_name = members.needed_text("display_name");
    request.language = members.text("language");
    if (request.language.empty()) request.language = "ja";
    request.roles = TRY(roles_of(members));
    const desk::Invited invited = TRY(call.desk.make_user(call.actor, request));
    return invited_answer(201, invited, request.roles);
}

Answer reset_user(Call& call) {
    const Ulid id = TRY(call.id(0));
    Members members = TRY(call.members());
    TRY_VOID(members.finish());
    const desk::Invited invited = TRY(call.desk.reset_user(call.actor, id));
    return invited_answer(200, invited, {});
}

Answer disable_user(Call& call) {
    const Ulid id = TRY(call.id(0));
    Members members = TRY(call.members());
    const bool is_disabled = members.boolean("is_disabled");
    TRY_VOID(members.finish());
    const desk::Person person = TRY(call.desk.set_disabled(call.actor, id, is_disabled));
    return person_answer(person);
}

Answer set_roles(Call& call) {
    const Ulid id = TRY(call.id(0));
    Members members = TRY(call.members());
    const std::vector<Role> roles = TRY(roles_of(members));
    const desk::Person person = TRY(call.desk.set_roles(call.actor, id, roles));
    return person_answer(person);
}

Answer grants(Call& call) {
    const Ulid case_id = TRY(call.id(0));
    const std::vector<store::Grant> all = TRY(call.desk.grants(call.actor, case_id));
    return json_answer(200, [&all](JsonWriter& json) {
        json.open_object();
        json.open_array("items");
        for (const store::Grant& grant : all) write_grant(json, grant);
        json.close_array();
        json.close_object();
    });
}

Answer make_grant(Call& call) {
    const Ulid case_id = TRY(call.id(0));
    Members members = TRY(call.members());
    const std::optional<Ulid> user = members.id("user_id");
    const Role role = members.needed_code<Role>("role");
    if (!user) members.fault("user_id", "missing");
    TRY_VOID(members.finish());
    const store::Grant grant = TRY(call.desk.grant(call.actor, case_id, *user, role));
    return json_answer(201, [&grant](JsonWriter& json) { write_grant(json, grant); });
}

Answer end_grant(Call& call) {
    const Ulid case_id = TRY(call.id(0));
    const Ulid user = TRY(call.id(1));
    const std::optional<Role> role = casebook::parse_code<Role>(call.captured.at(2));
    if (!role) return desk::hide();
    TRY_VOID(call.desk.revoke(call.actor, case_id, user, *role));
    return empty_answer();
}

Answer audit(Call& call) {
    TRY_VOID(call.only_parameters({"case_id", "object", "actor", "before", "limit"}));
    store::AuditQuery query;
    query.case_id = TRY(id_parameter(call, "case_id"));
    query.object = TRY(id_parameter(call, "object"));
    query.actor = TRY(id_parameter(call, "actor"));
    const std::optional<std::int64_t> before = TRY(call.number("before"));
    const std::optional<std::int64_t> limit = TRY(call.number("limit"));
    query.before_seq = before.value_or(0);
    if (limit) query.limit = static_cast<std::size_t>(*limit);
    const std::vector<store::AuditEvent> events = TRY(call.desk.audit(call.actor, query));
    return json_answer(200, [&events](JsonWriter& json) {
        json.open_object();
        json.open_array("items");
        for (const store::AuditEvent& event : events) write_event(json, event);
        json.close_array();
        json.close_object();
    });
}

}  // namespace konseki::server::handle
