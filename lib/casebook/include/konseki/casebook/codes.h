#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace konseki::casebook {

// An enumeration of the casebook is stored, sent and filtered by its code: a word in lower case with `_`, which
// stays the same for ever. What people read for it stands in the message catalogue. Each enumeration has beside it
// `codes(E)`, the codes in the order of its values.

template <class E>
concept Coded = std::is_enum_v<E> && requires {
    { codes(E{}) } -> std::convertible_to<std::span<const std::string_view>>;
};

/// The code that stands for a value.
template <Coded E>
constexpr std::string_view code_of(E value) {
    return codes(E{})[static_cast<std::size_t>(value)];
}

/// Nothing where the enumeration has no such code.
template <Coded E>
constexpr std::optional<E> parse_code(std::string_view text) {
    const std::span<const std::string_view> all = codes(E{});
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] == text) return static_cast<E>(i);
    return std::nullopt;
}

}  // namespace konseki::casebook
