#include "sigma/condition.h"

#include <doctest/doctest.h>

#include <string>

#include "sigma/tree_text.h"

using namespace konseki::detect::sigma;

namespace {

struct Answer {
    std::string tree;  ///< or the reason of the refusal
    Warnings warnings;
    std::vector<Item> items;
};

/// A condition over identifiers that each test field `f` for their own name.
Answer read(std::string_view condition,
            std::vector<std::string> names = {"a", "b", "sel_1", "sel_2", "_sel_3"}) {
    Answer answer;
    for (const std::string& name : names) {
        Item item{name, 1, {}, false};
        item.node.kind = Node::Kind::test;
        item.node.test.field = name;
        item.node.test.kind = Test::Kind::exists;
        item.node.selection = name;
        answer.items.push_back(std::move(item));
    }
    const konseki::detect::Placeholders none;
    TestContext context{none, answer.warnings};
    const auto node = read_condition(condition, 1, answer.items, context);
    std::string text = node ? to_text(*node) : node.error().reason;
    for (std::size_t at; (at = text.find(" exists")) != std::string::npos;) text.erase(at, 7);
    answer.tree = text;
    return answer;
}

struct Row {
    const char* condition;
    const char* tree;
};

}  // namespace

// Order of precedence: sigma-rules-specification.md, "Condition".
TEST_CASE("condition: or binds loosest, then and, then not, then of") {
    const Row rows[] = {
        {"a", "a"},
        {"a and b", "(and a b)"},
        {"a or b and sel_1", "(or a (and b sel_1))"},
        {"a and b or sel_1", "(or (and a b) sel_1)"},
        {"not a and b", "(and (not a) b)"},
        {"not (a and b)", "(not (and a b))"},
        {"not not a", "a"},
        {"a and not 1 of sel*", "(and a (not (or sel_1 sel_2)))"},
        {"(a or b) and (sel_1)", "(and (or a b) sel_1)"},
        {"a and b and sel_1", "(and a b sel_1)"},
        {"a\n  or   b", "(or a b)"},
    };
    for (const Row& row : rows) {
        INFO(row.condition);
        CHECK(read(row.condition).tree == row.tree);
    }
}

TEST_CASE("condition: of takes patterns and them, and leaves out what starts with an underscore") {
    const Row rows[] = {
        {"1 of sel_*", "(or sel_1 sel_2)"},
        {"any of sel_*", "(or sel_1 sel_2)"},
        {"all of sel_*", "(and sel_1 sel_2)"},
        {"all of them", "(and a b sel_1 sel_2)"},
        {"1 of them", "(or a b sel_1 sel_2)"},
        {"1 of s*2", "sel_2"},
        {"1 of *_*", "(or sel_1 sel_2)"},
        {"1 of _sel*", "_sel_3"},
        {"all of a", "a"},
        {"not 1 of sel_*", "(not (or sel_1 sel_2))"},
    };
    for (const Row& row : rows) {
        INFO(row.condition);
        CHECK(read(row.condition).tree == row.tree);
    }
}

TEST_CASE("condition: operators are read in any case unless an identifier is spelt so") {
    CHECK(read("a AND NOT b").tree == "(and a (not b))");
    CHECK(read("ALL OF sel_*").tree == "(and sel_1 sel_2)");
    CHECK(read("1 Of Them").tree == "(or a b sel_1 sel_2)");
    CHECK(read("AND and b", {"AND", "b"}).tree == "(and AND b)");
    CHECK(read("all and 1", {"all", "1"}).tree == "(and all 1)");
}

TEST_CASE("condition: what cannot be meant refuses the rule") {
    const Row rows[] = {
        {"", "the condition is empty"},
        {"a and", "the condition ends too early"},
        {"(a", "a `)` is missing in the condition"},
        {"a)", "`)` is not expected in the condition"},
        {"a b", "`b` is not expected in the condition"},
        {"c", "the condition names the unknown identifier `c`"},
        {"sel_*", "the condition names the unknown identifier `sel_*`"},
        {"1 of filter_*", "no identifier fits `filter_*`"},
        {"all of x*", "no identifier fits `x*`"},
        {"2 of them", "only `1 of`, `any of` and `all of` are known, not `2 of`"},
        {"1 of", "a pattern is missing after `of`"},
        {"a | count() > 1", "`|` is not expected in the condition"},
    };
    for (const Row& row : rows) {
        INFO(row.condition);
        CHECK(read(row.condition).tree == row.tree);
    }
    CHECK(read("1 of them", {"_a"}).tree == "no identifier fits `them`");
}

TEST_CASE("condition: depth and repeated use are capped") {
    const std::string deep = std::string(200, '(') + "a" + std::string(200, ')');
    CHECK(read(deep).tree == "the condition nests too deep");
    std::string many = "a";
    for (std::size_t i = 0; i <= max_rule_tests; ++i) many += " or a";
    CHECK(read(many).tree == "more than 100,000 values in one rule");
}

TEST_CASE("condition: a pattern without a star is warned of, and the used identifiers are marked") {
    const Answer answer = read("1 of sel_1 and b");

    CHECK(answer.warnings.size() == 1);
    CHECK(!answer.items[0].used);
    CHECK(answer.items[1].used);
    CHECK(answer.items[2].used);
}

TEST_CASE("condition: the topmost node of an identifier carries its name") {
    Answer answer = read("a");
    const konseki::detect::Placeholders none;
    TestContext context{none, answer.warnings};

    const auto node = read_condition("a and b", 1, answer.items, context);

    REQUIRE(node);
    CHECK(node->selection.empty());
    CHECK(node->children[0].selection == "a");
    CHECK(node->children[1].selection == "b");
}
