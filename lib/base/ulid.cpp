#include "konseki/base/ulid.h"

#include <algorithm>

namespace konseki {
namespace {

constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t text_size = 26;
constexpr std::int64_t ticks_per_millisecond = Time::per_second / 1'000;
constexpr std::int64_t last_millisecond = (std::int64_t{1} << 48) - 1;

std::optional<std::uint8_t> value_of(char c) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const std::size_t at = digits.find(upper);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint8_t>(at);
}

}  // namespace

Time Ulid::time() const {
    std::int64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | bytes[i];
    const Time epoch = Time::from_unix_seconds(0);
    return Time{epoch.ticks + milliseconds * ticks_per_millisecond};
}

Ulid make_ulid(Time now, const std::array<std::uint8_t, 10>& random) {
    const std::int64_t since = now.ticks - Time::from_unix_seconds(0).ticks;
    const std::int64_t milliseconds =
        std::clamp(since / ticks_per_millisecond, std::int64_t{0}, last_millisecond);
    Ulid id;
    for (std::size_t i = 0; i < 6; ++i)
        id.bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i) & 0xFF);
    std::ranges::copy(random, id.bytes.begin() + 6);
    return id;
}

std::string to_text(const Ulid& id) {
    // 26 digits of 5 bits hold 130: the first has the two that are always 0.
    std::string out(text_size, '0');
    std::uint32_t bits = 0;
    std::uint32_t count = 2;
    std::size_t at = 0;
    for (const std::uint8_t byte : id.bytes) {
        bits = bits << 8 | byte;
        count += 8;
        while (count >= 5) {
            count -= 5;
            out[at++] = digits[bits >> count & 31];
        }
    }
    return out;
}

std::optional<Ulid> parse_ulid(std::string_view text) {
    if (text.size() != text_size) return std::nullopt;
    Ulid id;
    std::uint32_t bits = 0;
    std::uint32_t count = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < text_size; ++i) {
        const std::optional<std::uint8_t> value = value_of(text[i]);
        if (!value || (i == 0 && *value > 7)) return std::nullopt;
        bits = bits << 5 | *value;
        count += i == 0 ? 3 : 5;
        if (count >= 8) {
            count -= 8;
            id.bytes[at++] = static_cast<std::uint8_t>(bits >> count);
        }
    }
    return id;
}

}  // namespace konseki
