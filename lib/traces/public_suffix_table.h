#pragma once

#include <cstddef>

namespace konseki::traces {

/// One rule of the Public Suffix List: `co.jp`, `*.ck`, `!www.ck`; labels as Unicode.
struct SuffixRule {
    const char* rule;  ///< plain data: ten thousand constructors would take minutes to compile
    bool shared;       ///< from the private section
};
/// Sorted by bytes of `rule` followed by a blank; made from the package's list at build time.
extern const SuffixRule suffix_rules[];
extern const std::size_t suffix_rule_count;

}  // namespace konseki::traces
