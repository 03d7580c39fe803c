#pragma once

#include <string_view>
#include <vector>

#include "sigma/ast.h"

namespace konseki::detect::sigma {

using Pieces = std::vector<Piece>;

/// Reads a value of a rule with Sigma's wildcards and escapes (sigma-rules-specification.md,
/// "String Wildcard" and "Escape Character"): `\*`, `\?` and `\\` stand for the second character,
/// any other backslash for itself. Texts stay as written (not folded).
Pieces read_pattern(std::string_view written);

bool has_wildcard(const Pieces& pieces);
/// The text of pieces without wildcards and dashes.
std::string plain_text(const Pieces& pieces);

/// Put `*` in front or behind, unless one is there.
void open_front(Pieces& pieces);
void open_back(Pieces& pieces);

/// Turns each `-` and `/` at the start of a word (after anything that is no word character or at
/// the start of a text, before a word character) into a dash piece: the option dashes that windash
/// means.
void mark_dashes(Pieces& pieces);

/// Merges neighbours and folds the texts unless `cased`.
Pattern finish_pattern(Pieces pieces, bool cased);

}  // namespace konseki::detect::sigma
