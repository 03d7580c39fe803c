// A compiled pack, read as if hostile: as it is, and with the hash that fits its content.

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "konseki/base/hash.h"
#include "use_rules.h"

namespace {
using namespace konseki;

// Head of a pack: 8 bytes magic, 4 version, 16 hash of what follows (lib/detect/engine/pack.cpp).
constexpr std::size_t hash_at = 12, head_bytes = 28;
constexpr std::uint64_t hash_seed = 0x6b6f6e73656b69;

void try_pack(Bytes pack) {
    if (const auto rules = detect::Rules::from_pack(pack)) (void)fuzz::use(*rules);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input = std::as_bytes(std::span(data, size));
    try_pack(input);
    if (size < head_bytes) return 0;
    std::vector<std::byte> sealed(input.begin(), input.end());
    const Hash128 hash = hash128(input.subspan(head_bytes), hash_seed);
    std::memcpy(sealed.data() + hash_at, &hash.low, sizeof hash.low);
    std::memcpy(sealed.data() + hash_at + sizeof hash.low, &hash.high, sizeof hash.high);
    try_pack(sealed);
    return 0;
}
