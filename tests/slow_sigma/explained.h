#pragma once

#include <cstddef>
#include <string>

namespace konseki::slow_sigma {

/// Why our hits of a rule in a file differ from those of the Python evaluator behind
/// expected-matches.tsv; empty where no cause is known.
std::string why_different(const std::string& path, const std::string& rule, std::size_t ours,
                          std::size_t theirs);

}  // namespace konseki::slow_sigma
