#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sigma/ast.h"

namespace konseki::detect::sigma {

using Address = std::array<std::uint8_t, 16>;

/// IPv4 (four decimal numbers, as ::ffff:a.b.c.d) or IPv6 (RFC 4291 2.2; a `%zone` is cut off), or
/// nothing. `::ffff:a.b.c.d` and `a.b.c.d` give the same address: Windows logs write both.
std::optional<Address> read_address(std::string_view text);

/// A network as a rule writes it.
struct Network {
    Cidr cidr;                   ///< host bits cleared
    bool had_host_bits = false;  ///< `10.1.2.3/8`
};
/// `address/bits`, or an address alone for that one address. A mask in dots is not read.
std::optional<Network> read_network(std::string_view text);

/// Whether an address lies in a network.
bool contains(const Cidr& network, const Address& address);

}  // namespace konseki::detect::sigma
