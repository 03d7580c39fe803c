#pragma once

#include <string>
#include <string_view>

#include "konseki/desk/outcome.h"
#include "konseki/server/http.h"

namespace konseki::server {

/// An answer that something went wrong (RFC 9457): status, a code for programs, the id under which the log has it.
/// Sentences for people are the client's, in its language; `title` is plain English for those who read it raw.
Response problem(int status, std::string_view code, std::string_view request_id);
/// The answer for what the desk refused.
Response problem(const desk::Refused& refused, std::string_view request_id);

}  // namespace konseki::server
