#include <algorithm>

#include "forms.h"

namespace konseki::traces {
namespace {

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    return (c | 0x20) - 'a' + 10;
}

/// The groups of one side of `::`, appended to `groups`; at most 8. An IPv4 address may stand last.
bool parse_groups(std::string_view text, bool may_end_in_ipv4, std::array<std::uint16_t, 8>& groups,
                  std::size_t& count) {
    while (!text.empty()) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        const std::string_view group = text.substr(0, colon);
        if (colon == text.size() && may_end_in_ipv4 && group.contains('.')) {
            const std::optional<Ipv4> tail = parse_ipv4(group);
            if (!tail || count > 6) return false;
            groups[count++] = static_cast<std::uint16_t>((*tail)[0] << 8 | (*tail)[1]);
            groups[count++] = static_cast<std::uint16_t>((*tail)[2] << 8 | (*tail)[3]);
            return true;
        }
        if (group.empty() || group.size() > 4 || count == 8) return false;
        std::uint32_t value = 0;
        for (const char c : group) {
            if (!is_hex_digit(c)) return false;
            value = value * 16 + static_cast<std::uint32_t>(hex_value(c));
        }
        groups[count++] = static_cast<std::uint16_t>(value);
        if (colon == text.size()) return true;
        text.remove_prefix(colon + 1);
        if (text.empty()) return false;  // a colon at the end
    }
    return true;
}

/// First and length of the longest run of at least two zero groups (RFC 5952 4.2: the first of equals).
std::pair<std::size_t, std::size_t> longest_zero_run(const Ipv6& address) {
    std::size_t best = 8, best_size = 1;
    for (std::size_t i = 0; i < 8;) {
        std::size_t end = i;
        while (end < 8 && address[end] == 0) ++end;
        if (end - i > best_size) {
            best = i;
            best_size = end - i;
        }
        i = std::max(end, i + 1);
    }
    return {best, best == 8 ? 0 : best_size};
}

Trace trace_of(const Ipv4& address) {
    return {.type = TraceType::ipv4,
            .value = to_text(address),
            .written = {},
            .domain = {},
            .victim = is_internal(address)};
}

}  // namespace

std::optional<Ipv4> parse_ipv4(std::string_view text) {
    Ipv4 address{};
    for (std::size_t part = 0; part < 4; ++part) {
        std::size_t digits = 0;
        unsigned value = 0;
        while (digits < text.size() && digits < 4 && is_digit(text[digits]))
            value = value * 10 + static_cast<unsigned>(text[digits++] - '0');
        if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && text[0] == '0'))
            return std::nullopt;
        address[part] = static_cast<std::uint8_t>(value);
        text.remove_prefix(digits);
        if (part == 3) break;
        if (text.empty() || text[0] != '.') return std::nullopt;
        text.remove_prefix(1);
    }
    if (!text.empty()) return std::nullopt;
    return address;
}

std::optional<Ipv6> parse_ipv6(std::string_view text) {
    text = text.substr(0, text.find('%'));
    if (text.size() < 2 || text.size() > 45) return std::nullopt;
    const std::size_t gap = text.find("::");
    Ipv6 head{}, tail{};
    std::size_t head_count = 0, tail_count = 0;
    if (gap == std::string_view::npos) {
        if (!parse_groups(text, true, head, head_count) || head_count != 8) return std::nullopt;
        return head;
    }
    if (!parse_groups(text.substr(0, gap), false, head, head_count)) return std::nullopt;
    if (!parse_groups(text.substr(gap + 2), true, tail, tail_count)) return std::nullopt;
    if (head_count + tail_count > 7) return std::nullopt;
    for (std::size_t i = 0; i < tail_count; ++i) head[8 - tail_count + i] = tail[i];
    return head;
}

std::string to_text(const Ipv4& address) {
    std::string out;
    for (std::size_t i = 0; i < 4; ++i) {
        if (i > 0) out += '.';
        out += std::to_string(address[i]);
    }
    return out;
}

std::string to_text(const Ipv6& address) {
    constexpr char digits[] = "0123456789abcdef";
    const auto [zeros, zero_count] = longest_zero_run(address);
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == zeros) {
            out += "::";
            i += zero_count - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':') out += ':';
        bool started = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            const unsigned digit = (address[i] >> shift) & 15u;
            started = started || digit != 0 || shift == 0;
            if (started) out += digits[digit];
        }
    }
    return out;
}

std::optional<Ipv4> mapped_ipv4(const Ipv6& address) {
    for (std::size_t i = 0; i < 5; ++i)
        if (address[i] != 0) return std::nullopt;
    if (address[5] != 0xffff) return std::nullopt;
    const auto high = [](std::uint16_t group) { return static_cast<std::uint8_t>(group >> 8); };
    const auto low = [](std::uint16_t group) { return static_cast<std::uint8_t>(group & 0xff); };
    return Ipv4{high(address[6]), low(address[6]), high(address[7]), low(address[7])};
}

bool is_internal(const Ipv4& a) {
    // IANA IPv4 Special-Purpose Address Registry.
    if (a[0] == 0 || a[0] == 10 || a[0] == 127 || a[0] >= 224) return true;
    if (a[0] == 100 && (a[1] & 0xc0) == 64) return true;
    if ((a[0] == 169 && a[1] == 254) || (a[0] == 192 && a[1] == 168)) return true;
    if ((a[0] == 172 && (a[1] & 0xf0) == 16) || (a[0] == 198 && (a[1] & 0xfe) == 18)) return true;
    return (a[0] == 192 && a[1] == 0 && (a[2] == 0 || a[2] == 2)) ||
           (a[0] == 198 && a[1] == 51 && a[2] == 100) || (a[0] == 203 && a[1] == 0 && a[2] == 113);
}

bool is_internal(const Ipv6& a) {
    // Only 2000::/3 is given out; of it 2001:db8::/32 and 3fff::/20 are for documentation (RFC 3849, 9637).
    if ((a[0] & 0xe000) != 0x2000) return true;
    return (a[0] == 0x2001 && a[1] == 0xdb8) || (a[0] == 0x3fff && a[1] < 0x1000);
}

std::optional<Trace> address_form(std::string_view text) {
    text = unquote(text);
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    if (const std::optional<Ipv4> v4 = parse_ipv4(text)) {
        if (*v4 == Ipv4{}) return std::nullopt;
        return trace_of(*v4);
    }
    const std::optional<Ipv6> v6 = parse_ipv6(text);
    if (!v6 || *v6 == Ipv6{}) return std::nullopt;
    if (const std::optional<Ipv4> v4 = mapped_ipv4(*v6)) {
        if (*v4 == Ipv4{}) return std::nullopt;
        return trace_of(*v4);
    }
    return Trace{.type = TraceType::ipv6,
                 .value = to_text(*v6),
                 .written = {},
                 .domain = {},
                 .victim = is_internal(*v6)};
}

}  // namespace konseki::traces
