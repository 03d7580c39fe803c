#include "problem.h"

#include "json_out.h"

namespace konseki::server {
namespace {

std::string_view title_of(int status) {
    switch (status) {
        case 400: return "Bad request";
        case 401: return "Not logged in";
        case 403: return "Not allowed";
        case 404: return "Not found";
        case 405: return "Method not allowed";
        case 409: return "The state does not allow it";
        case 412: return "Changed by somebody else";
        case 413: return "Body too large";
        case 415: return "Only application/json";
        case 422: return "The key was used for another request";
        case 428: return "If-Match is missing";
        case 429: return "Too many tries";
        case 431: return "Header too large";
        case 503: return "Not ready";
        default: return "Failed";
    }
}

int status_of(desk::Refusal refusal) {
    switch (refusal) {
        case desk::Refusal::hidden: return 404;
        case desk::Refusal::forbidden: return 403;
        case desk::Refusal::invalid: return 400;
        case desk::Refusal::stale: return 412;
        case desk::Refusal::conflict: return 409;
        case desk::Refusal::unauthenticated: return 401;
        case desk::Refusal::login_again: return 403;
        case desk::Refusal::locked: return 429;
        case desk::Refusal::failed: return 500;
    }
    return 500;
}

Response problem_of(int status, const desk::Refused& refused, std::string_view request_id) {
    render::JsonBuffer buffer;
    render::JsonWriter json(buffer);
    json.open_object();
    json.text("type", "about:blank");
    json.text("title", title_of(status));
    json.number("status", std::int64_t{status});
    json.text("code", refused.code);
    json.open_array("fields");
    for (const desk::Fault& fault : refused.fields) {
        json.open_object();
        json.text("field", fault.field);
        json.text("code", fault.code);
        json.close_object();
    }
    json.close_array();
    if (refused.current) {
        json.key("current");
        write_row(json, *refused.current);
    }
    // R4: what the client may do instead.
    if (refused.code == "no_active_rescue") json.text("offer", "with_rescue");
    json.text("request_id", request_id);
    json.close_object();
    Response response;
    response.status = status;
    response.type = "application/problem+json";
    response.body = buffer.text();
    if (refused.retry_after_seconds > 0)
        response.headers.emplace_back("Retry-After", std::to_string(refused.retry_after_seconds));
    return response;
}

}  // namespace

Response problem(int status, std::string_view code, std::string_view request_id) {
    const desk::Refused refused(desk::Refusal::failed, std::string(code));
    return problem_of(status, refused, request_id);
}

Response problem(const desk::Refused& refused, std::string_view request_id) {
    const bool lacks_version = refused.code == "if_match_missing";
    return problem_of(lacks_version ? 428 : status_of(refused.kind), refused, request_id);
}

}  // namespace konseki::server
