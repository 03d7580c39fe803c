#include <algorithm>

#include "forms.h"
#include "konseki/base/text.h"

namespace konseki::traces {
namespace {

// Shorter numbers are part of a name (`svc32`, `W32Time`); process ids and random numbers are longer.
constexpr std::size_t min_pattern_digits = 4;

constexpr std::string_view guid_shape = "00000000-0000-0000-0000-000000000000";

bool is_guid(std::string_view text) {
    if (text.size() < guid_shape.size()) return false;
    for (std::size_t i = 0; i < guid_shape.size(); ++i)
        if (guid_shape[i] == '-' ? text[i] != '-' : !is_hex_digit(text[i])) return false;
    return true;
}

/// GUIDs to `{guid}`; numbers of a process, session or run to `{n}`.
std::string to_pattern(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size();) {
        const bool brace = name[i] == '{';
        if (is_guid(name.substr(i + (brace ? 1 : 0)))) {
            i += guid_shape.size() + (brace ? 1 : 0);
            if (brace && i < name.size() && name[i] == '}') ++i;
            out += "{guid}";
            continue;
        }
        std::size_t digits = 0;
        while (i + digits < name.size() && is_digit(name[i + digits])) ++digits;
        const bool inside_word = i > 0 && is_hex_digit(name[i - 1]) && !is_digit(name[i - 1]);
        if (digits >= min_pattern_digits && !inside_word) {
            out += "{n}";
            i += digits;
        } else {
            out += name.substr(i, std::max<std::size_t>(digits, 1));
            i += std::max<std::size_t>(digits, 1);
        }
    }
    return out;
}

std::string_view without_prefix(TraceType type, std::string_view name) {
    constexpr std::string_view pipe_prefixes[] = {"\\\\.\\pipe\\", "\\device\\namedpipe\\",
                                                  "\\pipe\\", "\\"};
    constexpr std::string_view mutex_prefixes[] = {"\\basenamedobjects\\", "global\\", "local\\"};
    if (type == TraceType::pipe)
        for (const std::string_view prefix : pipe_prefixes)
            if (starts_with_nocase(name, prefix)) return name.substr(prefix.size());
    if (type == TraceType::mutex) {
        // `\Sessions\1\BaseNamedObjects\X`: the session is the run's, not the tool's.
        if (starts_with_nocase(name, "\\sessions\\"))
            if (const std::size_t at = name.find('\\', 10); at != std::string_view::npos)
                name = name.substr(at);
        for (const std::string_view prefix : mutex_prefixes)
            if (starts_with_nocase(name, prefix)) name.remove_prefix(prefix.size());
    }
    return name;
}

/// Accounts of Windows itself, in the languages whose logs are seen most. They are on every machine.
constexpr std::string_view system_accounts[] = {"system",
                                                "local system",
                                                "localsystem",
                                                "local service",
                                                "localservice",
                                                "network service",
                                                "networkservice",
                                                "anonymous logon",
                                                "iusr",
                                                "trustedinstaller",
                                                "everyone",
                                                "none",
                                                "n/a",
                                                "null"};
constexpr std::string_view system_domains[] = {
    "nt authority",      "nt service",
    "nt-autorit\u00e4t", "autorite nt",
    "window manager",    "font driver host",
    "iis apppool",       "nt virtual machine",
    "builtin",           "application package authority"};

bool is_system_account(std::string_view domain, std::string_view name) {
    if (std::ranges::find(system_domains, domain) != std::end(system_domains)) return true;
    if (std::ranges::find(system_accounts, name) != std::end(system_accounts)) return true;
    // Window manager and font driver, one a session.
    return (name.starts_with("dwm-") || name.starts_with("umfd-")) && is_digit(name.back());
}

}  // namespace

std::optional<std::string> object_name_form(TraceType type, std::string_view text) {
    const std::string_view name = without_prefix(type, unquote(text));
    if (name.empty() || name == "-" || name == "<Anonymous Pipe>") return std::nullopt;
    // Names of services and tasks are compared without case by Windows; pipes and mutexes keep it.
    if (type == TraceType::service) return to_pattern(fold(name));
    if (type == TraceType::task) {
        const std::string path =
            name.front() == '\\' ? std::string(name) : "\\" + std::string(name);
        return path.size() == 1 ? std::nullopt : std::optional(to_pattern(fold(path)));
    }
    return to_pattern(name);
}

std::optional<std::string> host_form(std::string_view text) {
    text = unquote(text);
    while (text.starts_with('\\')) text.remove_prefix(1);
    if (text.empty() || text == "-" || text.size() > 253 || equals_nocase(text, "localhost") ||
        equals_nocase(text, "local"))
        return std::nullopt;
    if (text.find_first_of("\\/:*?\"<>| ,") != std::string_view::npos || address_form(text))
        return std::nullopt;
    std::string name = fold(text);
    if (name.ends_with('.')) name.pop_back();
    return name;
}

std::optional<std::string> account_form(std::string_view text) {
    text = unquote(text);
    std::string name = fold(text);
    std::string domain;
    if (const std::size_t slash = name.find('\\'); slash != std::string::npos) {
        domain = name.substr(0, slash);
        name.erase(0, slash + 1);
    }
    if (const std::size_t at = name.rfind('@'); at != std::string::npos && at > 0) {
        domain = name.substr(at + 1);  // a principal name says the domain itself
        name.resize(at);
    }
    if (domain == "." || domain == "-") domain.clear();
    if (name.empty() || name == "-" || name.ends_with('$') || name.contains('\\') ||
        name.size() > 256)
        return std::nullopt;
    if (is_system_account(domain, name)) return std::nullopt;
    return domain.empty() ? name : domain + "\\" + name;
}

std::optional<std::string> sid_form(std::string_view text) {
    std::string sid = unquote(text).starts_with('%') ? std::string() : fold(unquote(text));
    for (char& c : sid)
        if (c == 's') c = 'S';
    // Only SIDs of a domain, a machine (21) or Entra ID (S-1-12-1) name anybody; the rest is on every
    // machine ([MS-DTYP] 2.4.2.4).
    if (!sid.starts_with("S-1-5-21-") && !sid.starts_with("S-1-12-1-")) return std::nullopt;
    std::size_t parts = 0;
    for (std::size_t i = 1; i < sid.size(); ++i) {
        if (sid[i] == '-') {
            ++parts;
            if (i + 1 == sid.size() || !is_digit(sid[i + 1])) return std::nullopt;
        } else if (!is_digit(sid[i])) {
            return std::nullopt;
        }
    }
    if (parts < 6 || parts > 17) return std::nullopt;
    return sid;
}

}  // namespace konseki::traces
