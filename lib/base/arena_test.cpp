#include "konseki/base/arena.h"

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <utility>

using namespace konseki;

TEST_CASE("an arena's pieces are aligned to 8 and stay where they are when it grows") {
    Arena arena(64);
    const std::string_view first = arena.copy("first");
    for (int i = 0; i < 100; ++i) {
        const std::byte* const at = arena.allocate(13);
        CHECK(std::bit_cast<std::uintptr_t>(at) % 8 == 0);
    }
    CHECK(first == "first");
    CHECK(arena.used() == 8 + 100 * 16);
}

TEST_CASE("a piece larger than the block gets its own memory") {
    Arena arena(16);
    std::byte* const large = arena.allocate(1000);
    large[999] = std::byte{1};
    CHECK(arena.copy("x") == "x");
}

TEST_CASE("a cleared arena starts over in its first block") {
    Arena arena(64);
    std::byte* const first = arena.allocate(8);
    arena.allocate(500);
    arena.clear();
    CHECK(arena.used() == 0);
    CHECK(arena.allocate(8) == first);
}

TEST_CASE("an arena that was moved from owns nothing and can be used again") {
    Arena from(64);
    const std::string_view text = from.copy("kept");
    Arena to = std::move(from);
    const std::string_view other = from.copy("else");
    CHECK(text == "kept");
    CHECK(other == "else");
    CHECK(to.used() == 8);
    from = std::move(to);
    CHECK(text == "kept");
}

TEST_CASE("empty text needs no memory") {
    Arena arena;
    CHECK(arena.copy("").empty());
    CHECK(arena.used() == 0);
}
