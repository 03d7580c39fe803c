#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "konseki/base/text.h"
#include "konseki/traces/trace.h"

// The normal forms, one function per kind of value. Each takes trimmed text and gives nothing where it is
// none of that kind.
namespace konseki::traces {

/// Blanks, NULs and control characters off both ends.
std::string_view trim(std::string_view text);
/// trim, then one pair of quotes around the whole.
std::string_view unquote(std::string_view text);
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_hex_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
std::string ascii_lower(std::string_view text);
/// ASCII only; `prefix` is in lower case.
bool starts_with_nocase(std::string_view text, std::string_view prefix);
bool equals_nocase(std::string_view text, std::string_view lower);

using Ipv4 = std::array<std::uint8_t, 4>;
using Ipv6 = std::array<std::uint16_t, 8>;
/// Strict dotted decimal: four numbers of 0 to 255 without leading zeros.
std::optional<Ipv4> parse_ipv4(std::string_view text);
/// RFC 4291 section 2.2; a zone (`%12`) at the end is dropped.
std::optional<Ipv6> parse_ipv6(std::string_view text);
std::string to_text(const Ipv4& address);
/// RFC 5952.
std::string to_text(const Ipv6& address);
/// The IPv4 address in ::ffff:0:0/96.
std::optional<Ipv4> mapped_ipv4(const Ipv6& address);
/// Private, loopback, link-local, shared (RFC 6598), multicast, documentation, reserved.
bool is_internal(const Ipv4& address);
bool is_internal(const Ipv6& address);

/// An address of either kind with its type; nothing for 0.0.0.0 and ::.
std::optional<Trace> address_form(std::string_view text);
std::optional<Trace> domain_form(std::string_view text);
std::optional<Trace> email_form(std::string_view text);
std::optional<Trace> url_form(std::string_view text);
/// The host of a URL's normal form as domain, ipv4 or ipv6.
std::optional<Trace> url_host(std::string_view normal_url);

/// Hex of exactly `digits` digits, lower; nothing for all zero and for the hash of empty data.
std::optional<std::string> hash_form(TraceType type, std::string_view text);
std::optional<std::string> certificate_form(std::string_view text);

std::optional<std::string> file_path_form(std::string_view text);
std::optional<std::string> file_name_form(std::string_view text);
std::optional<std::string> registry_key_form(std::string_view text);
std::optional<std::string> command_line_form(std::string_view text);

/// Pipe, service, task, mutex: prefixes off, GUIDs and long numbers to `{guid}` and `{n}`.
std::optional<std::string> object_name_form(TraceType type, std::string_view text);

std::optional<std::string> host_form(std::string_view text);
/// `domain\name` or `name`, folded; nothing for machine and system accounts.
std::optional<std::string> account_form(std::string_view text);
std::optional<std::string> sid_form(std::string_view text);

}  // namespace konseki::traces
