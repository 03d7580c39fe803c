#pragma once

#include <cstdint>
#include <string_view>

namespace konseki::detect {

/// An IP address as 16 bytes; IPv4 as ::ffff:a.b.c.d.
struct Address {
    std::uint8_t bytes[16] = {};
};
/// Reads `10.0.0.1`, `fe80::1%4`, `[::1]`, `::ffff:10.0.0.1`. False where it is no address.
bool parse_address(std::string_view text, Address& out);
/// True where the first `prefix_bits` bits are those of `network`.
bool is_within(const Address& address, const std::uint8_t (&network)[16], std::uint8_t prefix_bits);

}  // namespace konseki::detect
