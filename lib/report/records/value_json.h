#pragma once

#include <string_view>

#include "konseki/records/value.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// Nothing to print: null, an empty string, empty binary or an array without items.
bool is_empty(const records::Value& value);
/// A value as JSON: integers and booleans bare, everything else quoted, an array as a list (one item
/// alone); `when_empty` where there is nothing to print.
void append_value(render::JsonBuffer& out, const records::Value& value, std::string_view when_empty);
/// The value's text, escaped, without quotes.
void append_raw(render::JsonBuffer& out, const records::Value& value);

}  // namespace konseki::report
