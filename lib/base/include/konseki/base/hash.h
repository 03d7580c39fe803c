#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "konseki/base/bytes.h"

namespace konseki {

using Sha256 = std::array<std::byte, 32>;

/// SHA-256 over pieces (libcrypto, which uses SHA-NI where the processor has it).
class Sha256Stream {
  public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(const Sha256Stream&) = delete;
    Sha256Stream& operator=(const Sha256Stream&) = delete;
    void add(Bytes bytes);
    Sha256 finish();
    /// Begins anew after finish(): for many short texts much cheaper than a stream for each.
    void restart();

  private:
    struct State;
    std::unique_ptr<State> state_;
};
Sha256 sha256(Bytes bytes);

/// 128 bits, for tables: fast, not cryptographic. With a random seed an attacker cannot aim at it; where
/// a collision would matter the key itself is compared too.
struct Hash128 {
    std::uint64_t low = 0, high = 0;
    bool operator==(const Hash128&) const = default;
    auto operator<=>(const Hash128&) const = default;
};
Hash128 hash128(Bytes bytes, std::uint64_t seed);
std::uint64_t hash64(Bytes bytes, std::uint64_t seed);

/// CRC-32 (IEEE 802.3) as in zip and EVTX (libdeflate).
std::uint32_t crc32(Bytes bytes, std::uint32_t start = 0);

}  // namespace konseki
