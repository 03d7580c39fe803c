#pragma once

#include <cstdint>
#include <vector>

#include "engine/evaluation.h"
#include "konseki/detect/match.h"

namespace konseki::detect {

/// What explaining the hits of one rule under one binding needs, worked out once: the rule's whole tree
/// (a program leaves out what is decided) with the places of its tests in the program, and the filters
/// that such records can never be tested for.
struct HitPlan {
    /// all_of, any_of and negation have children, up to `end`; a list speaks for its own.
    struct Node {
        NodeKind kind = NodeKind::never;
        std::uint32_t end = 0;          ///< prefix order, as ProgramNode
        std::uint32_t flat = 0;         ///< test: into Flat::tests; list: into Flat::nodes
        std::uint32_t test = no_index;  ///< into Program::tests, where the program asks it
        FieldSource source;
        SourceFields fields;
    };
    const FlatRoute* route = nullptr;
    std::vector<Node> nodes;
    std::vector<Explanation::Unchecked> unchecked;
};

/// Makes the plan of rule `index` of the program at hand.
void make_plan(Evaluation& evaluation, std::uint32_t index, HitPlan& out);

}  // namespace konseki::detect
