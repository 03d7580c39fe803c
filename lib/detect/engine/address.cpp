#include "engine/address.h"

#include <algorithm>
#include <cstring>

namespace konseki::detect {
namespace {

/// Four decimal octets. A leading zero makes no octet: some programs read `010` as 8 (RFC 6943 3.1.1).
bool parse_v4(std::string_view text, std::uint8_t* out) {
    std::size_t at = 0;
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && (at >= text.size() || text[at++] != '.')) return false;
        unsigned value = 0;
        const std::size_t start = at;
        while (at < text.size() && at - start < 3 && text[at] >= '0' && text[at] <= '9')
            value = value * 10 + static_cast<unsigned>(text[at++] - '0');
        const bool has_leading_zero = at - start > 1 && text[start] == '0';
        if (at == start || value > 255 || has_leading_zero) return false;
        out[part] = static_cast<std::uint8_t>(value);
    }
    return at == text.size();
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Groups of an IPv6 text (RFC 4291 2.2): up to eight, one `::`, an IPv4 tail allowed.
bool parse_v6(std::string_view text, std::uint8_t* out) {
    std::uint8_t head[16] = {};
    std::size_t used = 0, gap = 17, at = 0;
    if (text.starts_with("::")) {
        gap = 0;
        at = 2;
    }
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(':', at), text.size());
        const std::string_view group = text.substr(at, end - at);
        if (group.contains('.')) {
            if (end != text.size() || used > 12 || !parse_v4(group, head + used)) return false;
            used += 4;
            at = end;
            break;
        }
        if (group.empty() || group.size() > 4 || used > 14) return false;
        unsigned value = 0;
        for (const char c : group) {
            const int digit = hex_digit(c);
            if (digit < 0) return false;
            value = value * 16 + static_cast<unsigned>(digit);
        }
        head[used++] = static_cast<std::uint8_t>(value >> 8);
        head[used++] = static_cast<std::uint8_t>(value & 0xff);
        at = end;
        if (at == text.size()) break;
        ++at;  // ':'
        if (at == text.size()) return false;
        if (text[at] != ':') continue;
        if (gap != 17) return false;
        gap = used;
        ++at;
    }
    if (gap == 17) {
        if (used != 16) return false;
        std::memcpy(out, head, 16);
        return true;
    }
    if (used > 14) return false;
    std::memset(out, 0, 16);
    std::memcpy(out, head, gap);
    std::memcpy(out + 16 - (used - gap), head + gap, used - gap);
    return true;
}

}  // namespace

bool parse_address(std::string_view text, Address& out) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    text = text.substr(0, text.find('%'));
    if (text.size() < 2 || text.size() > 45) return false;
    if (text.contains(':')) return parse_v6(text, out.bytes);
    std::memset(out.bytes, 0, 10);
    out.bytes[10] = out.bytes[11] = 0xff;
    return parse_v4(text, out.bytes + 12);
}

bool is_within(const Address& address, const std::uint8_t (&network)[16],
               std::uint8_t prefix_bits) {
    const std::size_t whole = std::min<std::size_t>(prefix_bits / 8, 16);
    if (std::memcmp(address.bytes, network, whole) != 0) return false;
    const unsigned rest = prefix_bits % 8;
    if (rest == 0 || whole == 16) return true;
    return ((address.bytes[whole] ^ network[whole]) >> (8 - rest)) == 0;
}

}  // namespace konseki::detect
