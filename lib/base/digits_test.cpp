#include "konseki/base/digits.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string>

using namespace konseki;

namespace {

template <class Number>
std::string decimal(Number number) {
    std::array<char, decimal_room> room{};
    return std::string(room.data(), write_decimal(number, room.data()));
}

}  // namespace

TEST_CASE("digits: numbers around every power of ten print as the library prints them") {
    CHECK(decimal(std::uint64_t{0}) == "0");
    for (std::uint64_t power = 1;; power *= 10) {
        for (const std::uint64_t number : {power - 1, power, power + 1, power * 7 + power / 3})
            CHECK(decimal(number) == std::to_string(number));
        if (power > std::numeric_limits<std::uint64_t>::max() / 10) break;
    }
    CHECK(decimal(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}

TEST_CASE("digits: every number below a hundred thousand prints as the library prints it") {
    bool is_same = true;
    for (std::uint64_t number = 0; number < 100'000; ++number)
        is_same = is_same && decimal(number) == std::to_string(number) &&
                  decimal(number * 1'000) == std::to_string(number * 1'000);
    CHECK(is_same);
}

TEST_CASE("digits: negative numbers print with a sign, the smallest too") {
    CHECK(decimal(std::int64_t{-1}) == "-1");
    CHECK(decimal(std::int64_t{-100'000'000}) == "-100000000");
    CHECK(decimal(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(decimal(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
}
