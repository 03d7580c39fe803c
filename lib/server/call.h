#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_in.h"
#include "konseki/desk/desk.h"
#include "konseki/server/api.h"
#include "konseki/server/http.h"

namespace konseki::server {

using Answer = desk::Outcome<Response>;

/// One request on its way through a handler.
struct Call {
    desk::Desk& desk;
    const Settings& settings;
    const Request& request;
    std::string request_id;
    desk::Caller caller;
    desk::Actor actor = {};  ///< of routes that need a login
    std::vector<std::string> captured = {};  ///< what stands for the `{…}` of the route, in order
    std::vector<std::pair<std::string, std::string>> query = {};

    /// The id captured at a place; hidden where it is none.
    desk::Outcome<Ulid> id(std::size_t at) const;
    /// The entity whose plural was captured first.
    desk::Outcome<casebook::Entity> entity() const;
    /// The first captured id and the version of If-Match.
    desk::Outcome<desk::Seen> seen(std::size_t at) const;
    /// The body as an object; an empty body is an empty object.
    desk::Outcome<Members> members() const;
    /// A parameter of the query; empty where it was not given.
    std::string_view parameter(std::string_view name) const;
    /// Refused where the query has a parameter that nobody asked for.
    desk::Outcome<void> only_parameters(std::initializer_list<std::string_view> names) const;
    /// A parameter as a number; nothing where it is missing, a fault where it is none.
    desk::Outcome<std::optional<std::int64_t>> number(std::string_view name) const;
};

/// Splits a target into its path's segments and its query, both percent-decoded. Nothing where it is not well formed.
struct Target {
    std::vector<std::string> segments;
    std::vector<std::pair<std::string, std::string>> query;
};
std::optional<Target> parse_target(std::string_view target);

/// The session's cookie: its name says over what it may travel.
std::string_view cookie_name(const Settings& settings);
std::string_view token_of(const Request& request, const Settings& settings);
std::string set_cookie(const Settings& settings, std::string_view token);

}  // namespace konseki::server
