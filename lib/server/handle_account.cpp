// Routes for logging in and one's own account.

#include "json_out.h"
#include "routes.h"

namespace konseki::server::handle {

using render::JsonWriter;

namespace {

void write_roles(JsonWriter& json, const desk::Actor& actor) {
    json.open_array("roles");
    for (const store::Grant& grant : actor.grants)
        if (!grant.case_id) json.text(code_of(grant.role));
    json.close_array();
    json.open_array("case_roles");
    for (const store::Grant& grant : actor.grants) {
        if (!grant.case_id) continue;
        json.open_object();
        json.text("case_id", to_text(*grant.case_id));
        json.text("role", code_of(grant.role));
        json.close_object();
    }
    json.close_array();
    json.open_array("acts");
    for (std::size_t i = 0; i < desk::act_codes.size(); ++i)
        if (may(actor, static_cast<desk::Act>(i), desk::Place{})) json.text(desk::act_codes[i]);
    json.close_array();
}

Response me_answer(const Call& call, const desk::Actor& actor) {
    return json_answer(200, [&](JsonWriter& json) {
        json.open_object();
        json.open_object("user");
        json.text("id", to_text(actor.user));
        json.text("login", actor.login);
        json.text("display_name", actor.display_name);
        json.text("language", actor.language);
        json.boolean("has_totp", actor.has_totp);
        json.close_object();
        write_roles(json, actor);
        json.text("session_id", to_text(actor.session));
        json.time("authenticated_at", actor.authenticated_at);
        json.open_object("desk");
        json.text("name", call.settings.desk_name);
        json.text("zone", call.settings.zone.name);
        json.text("version", call.settings.version);
        json.close_object();
        json.close_object();
    });
}

/// A new login takes the place of the one that the browser had.
Response logged_in_answer(Call& call, const desk::LoggedIn& done) {
    const std::string_view old = token_of(call.request, call.settings);
    if (!old.empty()) {
        const desk::Outcome<desk::Actor> before = call.desk.recognise(old, call.caller);
        // An end that fails leaves a login that ends by itself.
        if (before) (void)call.desk.log_out(*before).has_value();
    }
    Response response = me_answer(call, done.actor);
    response.headers.emplace_back("Set-Cookie", set_cookie(call.settings, done.token));
    return response;
}

}  // namespace

Answer log_in(Call& call) {
    Members members = TRY(call.members());
    desk::Credentials credentials;
    credentials.login = members.needed_text("login");
    credentials.password = members.needed_text("password");
    credentials.code = members.text("code");
    TRY_VOID(members.finish());
    const desk::LoggedIn done = TRY(call.desk.log_in(credentials, call.caller));
    return logged_in_answer(call, done);
}

Answer first_login(Call& call) {
    Members members = TRY(call.members());
    desk::FirstLogin request;
    request.token = members.needed_text("token");
    request.login = members.needed_text("login");
    request.display_name = members.needed_text("display_name");
    request.password = members.needed_text("password");
    TRY_VOID(members.finish());
    const desk::LoggedIn done = TRY(call.desk.first_login(request, call.caller));
    return logged_in_answer(call, done);
}

Answer log_out(Call& call) {
    Members members = TRY(call.members());
    TRY_VOID(members.finish());
    TRY_VOID(call.desk.log_out(call.actor));
    Response response = empty_answer();
    response.headers.emplace_back("Set-Cookie", set_cookie(call.settings, ""));
    return response;
}

Answer me(Call& call) { return me_answer(call, call.actor); }

Answer authenticate(Call& call) {
    Members members = TRY(call.members());
    desk::Credentials credentials;
    credentials.password = members.needed_text("password");
    credentials.code = members.text("code");
    TRY_VOID(members.finish());
    TRY_VOID(call.desk.authenticate(call.actor, credentials));
    return empty_answer();
}

Answer own_sessions(Call& call) {
    const std::vector<store::Session> sessions = TRY(call.desk.sessions(call.actor));
    return json_answer(200, [&](JsonWriter& json) {
        json.open_object();
        json.open_array("items");
        for (const store::Session& session : sessions) {
            json.open_object();
            json.text("id", to_text(session.id));
            json.time("created_at", session.created_at);
            json.time("seen_at", session.seen_at);
            json.text("address", session.address);
            json.text("agent", session.agent);
            json.boolean("is_this", session.id == call.actor.session);
            json.close_object();
        }
        json.close_array();
        json.close_object();
    });
}

Answer end_session(Call& call) {
    const Ulid session = TRY(call.id(0));
    TRY_VOID(call.desk.end_session(call.actor, session));
    return empty_answer();
}

Answer change_password(Call& call) {
    Members members = TRY(call.members());
    const std::string old_one = members.needed_text("old_password");
    const std::string new_one = members.needed_text("new_password");
    TRY_VOID(members.finish());
    TRY_VOID(call.desk.change_password(call.actor, old_one, new_one));
    return empty_answer();
}

Answer begin_totp(Call& call) {
    Members members = TRY(call.members());
    TRY_VOID(members.finish());
    const desk::TotpSetup setup = TRY(call.desk.begin_totp(call.actor));
    return json_answer(200, [&setup](JsonWriter& json) {
        json.open_object();
        json.text("secret", setup.secret);
        json.text("uri", setup.uri);
        json.close_object();
    });
}

Answer confirm_totp(Call& call) {
    Members members = TRY(call.members());
    const std::string code = members.needed_text("code");
    TRY_VOID(members.finish());
    const std::vector<std::string> codes = TRY(call.desk.confirm_totp(call.actor, code));
    return json_answer(200, [&codes](JsonWriter& json) {
        json.open_object();
        json.open_array("recovery_codes");
        for (const std::string& one : codes) json.text(one);
        json.close_array();
        json.close_object();
    });
}

}  // namespace konseki::server::handle
