#pragma once

// The compiled rules: flat tables that refer to each other by index. They are built once from the
// front end's trees (flatten.h), are what a pack holds (pack.h), and are never changed afterwards.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/literals.h"
#include "sigma/ast.h"
#include "sigma/log_sources.h"

namespace konseki::detect {

inline constexpr std::uint32_t no_index = 0xffffffff;

/// Text in Flat::pool. Equal texts have equal places.
struct Text {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
    bool operator==(const Text&) const = default;
};
/// Consecutive entries of another table.
struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    bool operator==(const Range&) const = default;
};

/// How a pattern is matched, decided once: the common forms need no walk over pieces.
enum class PatternForm : std::uint8_t { equal, prefix, suffix, contains, anything, pieces };

struct FlatPiece {
    std::uint32_t kind = 0;  ///< sigma::Piece::Kind
    Text text;
};
struct FlatTest {
    std::uint8_t kind = 0;  ///< sigma::Test::Kind
    std::uint8_t form = 0;  ///< PatternForm, for patterns
    std::uint8_t cased = 0;
    std::uint8_t flags = 0;      ///< regex: bits of RegexFlag
    std::uint8_t compare = 0;    ///< sigma::Compare
    std::uint8_t time_part = 0;  ///< sigma::TimePart
    std::uint8_t ref_kind = 0;   ///< sigma::Test::RefKind
    std::uint8_t prefix_bits = 0;
    std::uint8_t has_integer = 0;
    std::uint8_t beyond_ascii = 0;  ///< pattern: holds characters whose folded form is not ASCII
    std::uint8_t spare[2] = {};
    std::uint32_t field = 0;         ///< into Flat::names; 0 is the empty name: any value
    std::uint32_t other_field = 0;   ///< into Flat::names
    Text written;                    ///< as it stands in the rule
    Range pieces;                    ///< into Flat::pieces
    Text literal;                    ///< folded text that any matching value holds, or empty
    std::uint32_t literal_cost = 0;  ///< how common it is expected to be (literals.h)
    double number = 0;
    std::int64_t integer = 0;
    std::uint8_t address[16] = {};
};
enum RegexFlag : std::uint8_t { regex_ignore_case = 1, regex_multi_line = 2, regex_dot_all = 4 };

/// Kinds are those of sigma::Node, and `list`: an any_of of many patterns of one field.
enum class NodeKind : std::uint32_t { all_of, any_of, negation, test, always, never, list };
struct FlatNode {
    NodeKind kind = NodeKind::never;
    Range children;  ///< into Flat::nodes, all behind this node
    /// Into Flat::tests. Of a list: what it costs as a gate, no_index where it cannot be one.
    std::uint32_t test = 0;
    Text selection;
};
/// An any_of becomes a list from this many patterns on: below, testing one by one is as fast.
inline constexpr std::size_t list_minimum = 12;
/// Depth of condition trees: SigmaHQ's deepest is below 10; recursion must stay small on the stack.
inline constexpr std::uint32_t max_node_depth = 64;

/// Cost of a pattern as a gate: of its literal, or of a character beyond ASCII where that is rarer.
/// no_index where it has neither.
inline std::uint32_t pattern_gate_cost(const FlatTest& test) {
    const std::uint32_t by_literal = test.literal.size != 0 ? test.literal_cost : no_index;
    if (test.literal.size >= gram_bytes || test.beyond_ascii == 0) return by_literal;
    return by_literal < beyond_ascii_cost ? by_literal : beyond_ascii_cost;
}
/// Cost of a gate that asks for one of several literals, from the sum and the largest of their costs.
inline std::uint32_t gate_cost_of_any(std::uint64_t sum, std::uint32_t largest) {
    const std::uint64_t cost = largest + sum / 16;
    return cost < no_index ? static_cast<std::uint32_t>(cost) : no_index - 1;
}

struct FlatMap {
    std::uint32_t sigma = 0;  ///< into Flat::names
    std::uint32_t how = 0;    ///< sigma::Route::FieldMap::How
    Range from;               ///< into Flat::refs, which hold indices into Flat::names
    Range values;             ///< into Flat::pairs
    Text key;
    std::uint32_t position = 0;
    std::uint32_t only_if_absent = 0;
};
struct FlatPair {
    Text key, value;
};
struct FlatRoute {
    Text channel;
    Text provider;
    Range event_ids;              ///< into Flat::refs
    Range maps;                   ///< into Flat::maps
    std::uint32_t condition = 0;  ///< into Flat::nodes
};
/// One per entry of RuleBook::order, so its index is the rule's number everywhere.
struct FlatRule {
    std::uint32_t root = no_index;  ///< into Flat::nodes; no_index for a correlation
    Range routes;                   ///< into Flat::refs, which hold indices into Flat::routes
    Range event_ids;                ///< into Flat::refs: it can fire on these only; empty = on any
    std::uint32_t base_only = 0;
};

struct Flat {
    std::string pool;
    std::vector<Text> names;  ///< field names; the first is empty
    std::vector<FlatPiece> pieces;
    std::vector<FlatTest> tests;
    std::vector<FlatNode> nodes;
    std::vector<std::uint32_t> refs;
    std::vector<FlatPair> pairs;
    std::vector<FlatMap> maps;
    std::vector<FlatRoute> routes;
    std::vector<FlatRule> rules;

    std::string_view text(Text at) const {
        return std::string_view(pool).substr(at.offset, at.size);
    }
    std::string_view name(std::uint32_t index) const { return text(names[index]); }
    template <class T>
    static std::span<const T> part(const std::vector<T>& table, Range range) {
        return std::span(table).subspan(range.first, range.count);
    }
    sigma::Test::Kind test_kind(std::uint32_t index) const {
        return static_cast<sigma::Test::Kind>(tests[index].kind);
    }
};

}  // namespace konseki::detect
