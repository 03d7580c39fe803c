#include <algorithm>

#include "forms.h"
#include "konseki/base/idna.h"

namespace konseki::traces {
namespace {

/// A name without one dot is a machine or a word, not a domain of the DNS.
bool has_inner_dot(std::string_view name) { return name.contains('.'); }

bool is_all_digits_last_label(std::string_view name) {
    const std::string_view last = name.substr(name.rfind('.') + 1);
    return std::ranges::all_of(last, is_digit);
}

struct DefaultPort {
    std::string_view scheme, port;
};
// RFC 3986 6.2.3; ports of the IANA registry.
constexpr DefaultPort default_ports[] = {{"http", "80"},   {"https", "443"}, {"ftp", "21"},
                                         {"ws", "80"},     {"wss", "443"},   {"ldap", "389"},
                                         {"ldaps", "636"}, {"ftps", "990"}};

bool is_unreserved(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

unsigned hex_of(char c) {
    return static_cast<unsigned>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
}

/// RFC 3986 6.2.2: escapes of unreserved characters are decoded, other escapes get upper-case hex, and
/// what must be escaped (blanks, controls, bytes over 0x7f) is. A `%` that is no escape stays.
std::string percent_form(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    const auto escape = [&](unsigned char c) {
        out += '%';
        out += digits[c >> 4];
        out += digits[c & 15];
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) &&
            is_hex_digit(text[i + 2])) {
            const auto value =
                static_cast<unsigned char>(hex_of(text[i + 1]) * 16 + hex_of(text[i + 2]));
            if (is_unreserved(value))
                out += static_cast<char>(value);
            else
                escape(value);
            i += 2;
        } else if (c <= 0x20 || c >= 0x7f) {
            escape(c);
        } else {
            out += static_cast<char>(c);
        }
    }
    return out;
}

bool is_scheme(std::string_view text) {
    if (text.empty() || text.size() > 16 || !((text[0] | 0x20) >= 'a' && (text[0] | 0x20) <= 'z'))
        return false;
    return std::ranges::all_of(text, [](char c) {
        return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '+' || c == '-' ||
               c == '.';
    });
}

struct Authority {
    std::string_view user, host, port;
};

Authority split_authority(std::string_view text) {
    Authority out;
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        out.user = text.substr(0, at + 1);
        text.remove_prefix(at + 1);
    }
    const std::size_t bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    out.host = text.substr(0, colon);
    if (colon != std::string_view::npos) out.port = text.substr(colon + 1);
    return out;
}

/// Port as the URL keeps it: empty for the scheme's own. Nothing where it is no port.
std::optional<std::string> port_form(std::string_view scheme, std::string_view port) {
    while (port.size() > 1 && port.front() == '0') port.remove_prefix(1);
    if (port.size() > 5 || !std::ranges::all_of(port, is_digit)) return std::nullopt;
    if (port.empty()) return std::string();
    if (std::stoi(std::string(port)) > 65'535) return std::nullopt;
    for (const DefaultPort& entry : default_ports)
        if (entry.scheme == scheme && entry.port == port) return std::string();
    return ":" + std::string(port);
}

/// The host as a URL writes it, and what it means for the trace.
std::optional<std::string> host_in_url(std::string_view host, Trace& trace) {
    if (const std::optional<Trace> address = address_form(host)) {
        trace.victim = address->victim;
        return address->type == TraceType::ipv6 ? "[" + address->value + "]" : address->value;
    }
    std::optional<std::string> name = domain_to_ascii(host);
    if (!name || is_all_digits_last_label(*name)) return std::nullopt;
    RegisteredDomain registered = registered_domain(*name);
    trace.victim = !registered.listed;
    trace.domain = registered.listed ? std::move(registered.text) : std::string();
    return name;
}

}  // namespace

std::optional<Trace> domain_form(std::string_view text) {
    text = unquote(text);
    std::optional<std::string> name = domain_to_ascii(text);
    if (!name || !has_inner_dot(*name) || is_all_digits_last_label(*name)) return std::nullopt;
    RegisteredDomain registered = registered_domain(*name);
    return Trace{.type = TraceType::domain,
                 .value = *std::move(name),
                 .written = {},
                 .domain = registered.listed ? std::move(registered.text) : std::string(),
                 .victim = !registered.listed};
}

std::optional<Trace> email_form(std::string_view text) {
    text = unquote(text);
    if (text.size() > 2 && text.front() == '<' && text.back() == '>')
        text = text.substr(1, text.size() - 2);
    if (starts_with_nocase(text, "mailto:")) text.remove_prefix(7);
    const std::size_t at = text.rfind('@');
    // RFC 5321 4.5.3.1.1: the local part has at most 64 octets.
    if (at == std::string_view::npos || at == 0 || at > 64) return std::nullopt;
    const std::string_view local = text.substr(0, at);
    for (const char c : local)
        if (static_cast<unsigned char>(c) <= 0x20 || c == '@' || c == '\\' || c == '"' || c == '<')
            return std::nullopt;
    std::optional<Trace> domain = domain_form(text.substr(at + 1));
    if (!domain) return std::nullopt;
    return Trace{.type = TraceType::email,
                 .value = ascii_lower(local) + "@" + domain->value,
                 .written = {},
                 .domain = std::move(domain->domain),
                 .victim = domain->victim};
}

std::optional<Trace> url_form(std::string_view text) {
    text = unquote(text);
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) return std::nullopt;
    const std::string scheme = ascii_lower(text.substr(0, colon));
    std::string_view rest = text.substr(colon + 3);
    rest = rest.substr(0, rest.find('#'));
    const std::size_t end = std::min(rest.find_first_of("/?\\"), rest.size());
    const Authority authority = split_authority(rest.substr(0, end));
    const std::optional<std::string> port = port_form(scheme, authority.port);
    Trace trace{.type = TraceType::url, .value = {}, .written = {}, .domain = {}, .victim = false};
    const std::optional<std::string> host = host_in_url(authority.host, trace);
    if (!port || !host) return std::nullopt;
    trace.value = scheme + "://" + percent_form(authority.user) + *host + *port;
    const std::string_view path = rest.substr(end);
    if (!path.starts_with('/')) trace.value += '/';  // RFC 3986 6.2.3: an empty path is `/`
    trace.value += percent_form(path.starts_with('\\') ? path.substr(1) : path);
    if (trace.value.size() > max_value_bytes) return std::nullopt;
    return trace;
}

std::optional<Trace> url_host(std::string_view normal_url) {
    std::string_view rest = normal_url.substr(normal_url.find("://") + 3);
    rest = rest.substr(0, rest.find_first_of("/?"));
    const std::string_view host = split_authority(rest).host;
    if (std::optional<Trace> address = address_form(host)) {
        address->written = address->value;
        return address;
    }
    std::optional<Trace> domain = domain_form(host);
    if (domain) domain->written = domain->value;
    return domain;
}

}  // namespace konseki::traces
