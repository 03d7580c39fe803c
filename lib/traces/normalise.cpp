#include <algorithm>

#include "forms.h"

namespace konseki::traces {
namespace {

// Input longer than this is not looked at but for command lines: no form of it could be short enough.
constexpr std::size_t max_written_bytes = 4 * max_value_bytes;

constexpr std::string_view names[trace_type_count] = {
    "domain",       "url",     "ipv4",    "ipv6",      "email",      "md5",
    "sha1",         "sha256",  "imphash", "file_name", "file_path",  "registry_key",
    "pipe",         "service", "task",    "mutex",     "user_agent", "certificate",
    "command_line", "host",    "account", "sid"};

std::optional<std::string> plain_form(TraceType type, std::string_view text) {
    switch (type) {
        case TraceType::md5:
        case TraceType::sha1:
        case TraceType::sha256:
        case TraceType::imphash: return hash_form(type, text);
        case TraceType::file_name: return file_name_form(text);
        case TraceType::file_path: return file_path_form(text);
        case TraceType::registry_key: return registry_key_form(text);
        case TraceType::pipe:
        case TraceType::service:
        case TraceType::task:
        case TraceType::mutex: return object_name_form(type, text);
        case TraceType::certificate: return certificate_form(text);
        case TraceType::command_line: return command_line_form(text);
        case TraceType::host: return host_form(text);
        case TraceType::account: return account_form(text);
        case TraceType::sid: return sid_form(text);
        case TraceType::user_agent: {
            const std::string_view agent = trim(text);
            return agent.empty() || agent == "-" ? std::nullopt : std::optional(std::string(agent));
        }
        default: return std::nullopt;
    }
}

std::optional<Trace> network_form(TraceType type, std::string_view text) {
    std::optional<Trace> trace;
    switch (type) {
        case TraceType::domain: trace = domain_form(text); break;
        case TraceType::url: trace = url_form(text); break;
        case TraceType::email: trace = email_form(text); break;
        default: trace = address_form(text);
    }
    // ::ffff:192.0.2.1 written where an IPv6 address is asked for is the IPv4 address.
    if (trace && trace->type != type &&
        !(type == TraceType::ipv6 && trace->type == TraceType::ipv4))
        return std::nullopt;
    if (trace && type == TraceType::ipv6 && !text.contains(':')) return std::nullopt;
    return trace;
}

}  // namespace

std::string_view name_of(TraceType type) { return names[static_cast<std::size_t>(type)]; }

std::optional<TraceType> parse_trace_type(std::string_view text) {
    const auto at = std::ranges::find(names, text);
    if (at == std::end(names)) return std::nullopt;
    return static_cast<TraceType>(at - std::begin(names));
}

std::optional<Trace> normalise(TraceType type, std::string_view written) {
    if (written.size() > max_written_bytes && type != TraceType::command_line) return std::nullopt;
    std::optional<Trace> trace;
    if (type <= TraceType::email) {
        trace = network_form(type, written);
    } else if (std::optional<std::string> form = plain_form(type, written)) {
        trace = Trace{.type = type,
                      .value = *std::move(form),
                      .written = {},
                      .domain = {},
                      .victim = names_victim(type)};
    }
    if (!trace || trace->value.empty() || trace->value.size() > max_value_bytes)
        return std::nullopt;
    trace->written = cut_text(trim(written), max_shown_bytes);
    return trace;
}

}  // namespace konseki::traces
