#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sigma/fault.h"

namespace konseki::detect::sigma {

/// The modifiers of Sigma 2.1.0 (sigma-appendix-modifiers.md).
enum class Modifier : std::uint8_t {
    contains,
    starts_with,
    ends_with,
    windash,
    expand,
    base64,
    base64offset,
    utf16,
    utf16le,
    utf16be,
    all,
    cased,
    neq,
    re,
    ignore_case,
    multi_line,
    dot_all,
    cidr,
    exists,
    field_ref,
    less,
    less_equal,
    greater,
    greater_equal,
    minute,
    hour,
    day,
    week,
    month,
    year,
};

/// `field|modifier|modifier`, taken apart and checked: the order and company of the modifiers is
/// legal.
struct Chain {
    std::string field;  ///< empty: keywords
    /// What changes the value, in the order written (contains .. utf16be).
    std::vector<Modifier> steps;
    /// What the value is: re, cidr, exists, field_ref or a comparison; contains when a plain value.
    Modifier kind = Modifier::contains;
    Modifier time_part = Modifier::contains;  ///< minute .. year; contains when none
    bool all = false, cased = false, neq = false;
    bool ignore_case = false, multi_line = false, dot_all = false;

    bool has(Modifier step) const;
    bool is_plain() const { return kind == Modifier::contains; }
    bool has_time_part() const { return time_part != Modifier::contains; }
};

/// Reads a key of a detection map. Fails on an unknown modifier and on modifiers that do not go
/// together.
Parsed<Chain> read_chain(std::string_view key, std::uint32_t line);

/// The name of a field as the engine knows it: real paths (`Event.EventData.X`, `EventData.X`,
/// `System.Provider.Name`, `UserData.A.B`) become `X`, `Provider_Name` and `B`.
std::string plain_field(std::string_view name);

}  // namespace konseki::detect::sigma
