#pragma once

#include <optional>
#include <string>
#include <vector>

#include "konseki/traces/collect.h"

// What is known about a value while runs are written and merged. Merging is associative and commutative,
// so the result does not depend on which thread saw what, nor on when memory was full.
namespace konseki::traces {

/// A spelling with the earliest place where it stands.
struct Spelling {
    Place first;
    std::string text;
    auto operator<=>(const Spelling&) const = default;
};

struct Row {
    TraceType type{};
    bool victim = false;
    std::uint8_t level = 0;
    Time first, last;  ///< Time{} = none
    std::uint64_t count = 0;
    std::string value, domain;
    std::vector<Spelling> written;   ///< sorted, at most max_written
    std::vector<std::string> hosts;  ///< sorted, at most max_hosts
    std::vector<Place> lines;        ///< sorted, at most max_lines
    bool operator==(const Row&) const = default;
};

/// Order of the lines: type, then bytes of the value.
inline bool same_value(const Row& a, const Row& b) {
    return a.type == b.type && a.value == b.value;
}
inline bool row_before(const Row& a, const Row& b) {
    return a.type != b.type ? a.type < b.type : a.value < b.value;
}

/// Adds what `other` knows about the same value.
void merge_into(Row& row, Row&& other);
TraceLine to_line(Row&& row);

/// An encoded row is shorter than this: value, domain, spellings, hosts and places are all capped.
inline constexpr std::size_t max_row_bytes = 20 * 1024;
/// Appends the row with its length before it.
void encode(std::vector<std::byte>& out, const Row& row);
/// Reads a row from the start of `bytes` and moves past it; nothing where the bytes are not whole or not
/// ours (the spill file was changed by somebody else).
bool decode(Bytes& bytes, Row& row);

/// Earlier and later of two times of which Time{} means none.
inline Time earlier(Time a, Time b) { return a == Time{} || (b != Time{} && b < a) ? b : a; }
inline Time later(Time a, Time b) { return a == Time{} || (b != Time{} && a < b) ? b : a; }

}  // namespace konseki::traces
