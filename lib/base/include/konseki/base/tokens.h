#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace konseki {

// Words for searching, since no index at hand takes Japanese apart well.
//
// A text is folded (fold_for_search). What is neither letter, mark nor digit parts. A run of ASCII is one token; a run of
// anything else gives its pairs of characters, each beginning one character behind the other, and its last character:
// the run ABC of three is AB, BC, C. A word that is looked for gives a phrase of such tokens, so that any part of such a
// run is found, and the beginning of an ASCII run. Tokens hold no blank, quote or backslash.

/// Changes when the same text would give other tokens: then indexes are made anew.
inline constexpr int token_rules = 1;
/// Longer runs of ASCII are cut: no word is that long, and an index has limits.
inline constexpr std::size_t max_token_bytes = 64;

/// In the order of the text.
std::vector<std::string> tokens_of(std::string_view text);

/// One word to look for.
struct Phrase {
    std::vector<std::string> tokens;  ///< side by side
    bool last_is_beginning = false;   ///< the last token may go on
    std::string folded;               ///< what a text that is found holds once it is folded
};
/// Words of one search; what is more is left out.
inline constexpr std::size_t max_phrases = 8;
/// Tokens of one word; what is more stands in `folded` only.
inline constexpr std::size_t max_phrase_tokens = 32;
/// Words parted by blanks. One without any letter or digit gives no phrase.
std::vector<Phrase> phrases_of(std::string_view words);

}  // namespace konseki
