#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

// Numbers as text, without a branch for how many digits they have: what an event log prints most.

namespace konseki {

/// Bytes that write_decimal may touch, whatever the number: more than it has digits.
inline constexpr std::size_t decimal_room = 24;

/// Eight decimal digits of a number below 10^8, one in each byte, the first one in the lowest: the number
/// is halved into fours, twos and ones, all lanes at a time.
inline std::uint64_t eight_digits(std::uint32_t number) {
    const std::uint64_t fours = number / 10'000 | static_cast<std::uint64_t>(number % 10'000) << 32;
    // x / 100 for x below 10,000, and x / 10 for x below 100, as a multiplication and a shift.
    const std::uint64_t hundreds = (fours * 10'486 >> 20) & 0x0000'007f'0000'007f;
    const std::uint64_t twos = hundreds + ((fours - 100 * hundreds) << 16);
    const std::uint64_t tens = (twos * 103 >> 10) & 0x000f'000f'000f'000f;
    return tens + ((twos - 10 * tens) << 8);
}

/// The number in decimal; `out` has decimal_room bytes. Returns the end.
inline char* write_decimal(std::uint64_t number, char* out) {
    constexpr std::uint64_t all_zeros = 0x3030'3030'3030'3030;
    constexpr std::uint64_t limit = 100'000'000;
    if (number >= limit) [[unlikely]] {
        out = write_decimal(number / limit, out);
        const std::uint64_t low =
            eight_digits(static_cast<std::uint32_t>(number % limit)) | all_zeros;
        std::memcpy(out, &low, sizeof low);
        return out + sizeof low;
    }
    const std::uint64_t digits = eight_digits(static_cast<std::uint32_t>(number));
    // The last digit is printed even where it is zero.
    const int zeros = std::countr_zero(digits | std::uint64_t{1} << 56) / 8;
    const std::uint64_t text = (digits | all_zeros) >> (zeros * 8);
    std::memcpy(out, &text, sizeof text);
    return out + (8 - zeros);
}

/// The same with a sign.
inline char* write_decimal(std::int64_t number, char* out) {
    if (number >= 0) return write_decimal(static_cast<std::uint64_t>(number), out);
    *out++ = '-';
    return write_decimal(std::uint64_t{0} - static_cast<std::uint64_t>(number), out);
}

}  // namespace konseki
