#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "page.h"

namespace konseki::report {

/// An advice that rules give, and for which hosts.
struct Advised {
    std::string id;
    std::uint64_t times = 0;           ///< rules on hosts that give it
    std::vector<std::uint32_t> hosts;  ///< in the order of the story
};

/// Which list of a rule is asked for.
using AdviceList = std::vector<std::string> findings::OwnTexts::*;

/// What rules that fired on hosts with signs, or with something to look at, advise: most often first, then
/// as it comes. Findings below medium have no say.
std::vector<Advised> most_advised(const PageData& data, AdviceList list);

/// The order without its reasons: texts of advice begin with it.
std::string_view first_sentence(std::string_view text, render::Language language);

}  // namespace konseki::report
