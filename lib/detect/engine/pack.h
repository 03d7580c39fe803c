#pragma once

#include <memory>
#include <vector>

#include "engine/body.h"

namespace konseki::detect {

/// Number of the pack's format. Any change to Flat, to what is stored or to its meaning raises it: an
/// older pack is then refused and made again.
inline constexpr std::uint32_t pack_version = 4;

std::vector<std::byte> write_pack(const Rules::Body& body);
/// Reads a pack. Everything in it is checked before use: it may come from anywhere.
Result<std::unique_ptr<Rules::Body>> read_pack(Bytes pack);
/// Makes the checksum fit again after a change (for tests of the checks behind it).
void seal_pack(std::vector<std::byte>& pack);

/// True where every index and size in the tables stays within them and trees end.
bool is_sound(const Rules::Body& body);

}  // namespace konseki::detect
