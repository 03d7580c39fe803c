#pragma once

#include <cstddef>
#include <cstdint>

#include "konseki/base/bytes.h"

namespace konseki::detect {

/// Three characters in a row that stand for a keyword, of up to eight groups of keywords, by nibbles: a
/// group's bit is set for the lower and for the upper half of each character that it has there.
struct PrintTables {
    static constexpr std::size_t characters = 3;
    std::uint8_t low[characters][16] = {}, high[characters][16] = {};

    void add(std::size_t place, unsigned character, std::uint8_t group) {
        low[place][character & 15] |= group;
        high[place][character >> 4] |= group;
    }
    /// Groups whose character at `place` may be this one.
    std::uint8_t at(std::size_t place, std::byte character) const {
        const auto c = std::to_integer<unsigned>(character);
        return low[place][c & 15] & high[place][c >> 4];
    }
};

/// Where the first two characters of some group may stand, one bit behind the other for the bytes from
/// `at` on; `at` is the end where they stand nowhere.
struct PrintPlaces {
    std::size_t at = 0;
    std::uint32_t bits = 0;
    std::size_t width = 0;  ///< bytes that `bits` speaks for
};

/// Looks for the first two characters of some group as UTF-16 units at every byte from `from` on. Reads
/// `bytes` up to `search_slack` before its end only: the rest is the caller's.
PrintPlaces find_prints(const PrintTables& tables, Bytes bytes, std::size_t from);
inline constexpr std::size_t search_slack = 40;

/// The same without the instructions that not every processor has; for tests.
PrintPlaces find_prints_plainly(const PrintTables& tables, Bytes bytes, std::size_t from);

}  // namespace konseki::detect
