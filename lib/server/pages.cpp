#include "pages.h"

#include <algorithm>

#include "assets.h"
#include "konseki/render/catalogue.h"
#include "problem.h"

namespace konseki::server {
namespace {

/// `default-src 'none'`, and then what the user interface needs: own files, no inline script or style, no HTML made
/// from text (Trusted Types without a policy).
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";

/// Says in both languages that the user interface is missing.
Response without_interface() {
    Response response;
    response.type = "text/html; charset=utf-8";
    response.body = "<!doctype html><html lang=\"ja\"><meta charset=\"utf-8\"><title>konseki</title><p>";
    response.body += render::say(render::Language::ja, "desk.no_interface");
    response.body += "</p><p lang=\"en\">";
    response.body += render::say(render::Language::en, "desk.no_interface");
    response.body += "</p></html>\n";
    return response;
}

const Asset* find(std::string_view path) {
    const std::span<const Asset> all = assets();
    const auto found = std::ranges::find(all, path, &Asset::path);
    return found == all.end() ? nullptr : &*found;
}

bool takes_brotli(const Request& request) {
    std::string_view accepted = request.header("accept-encoding");
    while (!accepted.empty()) {
        const std::size_t end = std::min(accepted.find(','), accepted.size());
        std::string_view one = accepted.substr(0, end);
        accepted.remove_prefix(std::min(end + 1, accepted.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        if (one == "br") return true;
    }
    return false;
}

Response answer_with(const Asset& asset, const Request& request) {
    Response response;
    response.type = asset.type;
    const bool is_small = !asset.brotli.empty() && takes_brotli(request);
    response.body = as_text(is_small ? asset.brotli : asset.bytes);
    if (is_small) response.headers.emplace_back("Content-Encoding", "br");
    response.headers.emplace_back("Vary", "Accept-Encoding");
    const bool is_named_by_content = asset.path.starts_with("/assets/");
    response.headers.emplace_back("Cache-Control", is_named_by_content
                                                       ? "public, max-age=31536000, immutable"
                                                       : "no-cache");
    return response;
}

}  // namespace

Response page(const Request& request, const std::vector<std::string>& segments) {
    if (request.method != Method::get && request.method != Method::head) {
        Response refused = problem(405, "method_not_allowed", "");
        refused.headers.emplace_back("Allow", "GET, HEAD");
        return refused;
    }
    std::string path;
    for (const std::string& segment : segments) path += '/' + segment;
    if (const Asset* const asset = find(path)) return answer_with(*asset, request);
    if (!segments.empty() && segments.front() == "assets") return problem(404, "not_found", "");
    if (const Asset* const index = find("/index.html")) return answer_with(*index, request);
    return segments.empty() ? without_interface() : problem(404, "not_found", "");
}

void secure(Response& response, bool is_api, bool is_tls) {
    auto& headers = response.headers;
    headers.emplace_back("Content-Security-Policy", content_policy);
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back("X-Frame-Options", "DENY");
    headers.emplace_back("Referrer-Policy", "no-referrer");
    headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    if (is_api) headers.emplace_back("Cache-Control", "no-store");
    if (is_tls) headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace konseki::server
