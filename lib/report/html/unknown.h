#pragma once

#include <array>

#include "page.h"

namespace konseki::report {

/// The answer of the first sheet to what is not known, and how to learn it.
void write_unknown(Page& page);

/// Hosts on which nothing of each sight was recorded.
std::array<std::vector<std::uint32_t>, story::sight_count> hosts_without_sight(
    const story::Story& story);

}  // namespace konseki::report
