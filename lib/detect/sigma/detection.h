#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "sigma/field.h"

namespace konseki::detect::sigma {

/// One search identifier of a `detection` (or of a filter, or a rule name in a correlation's
/// condition).
struct Item {
    std::string name;
    std::uint32_t line = 0;
    Node node;          ///< its topmost node carries the name as `selection`
    bool used = false;  ///< by a condition
};

/// Reads all identifiers of a map but the keys in `skip` (`condition` and the like). How maps and
/// lists combine: sigma-rules-specification.md, "Search-Identifier"; docs/sigma-decisions.md for
/// mixed lists.
Parsed<std::vector<Item>> read_items(const YamlNode& map,
                                     std::initializer_list<std::string_view> skip,
                                     TestContext& context);

}  // namespace konseki::detect::sigma
