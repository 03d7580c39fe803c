#pragma once

// What the Sigma front end gives to the engine: every rule as a tree of tests with all modifiers
// resolved. Source: SigmaHQ/sigma-specification 2.1.0; docs/sigma-decisions.md where it is silent.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "konseki/findings/rule.h"

namespace konseki::detect::sigma {

/// A piece of a pattern: literal text, `*`, `?`, or one of the dash characters that windash allows.
struct Piece {
    enum class Kind : std::uint8_t { text, any_run, any_one, dash };
    Kind kind = Kind::text;
    std::string text;  ///< UTF-8; folded unless the pattern is cased
    bool operator==(const Piece&) const = default;
};
/// Whole-value pattern: contains, startswith and endswith have become any_run pieces at the ends.
/// Adjacent any_run are one; adjacent texts are one.
struct Pattern {
    std::vector<Piece> pieces;
    bool cased = false;
    bool operator==(const Pattern&) const = default;
};

struct Cidr {
    std::uint8_t address[16] = {};  ///< IPv4 as ::ffff:a.b.c.d
    std::uint8_t prefix_bits = 128;
    bool operator==(const Cidr&) const = default;
};

enum class Compare : std::uint8_t { less, less_equal, greater, greater_equal };
enum class TimePart : std::uint8_t { none, minute, hour, day, week, month, year };

/// One test of one field. A keyword test has an empty field: any value of the event.
struct Test {
    enum class Kind : std::uint8_t {
        pattern,  ///< field's text matches `pattern`
        number,  ///< plain integer in the rule: numbers compare as numbers, else by text (`written`)
        regex,   ///< RE2 search, `written` with `flags`
        cidr,
        compare,     ///< number, or a part of a time when time_part is set
        time_equal,  ///< a part of a time equals number
        field_ref,  ///< equals / contains / startswith / endswith another field's text (`other_field`)
        is_null,  ///< absent, or present without a value
        exists,   ///< present, whatever its value (negated by a Not around it)
    };
    Kind kind = Kind::pattern;
    std::string field;
    Pattern pattern;
    std::string written;  ///< the value as it stands in the rule, for people; for regex the pattern
    bool ignore_case = false, multi_line = false, dot_all = false;  ///< regex
    Cidr cidr;
    Compare compare = Compare::less;
    TimePart time_part = TimePart::none;
    double number = 0;
    std::optional<std::int64_t> integer;  ///< number, where it is one exactly
    std::string other_field;
    enum class RefKind : std::uint8_t {
        equals,
        contains,
        starts_with,
        ends_with
    } ref_kind = RefKind::equals;
};

/// Boolean tree. Children of a Not: one. `selection` is the name of the detection item that a
/// subtree came from, on the topmost node of it, for the explanation of a hit.
struct Node {
    enum class Kind : std::uint8_t { all_of, any_of, negation, test, always, never };
    Kind kind = Kind::never;
    std::vector<Node> children;
    Test test;
    std::string selection;
};

/// `windows`, `process_creation`, `sysmon`, all lower case, empty where not given.
struct LogSource {
    std::string product, category, service;
};

struct Rule {
    findings::RuleInfo info;
    std::string name;  ///< `name:`, by which correlations may refer to it
    LogSource log_source;
    Node condition;
};

enum class CorrelationType : std::uint8_t {
    event_count,
    value_count,
    temporal,
    temporal_ordered,
    value_sum,
    value_avg,
    value_percentile,
    value_median,
    // Of our own form only (a document with a `konseki` block), since Sigma has no word for them.
    new_terms,     ///< values of the fields that the group did not have in the timespan before
    not_preceded,  ///< an event of the first rule with none of the second in the timespan before
};
/// Whether a correlation asks what was before, instead of what came together.
constexpr bool is_historic(CorrelationType type) {
    return type == CorrelationType::new_terms || type == CorrelationType::not_preceded;
}
struct Threshold {
    enum class Op : std::uint8_t { gt, gte, lt, lte, eq, neq } op = Op::gte;
    double value = 0;
};
/// Behind a field in an alias: its path without the extension of the last part (own rules only).
inline constexpr std::string_view stem_suffix = "|stem";

struct Correlation {
    findings::RuleInfo info;
    std::string name;
    CorrelationType type = CorrelationType::event_count;
    std::vector<std::uint32_t> rules;  ///< indices into RuleBook::order, in the order listed
    std::vector<std::string> group_by;
    std::int64_t timespan_ticks = 0;
    std::vector<Threshold> condition;  ///< all must hold; empty only for temporal types
    std::vector<std::string> value_fields;
    double percentile = 0;
    /// Extended temporal condition over the listed rules: a tree whose tests are rule positions (in
    /// Test::integer).
    std::optional<Node> expression;
    /// alias → per listed rule (same order as `rules`) the field it stands for; empty = the alias
    /// itself.
    std::vector<std::pair<std::string, std::vector<std::string>>> aliases;
    bool generate = false;
};

/// All documents of a run, filters already applied, references resolved.
struct RuleBook {
    std::vector<Rule> rules;
    std::vector<Correlation> correlations;
    /// Order of all usable documents (origin, file, document): an index into rules, or into
    /// correlations.
    struct Entry {
        bool is_correlation = false;
        std::uint32_t index = 0;
    };
    std::vector<Entry> order;
    /// For each entry of `order`: only feeds correlations, makes no finding of its own.
    std::vector<bool> base_only;
    std::vector<findings::RuleProblem> problems;
};

}  // namespace konseki::detect::sigma
