#pragma once

#include "konseki/detect/rules.h"
#include "sigma/ast.h"
#include "sigma/fault.h"
#include "sigma/yaml.h"

namespace konseki::detect::sigma {

/// Values (all alternatives counted) of one rule: over 20 times the largest rule known; bounds what
/// lists, modifiers and repeated selections can ask for together.
constexpr std::size_t max_rule_tests = 100'000;

/// What making the tests of one rule needs besides its YAML.
struct TestContext {
    const Placeholders& placeholders;
    Warnings& warnings;
    std::size_t tests_left = max_rule_tests;
};

/// `field|modifiers: value` or `: [values]` as a tree of tests.
Parsed<Node> read_field(const YamlEntry& entry, TestContext& context);

/// A value without a field: searched for in every value of the event.
Parsed<Node> read_keyword(const YamlNode& value, TestContext& context);

/// Joins nodes under `kind`; one alone stands for itself, and children of the same kind without a
/// selection name are taken in.
Node join_nodes(Node::Kind kind, std::vector<Node> children);
Node negate(Node node);
/// Tests below and at a node.
std::size_t count_tests(const Node& node);

}  // namespace konseki::detect::sigma
