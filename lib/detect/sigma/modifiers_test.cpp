#include <doctest/doctest.h>

#include <string>

#include "sigma/detection.h"
#include "sigma/tree_text.h"

using namespace konseki::detect::sigma;

namespace {

const konseki::detect::Placeholders lists = {
    {"users", {"adm*", "root"}}, {"nets", {"10.0.0.0/8", "fe80::/10"}}, {"none", {}}};

struct Answer {
    std::string tree;  ///< or the reason of the refusal
    Warnings warnings;
};

/// One map of a detection, as YAML, as its tree.
Answer read(std::string_view yaml) {
    Answer answer;
    const auto documents = read_yaml("selection:\n  " + std::string(yaml) + "\n");
    REQUIRE(documents.size() == 1);
    REQUIRE(!documents[0].error);
    TestContext context{lists, answer.warnings};
    const auto items = read_items(documents[0].root, {}, context);
    answer.tree = items ? to_text(items->front().node) : items.error().reason;
    return answer;
}

struct Row {
    const char* yaml;
    const char* tree;
};

template <std::size_t N>
void check(const Row (&rows)[N]) {
    for (const Row& row : rows) {
        INFO(row.yaml);
        CHECK(read(row.yaml).tree == row.tree);
    }
}

}  // namespace

TEST_CASE("values: strings, numbers, booleans, null and empty are told apart") {
    check({{"f: abc", "f:abc"},
           {"f: 4688", "f#4688"},
           {"f: '4688'", "f:4688"},
           {"f: 0x17", "f:0x17"},
           {"f: 1.10", "f:1.10"},
           {"f: yes", "f:yes"},
           {"f: true", "f:true"},
           {"f: ''", "f:"},
           {"f: null", "f null"},
           {"f:", "f null"},
           {"f: []", "f null"},
           {"f: [a, null]", "(or f:a f null)"},
           {"f: -5", "f#-5"},
           {"f: ABC*d?", "f:abc*d?"}});
}

TEST_CASE("values: maps are and, lists are or, lists of maps are or, mixed lists are both") {
    check({{"{a: 1, b: [x, y]}", "(and a#1 (or b:x b:y))"},
           {"[{a: x, b: y}, {c: z}]", "(or (and a:x b:y) c:z)"},
           {"[foo, {a: x}]", "(or :*foo* a:x)"},
           {"foo", ":*foo*"},
           {"[foo, 'b*r', '*end']", "(or :*foo* :*b*r* :*end*)"},
           {"{'|all': [foo, 12]}", "(and :*foo* :*12*)"},
           {"{'|re': 'a.b'}", ":/a.b/"},
           {"{'|startswith': foo}", ":foo*"},
           {"{f|startswith: a, f|endswith: b}", "(and f:a* f:*b)"}});
}

TEST_CASE("modifiers: contains, startswith and endswith open the ends") {
    check({{"f|contains: ab", "f:*ab*"},
           {"f|startswith: ab", "f:ab*"},
           {"f|endswith: '\\ab'", "f:*\\ab"},
           {"f|contains: '*ab'", "f:*ab*"},
           {"f|contains: '\\Temp\\'", "f:*\\temp\\*"},
           {"f|contains: ''", "f:*"},
           {"f|contains: 12", "f:*12*"},
           {"f|startswith|endswith: a", "f:*a*"},
           {"f|contains: null", "null cannot take this modifier"},
           {"f|contains: true", "true and false cannot take this modifier"}});
}

TEST_CASE("modifiers: all links a list by and, neq negates the whole") {
    check({{"f|contains|all: [a, b]", "(and f:*a* f:*b*)"},
           {"f|all|contains: [a, b]", "(and f:*a* f:*b*)"},
           {"f|neq: [a, b]", "(not (or f:a f:b))"},
           {"f|all|neq: [a, b]", "(not (and f:a f:b))"},
           {"f|neq: 5", "(not f#5)"},
           {"'|neq': a", "`neq` needs a field name"}});
    CHECK(read("f|all: a").warnings.size() == 1);
}

TEST_CASE("modifiers: cased keeps case before and after contains") {
    check({{"f|cased: AbC", "f:AbC/c"},
           {"f|contains|cased: AbC", "f:*AbC*/c"},
           {"f|cased|contains: 'A*C'", "f:*A*C*/c"},
           {"f|re|cased: A", "`cased` works on plain values only"}});
}

