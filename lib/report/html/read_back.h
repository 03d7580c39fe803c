#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::report {

/// A field of a record; a list of values has its place in the list with each.
struct ShownField {
    std::string name;   ///< `Data[3]` where the field has several values
    std::string value;  ///< empty for null
};

/// What made a rule fire.
struct ShownMatch {
    std::string field, value, pattern;
};

/// Reads back what FindingPrinter printed: the object of the fields, `most` of them at most. `all` is how many there
/// are. What is not of that form ends the list: it is never more than was printed.
std::vector<ShownField> read_fields(std::string_view json, std::size_t most, std::size_t& all);
/// The same for the array of what matched.
std::vector<ShownMatch> read_matches(std::string_view json);

}  // namespace konseki::report
