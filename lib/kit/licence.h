#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace konseki::kit {

/// The longest licence in use, GPL 3, has 35 KB.
inline constexpr std::size_t max_licence_bytes = 256 * 1024;

/// How well a file name says that it holds the licence of the rules beside it: 0 not at all; SigmaHQ's
/// own file for its rules comes before LICENSE, COPYING comes last.
int licence_rank(std::string_view file_name);

/// What a licence's text is called: the SPDX identifier of a well-known one by its title (`DRL-1.1`,
/// `MIT`, `Apache-2.0`, `GPL-3.0`), else its first line, 80 characters at most. Empty for an empty text.
std::string licence_name(std::string_view text);

}  // namespace konseki::kit
