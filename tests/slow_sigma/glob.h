#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::slow_sigma {

/// One step of a value of a rule: a character, `*`, `?`, or any of the five dashes.
struct GlobStep {
    enum class Kind : std::uint8_t { character, any_run, any_one, any_dash };
    Kind kind = Kind::character;
    char32_t character = 0;
};
using Glob = std::vector<GlobStep>;

/// Characters of UTF-8 text.
std::u32string code_points(std::string_view utf8);

/// Reads the text of a value with Sigma's escapes (sigma-rules-specification, "Escape Character").
Glob read_glob(std::string_view written);
/// Characters that all stand for themselves.
Glob literal_glob(std::string_view text);
/// True where a `*` or `?` is in it.
bool has_wildcard(const Glob& glob);
/// The characters of a glob without wildcards, as UTF-8.
std::string glob_text(const Glob& glob);
/// `-` and `/` before a word and not behind one become any_dash (modifier windash).
Glob with_any_dash(Glob glob);

/// Every character case-folded.
Glob folded(Glob glob);
/// The literal of `*literal*`; false for a glob of another form.
bool is_plain_contains(const Glob& glob, std::string& literal);

/// The whole text matches. For a comparison without case both sides are folded before.
bool glob_matches(const Glob& glob, std::u32string_view text);

}  // namespace konseki::slow_sigma
