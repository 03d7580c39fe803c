#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace konseki::report {

/// Bytes of a text, from `begin` to before `end`.
struct Stretch {
    std::size_t begin = 0, end = 0;
    bool operator==(const Stretch&) const = default;
};

/// Where in a value stands what a rule asks for, without regard to case (base/text.h, fold). `pattern` is as the rule
/// writes it: wildcards part it into literals, and a dash may stand as a slash. Where it does not stand there as it is
/// (regular expressions, networks, numbers that are compared) the whole value is what matched. Never empty unless the
/// value is; in order, and apart.
std::vector<Stretch> matched_text(std::string_view value, std::string_view pattern);

/// The same stretches in order, with those that touch made one.
std::vector<Stretch> joined(std::vector<Stretch> stretches);

}  // namespace konseki::report
