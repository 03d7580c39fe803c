#include "engine/test_batch.h"

#include "konseki/base/text.h"

namespace konseki::detect::test {

using sigma::Node;
using sigma::Piece;
using sigma::Test;

sigma::Pattern pattern(std::string_view written, bool cased) {
    sigma::Pattern out;
    out.cased = cased;
    std::string text;
    const auto flush = [&] {
        if (!text.empty()) out.pieces.push_back({Piece::Kind::text, cased ? text : fold(text)});
        text.clear();
    };
    for (const char c : written) {
        const bool is_run = c == '*', is_one = c == '?', is_dash = c == '~';
        if (!is_run && !is_one && !is_dash) {
            text += c;
            continue;
        }
        flush();
        const auto kind = is_run   ? Piece::Kind::any_run
                          : is_one ? Piece::Kind::any_one
                                   : Piece::Kind::dash;
        if (is_run && !out.pieces.empty() && out.pieces.back().kind == kind) continue;
        out.pieces.push_back({kind, {}});
    }
    flush();
    return out;
}

namespace {

Node test_node(Test test) {
    Node node;
    node.kind = Node::Kind::test;
    node.test = std::move(test);
    return node;
}

Node branch(Node::Kind kind, std::vector<Node> children) {
    Node node;
    node.kind = kind;
    node.children = std::move(children);
    return node;
}

}  // namespace

Node field_is(std::string field, std::string_view written, bool cased) {
    Test test;
    test.field = std::move(field);
    test.pattern = pattern(written, cased);
    test.written = written;
    return test_node(std::move(test));
}

Node regex(std::string field, std::string_view written, bool ignore_case) {
    Test test;
    test.kind = Test::Kind::regex;
    test.field = std::move(field);
    test.written = written;
    test.ignore_case = ignore_case;
    return test_node(std::move(test));
}

Node number(std::string field, std::int64_t value) {
    Test test;
    test.kind = Test::Kind::number;
    test.field = std::move(field);
    test.written = std::to_string(value);
    test.integer = value;
    test.number = static_cast<double>(value);
    return test_node(std::move(test));
}

Node of_kind(Test::Kind kind, std::string field) {
    Test test;
    test.kind = kind;
    test.field = std::move(field);
    return test_node(std::move(test));
}

Node all(std::vector<Node> children) { return branch(Node::Kind::all_of, std::move(children)); }
Node any(std::vector<Node> children) { return branch(Node::Kind::any_of, std::move(children)); }
Node no(Node child) {
    std::vector<Node> children;
    children.push_back(std::move(child));
    return branch(Node::Kind::negation, std::move(children));
}
Node named(std::string selection, Node node) {
    node.selection = std::move(selection);
    return node;
}

sigma::Route route_to(std::string channel, std::vector<std::uint32_t> event_ids) {
    sigma::Route route;
    route.channel = fold(channel);
    route.event_ids = std::move(event_ids);
    route.condition.kind = Node::Kind::always;
    return route;
}

Rules rules_of(std::vector<Node> conditions, std::vector<sigma::Route> routes) {
    if (routes.empty()) routes.push_back(route_to(""));
    sigma::RuleBook book;
    for (Node& condition : conditions) {
        sigma::Rule rule;
        rule.info.id = "rule-" + std::to_string(book.rules.size());
        rule.condition = std::move(condition);
        book.order.push_back({false, static_cast<std::uint32_t>(book.rules.size())});
        book.base_only.push_back(false);
        book.rules.push_back(std::move(rule));
    }
    Flat flat = flatten(book, std::span<const sigma::Route>(routes));
    return Rules::from_body(make_body(std::move(book), std::move(flat)));
}

std::vector<std::string> hits_of(const Rules& rules, const records::Batch& batch) {
    Engine engine(rules);
    Matcher matcher(engine);
    std::vector<Hit> hits;
    matcher.match(batch, hits);
    std::vector<std::string> out;
    for (const Hit& hit : hits)
        out.push_back(std::to_string(hit.record) + ":" + std::to_string(hit.rule) +
                      (hit.unchecked ? "?" : ""));
    return out;
}

bool fires(Node condition, const records::Batch& batch) {
    std::vector<Node> conditions;
    conditions.push_back(std::move(condition));
    return !hits_of(rules_of(std::move(conditions)), batch).empty();
}

}  // namespace konseki::detect::test
