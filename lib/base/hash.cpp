#include "konseki/base/hash.h"

#include <libdeflate.h>
#include <openssl/evp.h>

// The table hash: 16 bytes at a time are mixed by a 64x64->128 multiplication whose halves are folded
// together, in four lanes so that the multiplier is never waited for. The keys depend on the seed, so
// without it nobody can build inputs that collide. The 128-bit hash of more than 16 bytes runs two
// such hashes with different keys over the same bytes: each alone could collide with 2^-64.

namespace konseki {
namespace {

// Fractional digits of pi: nothing-up-my-sleeve numbers, all odd.
constexpr std::uint64_t pi[] = {0x243f6a8885a308d3, 0x13198a2e03707345, 0xa4093822299f31d1,
                                0x082efa98ec4e6c89, 0x452821e638d01377, 0xbe5466cf34e90c6d,
                                0xc0ac29b7c97c50dd, 0x3f84d5b5b5470917};

__extension__ using Wide = unsigned __int128;

struct Product {
    std::uint64_t low, high;
};
inline Product multiply(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return {static_cast<std::uint64_t>(product), static_cast<std::uint64_t>(product >> 64)};
}
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const Product product = multiply(a, b);
    return product.low ^ product.high;
}

struct Pair {
    std::uint64_t a, b;
};
/// All of up to 16 bytes, each at least once.
inline Pair load_short(const std::byte* at, std::size_t size) {
    if (size >= 8) return {load_u64(at), load_u64(at + size - 8)};
    if (size >= 4) return {load_u32(at), load_u32(at + size - 4)};
    if (size == 0) return {0, 0};
    const std::uint64_t ends = static_cast<std::uint64_t>(load_u8(at)) << 16 |
                               static_cast<std::uint64_t>(load_u8(at + (size >> 1))) << 8 |
                               load_u8(at + size - 1);
    return {ends, 0};
}

/// What one hash multiplies by. Both factors of every product hide the seed: with a factor known to be
/// zero an attacker could make collisions under any seed.
struct Keys {
    std::uint64_t left, right;
};
inline Keys make_keys(std::uint64_t seed, std::uint64_t one, std::uint64_t two) {
    return {((seed << 32) | (seed >> 32)) ^ one, seed ^ two};
}

/// Mixes everything but the last 16 bytes of more than 16.
inline std::uint64_t mix_body(const std::byte* at, std::size_t left, Keys keys) {
    const std::uint64_t key = keys.left;
    std::uint64_t lane = keys.right;
    if (left > 64) {
        std::uint64_t lane1 = lane ^ pi[1], lane2 = lane ^ pi[3], lane3 = lane ^ pi[5];
        const std::uint64_t key1 = key ^ pi[2], key2 = key ^ pi[4], key3 = key ^ pi[6];
        do {
            lane = mix(load_u64(at) ^ key, load_u64(at + 8) ^ lane);
            lane1 = mix(load_u64(at + 16) ^ key1, load_u64(at + 24) ^ lane1);
            lane2 = mix(load_u64(at + 32) ^ key2, load_u64(at + 40) ^ lane2);
            lane3 = mix(load_u64(at + 48) ^ key3, load_u64(at + 56) ^ lane3);
            at += 64;
            left -= 64;
        } while (left > 64);
        lane ^= lane1 ^ ((lane2 << 21) | (lane2 >> 43)) ^ ((lane3 << 42) | (lane3 >> 22));
    }
    for (; left > 16; at += 16, left -= 16) lane = mix(load_u64(at) ^ key, load_u64(at + 8) ^ lane);
    return lane;
}

}  // namespace

std::uint64_t hash64(Bytes bytes, std::uint64_t seed) {
    Keys keys = make_keys(seed, pi[0], pi[7]);
    const std::byte* const at = bytes.data();
    const std::size_t size = bytes.size();
    Pair last{};
    if (size <= 16) {
        last = load_short(at, size);
    } else {
        keys.right = mix_body(at, size, keys);
        last = {load_u64(at + size - 16), load_u64(at + size - 8)};
    }
    const Product product = multiply(last.a ^ keys.left, last.b ^ keys.right);
    return mix(product.low ^ pi[3] ^ size, product.high ^ pi[4]);
}

Hash128 hash128(Bytes bytes, std::uint64_t seed) {
    const Keys keys = make_keys(seed, pi[0], pi[7]);
    const std::byte* const at = bytes.data();
    const std::size_t size = bytes.size();
    if (size <= 16) {
        const Pair last = load_short(at, size);
        const Product product = multiply(last.a ^ keys.left, last.b ^ keys.right);
        return {mix(product.low ^ pi[3] ^ size, product.high ^ pi[4]),
                mix(product.low ^ pi[5], product.high ^ pi[6] ^ size)};
    }
    const Keys others = make_keys(seed, pi[1], pi[6]);
    const std::uint64_t a = load_u64(at + size - 16), b = load_u64(at + size - 8);
    const Product first = multiply(a ^ keys.left, b ^ mix_body(at, size, keys));
    const Product second = multiply(a ^ others.left, b ^ mix_body(at, size, others));
    return {mix(first.low ^ pi[3] ^ size, first.high ^ pi[4]),
            mix(second.low ^ pi[5], second.high ^ pi[6] ^ size)};
}

std::uint32_t crc32(Bytes bytes, std::uint32_t start) {
    if (bytes.empty()) return start;  // libdeflate takes a null pointer for "start anew"
    return libdeflate_crc32(start, bytes.data(), bytes.size());
}

struct Sha256Stream::State {
    struct Free {
        void operator()(EVP_MD_CTX* freed) const { EVP_MD_CTX_free(freed); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
    require(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) == 1, "SHA-256 starts");
}

void Sha256Stream::restart() {
    // Without a type the context keeps its algorithm, which costs more to look up than a short text to hash.
    require(EVP_DigestInit_ex(state_->context.get(), nullptr, nullptr) == 1, "SHA-256 starts");
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(Bytes bytes) {
    require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1,
            "SHA-256 takes bytes");
}

Sha256 Sha256Stream::finish() {
    std::array<unsigned char, 32> raw{};
    require(EVP_DigestFinal_ex(state_->context.get(), raw.data(), nullptr) == 1, "SHA-256 ends");
    Sha256 out;
    std::memcpy(out.data(), raw.data(), out.size());
    return out;
}

Sha256 sha256(Bytes bytes) {
    Sha256Stream stream;
    stream.add(bytes);
    return stream.finish();
}

}  // namespace konseki