TEST_CASE("modifiers: windash works on the texts between wildcards, before and after contains") {
    check({{"f|windash|contains: ' -a'", "f:* ~a*"},
           {"f|contains|windash: ' -a /b c-d'", "f:* ~a ~b c-d*"},
           {"f|contains|all|windash: [' -a', '-b']", "(and f:* ~a* f:*~b*)"},
           {"f|windash: ' -a*-b'", "f: ~a*~b"}});
}

TEST_CASE("modifiers: re takes the text as it stands, with its flags") {
    check({{"f|re: '\\d+\\\\x*'", "f:/\\d+\\\\x*/"},
           {"f|re|i: a", "f:/a/i"},
           {"f|re|i|m|s: a", "f:/a/ims"},
           {"f|re|multiline|dotall: a", "f:/a/ms"},
           {"f|re: 12", "f:/12/"},
           {"f|re|contains: a", "f:/a/"},
           {"f|contains|re: a", "`re` must be the first modifier"},
           {"f|i: a", "`i` stands without `re` before it"},
           {"f|re|endswith: a", "these modifiers do not go together"}});
    CHECK(read("f|re: '(?=x)y'").tree.starts_with("regular expression: "));
    CHECK(read("f|re: '(a)\\1'").tree.starts_with("regular expression: "));
    CHECK(read("f|re: '((a{1000}){1000}){1000}'").tree.starts_with("regular expression: "));
}

TEST_CASE("modifiers: cidr reads networks and refuses anything else") {
    check({{"f|cidr: 10.0.0.0/8", "f in 10.0.0.0/8"},
           {"f|cidr: ['fe80::/10', 127.0.0.1]", "(or f in fe80::/10 f in 127.0.0.1)"},
           {"f|cidr: 10.*", "`10.*` is no IP network"},
           {"f|contains|cidr: 10.0.0.0/8", "`cidr` must be the first modifier"}});
    CHECK(read("f|cidr: 10.0.0.1/8").warnings.size() == 1);
}

TEST_CASE("modifiers: base64 and base64offset encode bytes and keep case") {
    check({{"f|base64: foo", "f:Zm9v/c"},
           {"f|base64|contains: foob", "f:*Zm9vYg==*/c"},
           {"f|base64offset|contains: foo", "(or f:*Zm9v*/c f:*Zvb*/c f:*mb2*/c)"},
           {"f|base64offset|contains: 'f\\*'", "(or f:*Zi*/c f:*Yq*/c f:*mK*/c)"},
           {"f|wide|base64offset|contains: ab", "(or f:*YQBiA*/c f:*EAYg*/c f:*hAGIA*/c)"},
           {"f|utf16le|base64: a", "f:YQA=/c"},
           {"f|utf16be|base64: a", "f:AGE=/c"},
           {"f|utf16|base64: a", "f://5hAA==/c"},
           {"f|base64: 'a*'", "a wildcard cannot be encoded"},
           {"f|contains|base64offset: a",
            "`base64offset` cannot encode wildcards: write it before `contains`"},
           {"f|base64|wide: a", "`wide` cannot stand after an encoding"},
           {"f|wide: a", "never"}});
    CHECK(read("f|base64offset: foo").warnings.size() == 1);
}

TEST_CASE("modifiers: windash before an encoding writes every dash") {
    const std::string tree = read("f|windash|base64|contains: ' -a'").tree;

    CHECK(tree == "(or f:*IC1h*/c f:*IC9h*/c f:*IOKAk2E=*/c f:*IOKAlGE=*/c f:*IOKAlWE=*/c)");
}

TEST_CASE("modifiers: all with values that expand links values by and, expansions by or") {
    const std::string tree = read("f|base64offset|contains|all: [foo, bar]").tree;

    CHECK(tree == "(and (or f:*Zm9v*/c f:*Zvb*/c f:*mb2*/c) (or f:*YmFy*/c f:*Jhc*/c f:*iYX*/c))");
}

TEST_CASE("modifiers: exists takes true or false and stands alone") {
    check({{"f|exists: true", "f exists"},
           {"f|exists: false", "(not f exists)"},
           {"f|exists: 1", "`exists` needs true or false"},
           {"f|exists: 'true'", "`exists` needs true or false"},
           {"f|exists|neq: true", "`exists` must be the only modifier"},
           {"'|exists': true", "keywords cannot take this modifier: it needs a field name"}});
}

