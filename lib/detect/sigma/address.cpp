#include "sigma/address.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace konseki::detect::sigma {
namespace {

/// Number of at most `max_digits` digits that is the whole text.
std::optional<std::uint32_t> number(std::string_view text, int base, std::size_t max_digits) {
    if (text.empty() || text.size() > max_digits) return std::nullopt;
    std::uint32_t value = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value, base);
    if (error != std::errc{} || at != end) return std::nullopt;
    return value;
}

bool read_ipv4(std::string_view text, std::uint8_t* out) {
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = text.find('.');
        if ((dot == std::string_view::npos) != (part == 3)) return false;
        const auto value = number(text.substr(0, dot), 10, 3);
        if (!value || *value > 255) return false;
        out[part] = static_cast<std::uint8_t>(*value);
        if (part < 3) text.remove_prefix(dot + 1);
    }
    return true;
}

/// Groups of four hex digits parted by colons, the last may be an IPv4 address. Returns how many
/// bytes were written, or nothing.
std::optional<std::size_t> read_groups(std::string_view text, std::uint8_t* out) {
    std::size_t size = 0;
    while (!text.empty()) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        if (group.find('.') != std::string_view::npos) {
            if (colon != std::string_view::npos || size > 12) return std::nullopt;
            if (!read_ipv4(group, out + size)) return std::nullopt;
            return size + 4;
        }
        const auto value = number(group, 16, 4);
        if (!value || size > 14) return std::nullopt;
        out[size++] = static_cast<std::uint8_t>(*value >> 8);
        out[size++] = static_cast<std::uint8_t>(*value & 0xFF);
        if (colon == std::string_view::npos) return size;
        text.remove_prefix(colon + 1);
        if (text.empty()) return std::nullopt;
    }
    return size;
}

bool read_ipv6(std::string_view text, Address& out) {
    text = text.substr(0, text.find('%'));
    const std::size_t gap = text.find("::");
    Address front = {}, back = {};
    const auto front_size = read_groups(text.substr(0, gap), front.data());
    if (!front_size) return false;
    if (gap == std::string_view::npos) {
        out = front;
        return *front_size == out.size();
    }
    const auto back_size = read_groups(text.substr(gap + 2), back.data());
    if (!back_size || *front_size + *back_size > out.size() - 2) return false;
    out = front;
    std::copy_n(back.begin(), *back_size, out.end() - static_cast<std::ptrdiff_t>(*back_size));
    return true;
}

void clear_host_bits(Cidr& cidr) {
    for (std::size_t bit = cidr.prefix_bits; bit < 128; ++bit)
        cidr.address[bit / 8] &= static_cast<std::uint8_t>(~(0x80u >> bit % 8));
}

}  // namespace

std::optional<Address> read_address(std::string_view text) {
    Address address = {};
    if (text.find(':') != std::string_view::npos) {
        if (!read_ipv6(text, address)) return std::nullopt;
        return address;
    }
    address[10] = address[11] = 0xFF;
    if (!read_ipv4(text, address.data() + 12)) return std::nullopt;
    return address;
}

std::optional<Network> read_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::string_view host = text.substr(0, slash);
    const auto address = read_address(host);
    if (!address) return std::nullopt;
    Network network;
    std::copy(address->begin(), address->end(), network.cidr.address);
    if (slash != std::string_view::npos) {
        const bool is_ipv6 = host.find(':') != std::string_view::npos;
        const auto bits = number(text.substr(slash + 1), 10, 3);
        if (!bits || *bits > (is_ipv6 ? 128u : 32u)) return std::nullopt;
        network.cidr.prefix_bits = static_cast<std::uint8_t>(is_ipv6 ? *bits : *bits + 96);
    }
    const Cidr written = network.cidr;
    clear_host_bits(network.cidr);
    network.had_host_bits = network.cidr != written;
    return network;
}

bool contains(const Cidr& network, const Address& address) {
    const std::size_t whole = network.prefix_bits / 8;
    if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole),
                    network.address))
        return false;
    const std::size_t rest = network.prefix_bits % 8;
    if (rest == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xFF00u >> rest);
    return (address[whole] & mask) == network.address[whole];
}

}  // namespace konseki::detect::sigma
