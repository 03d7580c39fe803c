#include "konseki/server/api.h"

#include <algorithm>
#include <array>
#include <exception>

#include "idempotency.h"
#include "json_out.h"
#include "konseki/base/hash.h"
#include "konseki/base/text.h"
#include "pages.h"
#include "problem.h"
#include "routes.h"

namespace konseki::server {
namespace {

constexpr std::size_t longest_key = 128;

bool is_write(Method method) { return method != Method::get && method != Method::head; }

std::string_view name_of(Method method) {
    constexpr std::array<std::string_view, 7> names = {"GET", "HEAD",   "POST", "PATCH",
                                                       "PUT", "DELETE", "OTHER"};
    return names[static_cast<std::size_t>(method)];
}

/// Fills `captured` where the segments fit the path of a route.
bool fits(std::string_view path, const std::vector<std::string>& segments,
          std::vector<std::string>& captured) {
    captured.clear();
    std::size_t at = 2;  // after api/v1
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (at == segments.size()) return false;
        if (part.starts_with('{'))
            captured.push_back(segments[at]);
        else if (part != segments[at])
            return false;
        ++at;
    }
    return at == segments.size();
}

/// The first route that fits; else none, and the methods that its path is there for.
const Route* find_route(Method method, const std::vector<std::string>& segments,
                        std::vector<std::string>& captured, std::string& allowed) {
    if (method == Method::head) method = Method::get;
    for (const Route& route : routes()) {
        if (!fits(route.path, segments, captured)) continue;
        if (route.method == method) return &route;
        if (!allowed.empty()) allowed += ", ";
        allowed += name_of(route.method);
    }
    return nullptr;
}

/// What browsers tell of where a write comes from. Without a word of a browser it is a program, which no other page
/// can use.
bool is_from_elsewhere(const Request& request, const Settings& settings) {
    const std::string_view site = request.header("sec-fetch-site");
    if (!site.empty()) return site != "same-origin" && site != "none";
    const std::string_view origin = request.header("origin");
    return !origin.empty() && std::ranges::find(settings.origins, origin) == settings.origins.end();
}

/// Answers with secrets in them (codes, links, contact data) are not kept for a second time.
bool can_be_kept(const Route& route) {
    return route.method == Method::post && route.access == Access::logged_in &&
           !route.path.starts_with("me/") && !route.path.starts_with("users") &&
           !route.path.ends_with("/reveal") && route.path != "logout";
}

/// `application/json`, perhaps with its charset; nothing where there is no body.
bool is_json_or_nothing(const Request& request) {
    std::string_view type = request.header("content-type");
    if (type.empty()) return request.body.empty();
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return fold(type) == "application/json";
}

}  // namespace

struct Api::Inside {
    desk::Desk& desk;
    Settings settings;
    Idempotency idempotency = {};

    std::string new_request_id() const {
        std::array<std::uint8_t, 10> random = {};
        settings.around.random(std::as_writable_bytes(std::span(random)));
        return to_text(make_ulid(settings.around.now(), random));
    }
    std::optional<Response> admit(Call& call, const Route& route);
    Response dispatch(Call& call, const std::vector<std::string>& segments, std::string& route);
    Response run(Call& call, const Route& route);
    Response once(Call& call, const Route& route);
    void note_refused(const Call& call, const Route& route);
    Response health(const std::string& which);
    void log(const Call& call, std::string_view route, const Response& response,
             std::string_view detail) const;
};

Response Api::Inside::health(const std::string& which) {
    const bool is_ready = which == "healthz" || desk.try_store().has_value();
    if (!is_ready) return problem(503, "not_ready", "");
    Response response;
    response.type = "text/plain";
    response.body = "ok\n";
    return response;
}

void Api::Inside::log(const Call& call, std::string_view route, const Response& response,
                      std::string_view detail) const {
    render::JsonBuffer buffer;
    render::JsonWriter json(buffer);
    json.open_object();
    json.time("time", settings.around.now());
    json.text("request_id", call.request_id);
    json.text("method", name_of(call.request.method));
    json.text("route", route);
    json.number("status", std::int64_t{response.status});
    if (!detail.empty()) json.text("detail", detail);
    json.close_object();
    settings.log(buffer.text());
}

/// Method and route with the kind of thing, without ids: who reads the audit of users may know of no case. What was asked
/// to be read is left out: pages ask for lists to learn whether they may.
void Api::Inside::note_refused(const Call& call, const Route& route) {
    if (!is_write(route.method)) return;
    constexpr std::string_view things = "{things}";
    std::string what = std::string(name_of(route.method)) + ' ';
    if (route.path.starts_with(things))
        (what += call.captured.at(0)) += route.path.substr(things.size());
    else
        what += route.path;
    const desk::Outcome<void> noted = desk.note_refused(call.actor, what);
    if (!noted)
        log(call, route.path, problem(500, "failed", call.request_id), noted.error().detail);
}