TEST_CASE("modifiers: comparisons need numbers that are not quoted") {
    check({{"f|gt: 5", "f > 5"},
           {"f|gte: 1.5", "f >= 1.5"},
           {"f|lt: -3", "f < -3"},
           {"f|lte: 0x10", "f <= 0x10"},
           {"f|gt: [1, 2]", "(or f > 1 f > 2)"},
           {"f|gt|neq: 1", "(not f > 1)"},
           {"f|gt: '5'", "this modifier needs a number, not `5`"},
           {"f|gt: abc", "this modifier needs a number, not `abc`"},
           {"f|gt: nan", "this modifier needs a number, not `nan`"},
           {"f|gt|lt: 1", "`lt` cannot follow another such modifier"}});
}

TEST_CASE("modifiers: parts of a time are compared with whole numbers") {
    check({{"f|hour: 3", "f hour = 3"},
           {"f|hour|gt: 3", "f hour > 3"},
           {"f|week: [1, 52]", "(or f week = 1 f week = 52)"},
           {"f|minute|neq: 0", "(not f minute = 0)"},
           {"f|year|gte: 2020", "f year >= 2020"},
           {"f|gt|hour: 3", "`hour` must be the first modifier"},
           {"f|hour: 1.5", "a part of a time is a whole number, not `1.5`"},
           {"f|day|contains: 1", "a part of a time can only be compared with a number"}});
}

TEST_CASE("modifiers: fieldref takes the name of a field in four forms") {
    check({{"f|fieldref: g", "f = $g"},
           {"f|fieldref|contains: g", "f contains $g"},
           {"f|fieldref|startswith: g", "f startswith $g"},
           {"f|endswith|fieldref: g", "f endswith $g"},
           {"f|fieldref|neq: g", "(not f = $g)"},
           {"f|fieldref: 'g*'", "`fieldref` needs the name of a field"}});
}

TEST_CASE("modifiers: expand puts in the person's lists or refuses") {
    check({{"f|expand: '%users%'", "(or f:adm* f:root)"},
           {"f|expand|contains: 'x%users%y'", "(or f:*xadm*y* f:*xrooty*)"},
           {"f|contains|expand: '%users%'", "(or f:*adm* f:*root*)"},
           {"f|expand: '100\\%users%'", "f:100%users%"},
           {"f|expand: '5% of'", "f:5% of"},
           {"f|expand|cidr: '%nets%'", "(or f in 10.0.0.0/8 f in fe80::/10)"},
           {"f: '%users%'", "f:%users%"},
           {"f|expand: '%jump%'", "no values are given for the placeholder `%jump%`"},
           {"f|expand: '%none%'", "no values are given for the placeholder `%none%`"}});
}

TEST_CASE("modifiers: an unknown one refuses the rule") {
    check({{"f|contain: a", "unknown modifier `contain`"},
           {"f|Contains: a", "unknown modifier `Contains`"},
           {"f|: a", "unknown modifier ``"},
           {"f|contains|: a", "unknown modifier ``"}});
}

TEST_CASE("values: shapes that mean nothing are refused") {
    check({{"{}", "an empty map selects nothing"},
           {"[]", "an empty list selects nothing"},
           {"", "the identifier is empty"},
           {"{f: {a: b}}", "a value must not be a list or a map here"},
           {"{f: [[a]]}", "a value must not be a list or a map here"},
           {"[[a]]", "a list must not stand in a list"},
           {"[null]", "a keyword must not be null"}});
}

TEST_CASE("values: control characters of double quotes are warned of") {
    CHECK(read("f: \"\\temp\"").warnings.size() == 1);
    CHECK(read("f: 'a\\temp'").warnings.empty());
}

TEST_CASE("fields: real paths are accepted") {
    check({{"Event.EventData.Image: a", "Image:a"},
           {"EventData.Image: a", "Image:a"},
           {"Event.System.Provider.#attributes.Name: a", "Provider_Name:a"},
           {"System.Provider_attributes.Name: a", "Provider_Name:a"},
           {"System.EventID: 1", "EventID#1"},
           {"UserData.EventXML.User: a", "User:a"},
           {"a.b: c", "a.b:c"}});
}
