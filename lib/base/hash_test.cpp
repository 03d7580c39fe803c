#include "konseki/base/hash.h"

#include <doctest/doctest.h>

#include <set>

using namespace konseki;

TEST_CASE("SHA-256 gives the values of FIPS 180-4") {
    CHECK(to_hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256(as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256Stream stream;
    stream.add(as_bytes("a"));
    stream.add({});
    stream.add(as_bytes("bc"));
    CHECK(stream.finish() == sha256(as_bytes("abc")));
    stream.restart();
    CHECK(stream.finish() == sha256({}));
}

TEST_CASE("CRC-32 gives the check value and goes on from a start") {
    CHECK(crc32(as_bytes("123456789")) == 0xcbf43926);
    CHECK(crc32(as_bytes("6789"), crc32(as_bytes("12345"))) == 0xcbf43926);
    CHECK(crc32({}) == 0);
    CHECK(crc32({}, 7) == 7);
}

TEST_CASE("the hash depends on every byte, the length and the seed") {
    std::string text(300, '\0');
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const Bytes bytes = as_bytes(std::string_view(text).substr(0, size));
        std::set<Hash128> wide;
        std::set<std::uint64_t> narrow;
        wide.insert(hash128(bytes, 1));
        narrow.insert(hash64(bytes, 1));
        wide.insert(hash128(bytes, 2));
        narrow.insert(hash64(bytes, 2));
        for (std::size_t i = 0; i < size; ++i) {
            text[i] = 1;
            wide.insert(hash128(bytes, 1));
            narrow.insert(hash64(bytes, 1));
            text[i] = 0;
        }
        CHECK(wide.size() == size + 2);
        CHECK(narrow.size() == size + 2);
    }
}

TEST_CASE("runs of zero bytes of every length hash apart") {
    const std::string zeros(1000, '\0');
    std::set<Hash128> wide;
    std::set<std::uint64_t> low, high, narrow;
    for (std::size_t size = 0; size <= zeros.size(); ++size) {
        const Bytes bytes = as_bytes(std::string_view(zeros).substr(0, size));
        const Hash128 hash = hash128(bytes, 0);
        wide.insert(hash);
        low.insert(hash.low);
        high.insert(hash.high);
        narrow.insert(hash64(bytes, 0));
    }
    CHECK(wide.size() == 1001);
    CHECK(low.size() == 1001);
    CHECK(high.size() == 1001);
    CHECK(narrow.size() == 1001);
}

TEST_CASE("no first eight bytes make the rest of the text indifferent") {
    // The constants of the hash, which an attacker can read: digits of pi.
    constexpr std::uint64_t constants[] = {
        0x243f6a8885a308d3, 0x13198a2e03707345, 0xa4093822299f31d1, 0x082efa98ec4e6c89,
        0x452821e638d01377, 0xbe5466cf34e90c6d, 0xc0ac29b7c97c50dd, 0x3f84d5b5b5470917};
    for (const std::uint64_t constant : constants) {
        for (const std::size_t size : {std::size_t{16}, std::size_t{40}, std::size_t{200}}) {
            std::string text(size, 'x');
            std::memcpy(text.data(), &constant, sizeof constant);
            const Hash128 wide = hash128(as_bytes(text), 12345);
            const std::uint64_t narrow = hash64(as_bytes(text), 12345);
            text[12] = 'y';
            CHECK(hash128(as_bytes(text), 12345).low != wide.low);
            CHECK(hash128(as_bytes(text), 12345).high != wide.high);
            CHECK(hash64(as_bytes(text), 12345) != narrow);
        }
    }
}

TEST_CASE("one changed bit changes about half of the hash") {
    std::string text(40, 'x');
    std::size_t changed = 0, rounds = 0;
    for (const std::size_t size :
         {std::size_t{3}, std::size_t{9}, std::size_t{16}, std::size_t{40}}) {
        const Bytes bytes = as_bytes(std::string_view(text).substr(0, size));
        const Hash128 before = hash128(bytes, 5);
        for (std::size_t bit = 0; bit < size * 8; ++bit, ++rounds) {
            text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
            const Hash128 after = hash128(bytes, 5);
            changed += static_cast<std::size_t>(__builtin_popcountll(before.low ^ after.low) +
                                                __builtin_popcountll(before.high ^ after.high));
            text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
        }
    }
    const double mean = static_cast<double>(changed) / static_cast<double>(rounds);
    CHECK(mean > 62);
    CHECK(mean < 66);
}
