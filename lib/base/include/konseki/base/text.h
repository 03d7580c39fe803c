#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "konseki/base/bytes.h"

namespace konseki {

/// UTF-16LE code units to UTF-8, appended. A lone surrogate becomes U+FFFD; an odd last byte is dropped.
void append_utf8(std::string& out, Bytes utf16le);
std::string to_utf8(Bytes utf16le);
/// The same into a buffer: `out` has room for 3 bytes per code unit; returns the end.
char* write_utf8(Bytes utf16le, char* out);

/// One code point as UTF-8, appended (surrogates and values past U+10FFFF become U+FFFD).
void append_code_point(std::string& out, char32_t code_point);
/// Decodes the code point at `at` and moves past it; an invalid byte gives U+FFFD and moves by one.
char32_t next_code_point(std::string_view utf8, std::size_t& at);
bool is_valid_utf8(std::string_view text);
/// The text if it has at most so many bytes (3 or more), else its beginning, cut between code points, and `…`.
std::string cut_text(std::string_view utf8, std::size_t bytes);

/// Unicode simple case folding (CaseFolding.txt, status C and S) of UTF-8, appended. Byte-wise for ASCII.
/// Invalid bytes are kept. This is the one meaning of "case-insensitive" everywhere.
void append_folded(std::string& out, std::string_view utf8);
std::string fold(std::string_view utf8);
char32_t fold_code_point(char32_t code_point);
/// For searching by people: NFKC_Casefold (Unicode, DerivedNormalizationProps.txt: full and half width, ligatures, case
/// and what is not seen fall together), then katakana as hiragana. Invalid bytes become U+FFFD.
std::string fold_for_search(std::string_view utf8);
/// UTF-16LE to folded UTF-8 in one pass; `out` has room for 3 bytes per code unit; returns the end.
char* write_folded_utf8(Bytes utf16le, char* out);

/// Edits (insert, remove, replace, swap of neighbours) of bytes that turn one word into the other. Takes time and
/// memory by the product of both lengths: for words, not for texts.
std::size_t edits_between(std::string_view a, std::string_view b);

/// Columns on a terminal: East Asian wide and full-width count 2, combining and control 0.
std::size_t display_width(std::string_view utf8);
/// At most `columns` wide, cut between code points, with `…` where something was cut.
std::string cut_to_width(std::string_view utf8, std::size_t columns);
/// Padded with blanks to `columns` (never cut).
std::string pad_to_width(std::string_view utf8, std::size_t columns);

/// Text from evidence made safe for a terminal: C0, C1, DEL, bidi controls and invalid bytes become
/// visible escapes (`\x1b`, `\u202e`); line breaks and tabs become a blank.
std::string for_terminal(std::string_view utf8);

}  // namespace konseki
