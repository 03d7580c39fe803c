#pragma once

#include <array>
#include <cstdint>

namespace konseki {

/// Simple case folding of every UTF-16 unit (a surrogate folds to itself): made once from ICU's data,
/// constant from then on.
const std::array<std::uint16_t, 65536>& fold_table();
/// Simple case folding past U+FFFF.
char32_t fold_supplementary(char32_t code_point);

/// Units in this range have no case (kana, CJK ideographs, Yi): U+A640 starts Cyrillic Extended-B.
inline constexpr std::uint16_t first_caseless_unit = 0x2e80;
inline constexpr std::uint16_t last_caseless_unit = 0xa63f;

}  // namespace konseki
