#pragma once

#include <string>
#include <vector>

#include "konseki/server/http.h"

namespace konseki::server {

/// What is not the interface: the user interface and its files. Every path that is none of a file is a page of the
/// user interface, which finds out by itself which one.
Response page(const Request& request, const std::vector<std::string>& segments);

/// Adds what every answer carries: nothing runs, loads or frames that is not ours, nothing of the interface is kept.
void secure(Response& response, bool is_api, bool is_tls);

}  // namespace konseki::server
