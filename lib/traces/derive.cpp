#include <algorithm>
#include <charconv>

#include "forms.h"
#include "sources.h"

namespace konseki::traces {
namespace {

bool add(TraceType type, std::string_view text, std::vector<Trace>& out) {
    std::optional<Trace> trace = normalise(type, text);
    if (!trace) return false;
    out.push_back(*std::move(trace));
    return true;
}

bool add_address(std::string_view text, std::vector<Trace>& out) {
    std::optional<Trace> trace = address_form(text);
    if (!trace) return false;
    trace->written = cut_text(trim(text), max_shown_bytes);
    out.push_back(*std::move(trace));
    return true;
}

/// Calls `f(part)` for the parts of a list.
template <class F>
void for_each_part(std::string_view text, char separator, F&& f) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        f(trim(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void derive_path(std::string_view text, std::vector<Trace>& out) {
    add(TraceType::file_path, text, out);
    // The whole path is the spelling: a name alone would say less about where it was seen.
    add(TraceType::file_name, text, out);
}

void derive_hashes(std::string_view text, std::vector<Trace>& out) {
    for_each_part(text, ',', [&](std::string_view part) {
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos) return;
        const std::string_view kind = part.substr(0, equals), digits = part.substr(equals + 1);
        if (equals_nocase(kind, "md5")) add(TraceType::md5, digits, out);
        if (equals_nocase(kind, "sha1")) add(TraceType::sha1, digits, out);
        if (equals_nocase(kind, "sha256")) add(TraceType::sha256, digits, out);
        if (equals_nocase(kind, "imphash")) add(TraceType::imphash, digits, out);
    });
}

void derive_any_hash(std::string_view text, std::vector<Trace>& out) {
    if (text.contains('=')) return derive_hashes(text, out);
    const std::size_t digits =
        unquote(text).size() - (starts_with_nocase(unquote(text), "0x") ? 2 : 0);
    if (digits == 32) add(TraceType::md5, text, out);
    if (digits == 40) add(TraceType::sha1, text, out);
    if (digits == 64) add(TraceType::sha256, text, out);
}

/// The address in a socket address printed as hex, else nothing. Windows sockets, SOCKADDR_IN (family 2,
/// port, address, zeros) and SOCKADDR_IN6 (family 23, port, flow, address, scope).
std::string from_socket_address(std::string_view hex) {
    std::string out;
    if (hex.size() == 32 && hex.starts_with("0200")) {
        for (std::size_t i = 8; i < 16; i += 2) {
            unsigned value = 0;
            std::from_chars(hex.data() + i, hex.data() + i + 2, value, 16);
            out.append(out.empty() ? "" : ".").append(std::to_string(value));
        }
    } else if (hex.size() == 56 && hex.starts_with("1700")) {
        for (std::size_t i = 16; i < 48; i += 4)
            out.append(out.empty() ? "" : ":").append(hex.substr(i, 4));
    }
    return out;
}

/// `192.0.2.1`, `192.0.2.1:50270`, `[2001:db8::1]:3389`, a socket address in hex.
bool derive_address(std::string_view text, std::vector<Trace>& out) {
    if (add_address(text, out)) return true;
    if (const std::string address = from_socket_address(text); !address.empty()) {
        (void)add_address(address, out);
        return true;
    }
    const std::size_t colon = text.rfind(':');
    return colon != std::string_view::npos && add_address(text.substr(0, colon), out);
}

/// A name with a public suffix is a domain of the Internet; any other is a machine of the victim.
void derive_machine(std::string_view text, std::vector<Trace>& out) {
    while (text.starts_with('\\')) text.remove_prefix(1);
    if (derive_address(text, out)) return;
    const std::optional<Trace> domain = normalise(TraceType::domain, text);
    if (domain && !domain->victim)
        out.push_back(*domain);
    else
        add(TraceType::host, text, out);
}

/// Sysmon 22 and the DNS client: addresses, and `type:  5 name` for other records.
void derive_dns_results(std::string_view text, std::vector<Trace>& out) {
    for_each_part(text, ';', [&](std::string_view part) {
        if (part.empty() || add_address(part, out)) return;
        if (starts_with_nocase(part, "type:")) {
            const std::size_t blank = part.rfind(' ');
            if (blank != std::string_view::npos)
                add(TraceType::domain, part.substr(blank + 1), out);
        }
    });
}

void derive_object(std::string_view text, std::vector<Trace>& out) {
    if (starts_with_nocase(text, "\\registry\\")) {
        add(TraceType::registry_key, text, out);
    } else if (starts_with_nocase(text, "\\device\\namedpipe\\") ||
               starts_with_nocase(text, "\\\\.\\pipe\\")) {
        add(TraceType::pipe, text, out);
    } else if (starts_with_nocase(text, "\\basenamedobjects\\") ||
               starts_with_nocase(text, "\\sessions\\")) {
        add(TraceType::mutex, text, out);
    } else if ((text.size() > 2 && text[1] == ':') ||
               starts_with_nocase(text, "\\device\\harddisk") ||
               starts_with_nocase(text, "\\??\\")) {
        derive_path(text, out);
    }
}

void derive_share_target(std::string_view text, std::string_view share, std::vector<Trace>& out) {
    if (share.size() >= 4 && equals_nocase(share.substr(share.size() - 4), "ipc$")) {
        add(TraceType::pipe, text, out);
        return;
    }
    if (text.contains('\\')) add(TraceType::file_path, text, out);
    add(TraceType::file_name, text, out);
}

/// Windows Defender lists what it found as `kind:_path->inner; …`.
void derive_scan_result(std::string_view text, std::vector<Trace>& out) {
    for_each_part(text, ';', [&](std::string_view part) {
        const std::size_t mark = part.find(":_");
        const std::string_view kind = part.substr(0, mark == std::string_view::npos ? 0 : mark);
        const std::string_view rest = part.substr(mark == std::string_view::npos ? 0 : mark + 2);
        if (equals_nocase(kind, "regkey") || equals_nocase(kind, "regkeyvalue")) {
            // `HKCU@S-1-5-21-…\Software`: the hive says whose it is.
            std::string key(rest);
            const std::size_t at = key.find('@');
            if (at != std::string::npos)
                key.erase(at, std::min(key.find('\\', at), key.size()) - at);
            add(TraceType::registry_key, key, out);
        } else if (equals_nocase(kind, "webfile")) {
            const std::size_t bar = rest.find('|');
            derive_path(rest.substr(0, bar), out);
            if (bar != std::string_view::npos)
                derive_token(TraceType::url,
                             rest.substr(bar + 1, rest.find('|', bar + 1) - bar - 1), out);
        } else if (!equals_nocase(kind, "process") && !equals_nocase(kind, "behavior")) {
            derive_path(rest.substr(0, rest.find("->")), out);
        }
    });
}

void derive_account(std::string_view name, std::string_view domain, std::vector<Trace>& out) {
    domain = trim(domain);
    const bool says_domain = name.contains('\\') || name.contains('@');
    if (domain.empty() || domain == "-" || says_domain) {
        add(TraceType::account, name, out);
        return;
    }
    add(TraceType::account, std::string(domain).append("\\").append(trim(name)), out);
}

}  // namespace

/// The last character of a text value that is not empty, where it is ASCII or UTF-16.
static std::uint32_t last_unit(const records::Value& value) {
    if (value.wire() == records::WireType::string) return load_u16(value.data + value.size - 2);
    return load_u8(value.data + value.size - 1);
}

bool may_hold_trace(Source source, const records::Value& value) {
    const records::WireType wire = value.wire();
    const bool is_utf16 = wire == records::WireType::string;
    const bool is_text = is_utf16 || wire == records::WireType::utf8;
    const std::uint32_t unit = is_utf16 ? 2 : 1;
    if (value.size < unit || value.is_array()) return value.size > 0 && value.is_array();
    if (is_text && value.size == unit && last_unit(value) == '-') return false;
    if (source == Source::free_text)
        return is_text && value.size >= TextScanner::min_characters * unit;
    // S-1-5-21-a-b-c-n is the shortest that names anybody: 8 bytes and five numbers ([MS-DTYP] 2.4.2.2).
    if (source == Source::sid) return is_text || value.size >= 28;
    if (source == Source::account && is_text) return last_unit(value) != '$';
    return true;
}

void derive_token(TraceType type, std::string_view text, std::vector<Trace>& out) {
    if (type == TraceType::ipv4) {
        add_address(text, out);
        return;
    }
    if (!add(type, text, out) || type != TraceType::url) return;
    if (std::optional<Trace> host = url_host(out.back().value)) out.push_back(*std::move(host));
}

void Deriver::derive_tokens(std::string_view text, std::vector<Trace>& out) {
    const records::Value value = records::Value::utf8(text);
    for (const Token& token : scanner_.scan(value))
        derive_token(token.type, scanner_.text(value, token, storage_), out);
}

void Deriver::derive(Source source, std::string_view text, std::string_view companion,
                     std::vector<Trace>& out) {
    switch (source) {
        case Source::path: return derive_path(text, out);
        case Source::command:
            add(TraceType::command_line, text, out);
            return derive_tokens(text, out);
        case Source::hashes: return derive_hashes(text, out);
        case Source::any_hash: return derive_any_hash(text, out);
        case Source::address: (void)derive_address(text, out); return;
        case Source::machine: return derive_machine(text, out);
        case Source::dns_results: return derive_dns_results(text, out);
        case Source::object: return derive_object(text, out);
        case Source::share_target: return derive_share_target(text, companion, out);
        case Source::scan_result: return derive_scan_result(text, out);
        case Source::account: return derive_account(text, companion, out);
        case Source::url: return derive_token(TraceType::url, text, out);
        case Source::free_text: return derive_tokens(text, out);
        default: add(static_cast<TraceType>(source), text, out);
    }
}

}  // namespace konseki::traces
