#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "konseki/base/time.h"

namespace konseki {

/// 128 bits that name one thing for ever: 48 of them the milliseconds of its making, 80 random
/// (github.com/ulid/spec). They sort by time as bytes and as text.
struct Ulid {
    std::array<std::uint8_t, 16> bytes = {};

    auto operator<=>(const Ulid&) const = default;
    bool is_nil() const { return *this == Ulid{}; }
    /// The moment of its making, to the millisecond.
    Time time() const;
};
/// Times before 1970 count as 1970, times past 48 bits of milliseconds as the last one.
Ulid make_ulid(Time now, const std::array<std::uint8_t, 10>& random);
/// 26 characters of Crockford's base 32, in capitals.
std::string to_text(const Ulid& id);
/// Nothing unless the text is exactly such an id; small letters are taken, `I`, `L`, `O` and `U` are not.
std::optional<Ulid> parse_ulid(std::string_view text);

}  // namespace konseki