Response Api::Inside::run(Call& call, const Route& route) {
    std::string detail;
    try {
        const Answer answer = route.handle(call);
        if (answer) return *answer;
        if (answer.error().kind == desk::Refusal::forbidden) note_refused(call, route);
        if (answer.error().kind != desk::Refusal::failed)
            return problem(answer.error(), call.request_id);
        detail = answer.error().detail;
    } catch (const std::exception& error) {
        detail = error.what();
    }
    Response failed = problem(500, "failed", call.request_id);
    log(call, route.path, failed, detail);
    return failed;
}

/// The same request with the same key is done once.
Response Api::Inside::once(Call& call, const Route& route) {
    const std::string_view given = call.request.header("idempotency-key");
    if (given.empty() || !can_be_kept(route)) return run(call, route);
    if (given.size() > longest_key || !is_valid_utf8(given))
        return problem(400, "bad_idempotency_key", call.request_id);
    const std::string key = to_text(call.actor.user) + ' ' + std::string(given);
    const std::string what = call.request.target + '\n' +
                             std::string(call.request.header("if-match")) + '\n' +
                             call.request.body;
    const Idempotency::Begun begun =
        idempotency.begin(key, sha256(as_bytes(what)), settings.around.now());
    if (begun.found == Idempotency::Found::answer) return begun.answer;
    if (begun.found == Idempotency::Found::running) return problem(409, "running", call.request_id);
    if (begun.found == Idempotency::Found::other_request)
        return problem(422, "other_request", call.request_id);
    Response response = run(call, route);
    // What failed or was refused for who asked may be tried again.
    if (response.status < 400)
        idempotency.end(key, response);
    else
        idempotency.forget(key);
    return response;
}

/// Who is logged in becomes the call's actor; an answer where that is nobody.
std::optional<Response> Api::Inside::admit(Call& call, const Route& route) {
    if (route.access == Access::open) return std::nullopt;
    desk::Outcome<desk::Actor> actor =
        desk.recognise(token_of(call.request, settings), call.caller);
    if (actor) {
        call.actor = *std::move(actor);
        return std::nullopt;
    }
    Response refused = problem(actor.error(), call.request_id);
    if (actor.error().kind == desk::Refusal::failed)
        log(call, route.path, refused, actor.error().detail);
    return refused;
}

Response Api::Inside::dispatch(Call& call, const std::vector<std::string>& segments,
                               std::string& route_path) {
    std::string allowed;
    const Route* const route = find_route(call.request.method, segments, call.captured, allowed);
    if (route == nullptr && allowed.empty()) return problem(404, "not_found", call.request_id);
    if (route == nullptr) {
        Response refused = problem(405, "method_not_allowed", call.request_id);
        refused.headers.emplace_back("Allow", allowed);
        return refused;
    }
    route_path = route->path;
    if (route->path.starts_with("{things}") && !call.entity())
        return problem(404, "not_found", call.request_id);
    const bool writes = is_write(call.request.method);
    if (writes && is_from_elsewhere(call.request, settings))
        return problem(403, "other_origin", call.request_id);
    if (writes && !is_json_or_nothing(call.request))
        return problem(415, "not_json", call.request_id);
    if (std::optional<Response> refused = admit(call, *route)) return *std::move(refused);
    return once(call, *route);
}

Api::Api(desk::Desk& desk, Settings settings)
    : inside_(std::make_unique<Inside>(desk, std::move(settings))) {}

Api::~Api() = default;

Response Api::handle(const Request& request) {
    Call call{inside_->desk, inside_->settings, request, inside_->new_request_id(), {}};
    call.caller.via = request.header("sec-fetch-site").empty() ? "api" : "ui";
    call.caller.address = request.address;
    call.caller.agent = request.header("user-agent");
    call.caller.request_id = call.request_id;
    std::optional<Target> target = parse_target(request.target);
    std::string route;
    Response response;
    bool is_api = true;
    if (!target) {
        response = problem(400, "bad_request", call.request_id);
    } else {
        const std::vector<std::string>& segments = target->segments;
        call.query = std::move(target->query);
        const bool is_health =
            segments.size() == 1 && (segments[0] == "healthz" || segments[0] == "readyz");
        is_api = is_health || (!segments.empty() && segments[0] == "api");
        if (is_health)
            response = inside_->health(segments[0]);
        else if (!is_api)
            response = page(request, segments);
        else if (segments.size() > 2 && segments[1] == "v1")
            response = inside_->dispatch(call, segments, route);
        else
            response = problem(404, "not_found", call.request_id);
    }
    secure(response, is_api, inside_->settings.is_secure);
    if (!route.empty()) inside_->log(call, route, response, "");
    return response;
}

}  // namespace konseki::server
