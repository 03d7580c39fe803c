#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "konseki/render/catalogue.h"

namespace konseki::render {

/// What Windows shows where a value of its Security log says `%%number` (docs/formats/windows-words.md).
struct WindowsWord {
    std::uint32_t number = 0;
    std::string_view en;
    std::string_view ja;  ///< empty where the word of Windows in Japanese is not known
};

/// The provider whose numbers these are. Others take theirs from other tables: `%%1053` of the Service
/// Control Manager is an error of Windows.
inline constexpr std::string_view windows_words_provider = "Microsoft-Windows-Security-Auditing";

/// Every word of messages/windows.json, in the order of the numbers.
std::span<const WindowsWord> all_windows_words();

/// The word of a number, in English where Japanese is not known; empty for an unknown number.
std::string_view windows_word(std::uint32_t number, Language language);

/// A `%%number` whose word is known.
struct WindowsToken {
    std::string_view text;  ///< `%%1833`; empty: there is no further one
    std::size_t at = 0;     ///< its offset
    std::uint32_t number = 0;
};

/// The first known token of `text` at `from` or behind it. A number that a cut (`…`) goes through is none.
WindowsToken next_windows_token(std::string_view text, std::size_t from);

/// Appends `text` with the word before each known token: `Impersonation (%%1833)`. What it appends is
/// whole, or longer than `limit` bytes and cut somewhere: a long value costs no more than is shown of it.
void append_with_windows_words(std::string& out, std::string_view text, Language language,
                               std::size_t limit);

}  // namespace konseki::render
