#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace konseki::server {

enum class Method : std::uint8_t { get, head, post, patch, put, delete_, other };

/// A request as the desk sees it. The Host header is never looked at.
struct Request {
    Method method = Method::get;
    std::string target;  ///< path and query as sent
    std::map<std::string, std::string> headers;  ///< names in lower case; a repeated one joined by `, `
    std::string body;
    std::string address;  ///< of the peer

    /// Empty where it was not sent.
    std::string_view header(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string type;  ///< content type; empty: there is no body
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {};
};

/// Answers a request; called from several threads at a time.
using Handler = std::function<Response(const Request&)>;

}  // namespace konseki::server
