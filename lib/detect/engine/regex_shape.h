#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::detect {

/// What can be said about a regular expression without running it.
struct RegexShape {
    /// One of these folded texts occurs in every folded text that matches. Empty: nothing is known.
    std::vector<std::string> required;
    /// Every such set that the expression has (at most 16), `required` among them: of each, one text occurs.
    std::vector<std::vector<std::string>> all;
    /// A matching text has at least so many code points (so at least so many bytes).
    std::uint32_t minimum = 0;
    /// The expression is `.{n,}`, `(.){n,}` or the same with a fixed count: it asks for a run of n
    /// characters (none of them a line break, unless dot_all). RE2's automaton for it is huge.
    std::optional<std::uint32_t> run;
};

/// Reads RE2 syntax. Where it meets something that it does not know, it claims less, never more.
RegexShape analyse_regex(std::string_view pattern);

}  // namespace konseki::detect
