// What is the same for plain and TLS: between Beast's messages and ours.

#include "connection.h"

#include <algorithm>

#include "pages.h"
#include "problem.h"

namespace konseki::server {
namespace {

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get: return Method::get;
        case http::verb::head: return Method::head;
        case http::verb::post: return Method::post;
        case http::verb::patch: return Method::patch;
        case http::verb::put: return Method::put;
        case http::verb::delete_: return Method::delete_;
        default: return Method::other;
    }
}

std::string lower(std::string_view name) {
    std::string out(name);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

}  // namespace

bool has_odd_coding(const BeastRequest& request) {
    const auto coding = request.find(http::field::transfer_encoding);
    return coding != request.end() && !beast::iequals(coding->value(), "chunked");
}

Request from_beast(BeastRequest&& from, const std::string& address) {
    Request out;
    out.method = method_of(from.method());
    out.target = from.target();
    out.address = address;
    for (const auto& field : from) {
        std::string& value = out.headers[lower(field.name_string())];
        if (!value.empty()) value += ", ";
        value += field.value();
    }
    out.body = std::move(from.body());
    return out;
}

BeastResponse to_beast(Response&& from, bool is_head, bool keep_alive) {
    BeastResponse out{static_cast<http::status>(from.status), 11};
    for (const auto& [name, value] : from.headers) out.insert(name, value);
    if (!from.type.empty()) out.set(http::field::content_type, from.type);
    const std::size_t size = from.body.size();
    if (!is_head) out.body() = std::move(from.body);
    // No body and no length with 204 and 304 (RFC 9110 section 8.6).
    if (from.status != 204 && from.status != 304) out.content_length(size);
    out.keep_alive(keep_alive);
    return out;
}

namespace {

Response secured(int status, std::string_view code) {
    Response response = problem(status, code, "");
    secure(response, true, false);
    return response;
}

}  // namespace

std::optional<Response> answer_to(const beast::error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return secured(431, "header_too_large");
    if (error == http::error::body_limit) return secured(413, "body_too_large");
    if (error == beast::error::timeout || error == http::error::end_of_stream ||
        error == http::error::partial_message)
        return std::nullopt;
    const bool is_http =
        error.category() == http::make_error_code(http::error::bad_value).category();
    if (!is_http) return std::nullopt;
    return secured(400, "bad_request");
}

Response answered(const Shared& shared, const Request& request) {
    try {
        return shared.handler(request);
    } catch (const std::exception&) {
        return secured(500, "failed");
    }
}

}  // namespace konseki::server
