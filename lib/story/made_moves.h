#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "made_world.h"

namespace konseki::story {

/// Hours after midnight of UTC: 12:00 in Japan.
inline constexpr double noon = 3;

inline bool has(const Move& move, Unusual reason) {
    return std::ranges::find(move.unusual, reason) != move.unusual.end();
}

/// The only row of an account.
inline const Move& row_of(const Told& told, std::string_view account) {
    const auto found = std::ranges::find_if(
        told.moves.moves, [&](const Move& move) { return bare_account(move.account) == account; });
    REQUIRE(found != told.moves.moves.end());
    return *found;
}

}  // namespace konseki::story
