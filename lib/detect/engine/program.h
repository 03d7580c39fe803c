#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/flat.h"
#include "engine/gram_filter.h"
#include "engine/keyword_scan.h"
#include "engine/runtime.h"
#include "engine/short_scan.h"
#include "engine/values.h"

namespace konseki::detect {

/// A rule that may fire on events of a class, by one of its routes.
struct Candidate {
    std::uint32_t rule = 0;   ///< into Flat::rules
    std::uint32_t route = 0;  ///< into Flat::routes
};

/// A field as rules of a program see it. The three are indices into the class's names.
struct Input {
    FieldSource source;
    std::uint32_t direct = no_index, first = no_index, second = no_index;
};

/// Tree in prefix order: the children of a node follow it, up to `end`.
struct ProgramNode {
    NodeKind kind = NodeKind::never;  ///< all_of, any_of, negation, test, always, never
    std::uint32_t end = 0;
    std::uint32_t test = 0;  ///< into Program::tests
};
struct ProgramTest {
    std::uint32_t flat = 0;  ///< into Flat::tests; of a list into Flat::nodes
    std::uint32_t input = 0;
    std::uint32_t other_input = 0;      ///< field_ref
    const ListMatcher* list = nullptr;  ///< for a list
    bool is_field_ref = false;
};
struct ProgramRule {
    Candidate candidate;
    std::uint32_t condition = 0;  ///< of the route, into Program::nodes
    std::uint32_t root = 0;       ///< of the rule
};

/// The literals that are looked for in one input.
struct Gate {
    std::uint32_t input = 0;
    GramFilter filter;  ///< ids are indices into Program::literals, here and below
    ShortScan shorts;
    std::uint32_t beyond_ascii =
        no_index;  ///< `any character beyond ASCII`, where a rule asks for it
};

/// What is evaluated for events of one class (channel, provider, event id) that have the same fields.
/// Immutable; shared by threads.
struct Program {
    std::vector<Input> inputs;  ///< the first is "any value", for keywords
    std::vector<ProgramTest> tests;
    std::vector<ProgramNode> nodes;
    std::vector<ProgramRule> rules;  ///< sorted by rule, routes of a rule in their order
    std::vector<Gate> gates;
    /// Literals in any value of the event; empty filter where no rule has keywords.
    GramFilter keywords;
    const KeywordScan* keyword_scan = nullptr;  ///< of these literals; shared by programs
    std::vector<Range> literals;                ///< per literal, its part of literal_rules
    std::vector<std::uint32_t> literal_rules;   ///< into `rules`
    std::vector<std::uint64_t> ungated;         ///< bit per rule: looked at for every event
    bool is_idle = false;  ///< no gates and no ungated rules: only keywords can make a rule fire
};

/// What a rule can do on events of a class and set of fields.
enum class Reach : std::uint8_t { possible, blind, other_event };
struct RuleReach {
    std::uint32_t rule = 0;
    Reach reach = Reach::possible;
    std::vector<std::uint32_t> missing;  ///< names that are absent, where blind
};

/// Events that the same rules can fire on.
struct ClassTraits {
    std::vector<Candidate> candidates;  ///< sorted by rule, routes of a rule in their order
    std::vector<std::uint32_t> names;   ///< fields that the candidates read, sorted
    /// The event id, where all events of the class have this one; tests on it are decided then.
    std::optional<std::uint32_t> event_id;
};
/// Which of ClassTraits::names the events have: a bit per name. Null: not known, any may be absent.
using Presence = std::vector<std::uint64_t>;

struct BuiltProgram {
    std::unique_ptr<Program> program;
    std::vector<RuleReach> reach;
};
BuiltProgram build_program(const Flat& flat, const Runtime& runtime, const ClassTraits& traits,
                           const Presence* presence);

/// Names of fields that a tree reads, appended (field_ref included).
void append_names(const Flat& flat, std::uint32_t root, std::vector<std::uint32_t>& out);

}  // namespace konseki::detect
