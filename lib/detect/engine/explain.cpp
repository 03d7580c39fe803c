#include "engine/explain.h"

#include <algorithm>

#include "engine/explainer.h"
#include "engine/route.h"

namespace konseki::detect {
namespace {

using Kind = sigma::Test::Kind;

}  // namespace

std::uint32_t SlowMatch::route_of(std::uint32_t rule) {
    const RouteKey key = route_key_of(values_.batch(), values_.record());
    for (const std::uint32_t route : Flat::part(flat_.refs, flat_.rules[rule].routes)) {
        if (!fits(flat_, flat_.routes[route], key)) continue;
        route_ = route;
        if (holds(flat_.routes[route].condition)) return route;
    }
    return no_index;
}

Found SlowMatch::values_of(std::uint32_t route, std::uint32_t name) {
    route_ = route;
    return values_of(name);
}

bool SlowMatch::matches(std::uint32_t rule) {
    return flat_.rules[rule].root != no_index && route_of(rule) != no_index &&
           holds(flat_.rules[rule].root);
}

Found SlowMatch::values_of(std::uint32_t name) {
    if (known_route_ != route_) known_.clear();
    known_route_ = route_;
    for (const auto& [known, found] : known_)
        if (known == name) return found;
    const FieldSource source = source_of(flat_, flat_.routes[route_], name);
    const Found found =
        name == 0 ? values_.collect_all() : values_.collect(source, fields_.of(flat_, source));
    known_.emplace_back(name, found);
    return found;
}

bool SlowMatch::holds_test(std::uint32_t index) {
    const FlatTest& test = flat_.tests[index];
    const Found found = values_of(test.field);
    if (test.kind != static_cast<std::uint8_t>(Kind::field_ref))
        return tester_.test(index, values_, found);
    return tester_.field_ref(index, values_, found, values_of(test.other_field));
}

bool SlowMatch::holds(std::uint32_t index) {
    const FlatNode& node = flat_.nodes[index];
    const auto child = [&](std::uint32_t i) { return holds(node.children.first + i); };
    switch (node.kind) {
        case NodeKind::always: return true;
        case NodeKind::test: return holds_test(node.test);
        case NodeKind::negation: return node.children.count == 0 || !child(0);
        case NodeKind::all_of:
            for (std::uint32_t i = 0; i < node.children.count; ++i)
                if (!child(i)) return false;
            return true;
        case NodeKind::any_of:
        case NodeKind::list:
            for (std::uint32_t i = 0; i < node.children.count; ++i)
                if (child(i)) return true;
            return false;
        default: return false;
    }
}

void SlowMatch::note_test(std::uint32_t index, Explanation& out) {
    const FlatTest& test = flat_.tests[index];
    if (out.matched.size() >= max_matched || test.kind == static_cast<std::uint8_t>(Kind::is_null))
        return;
    Explanation::Matched line{flat_.name(test.field), {}, flat_.text(test.written)};
    const Found found = values_of(test.field);
    for (std::uint32_t i = 0; i < found.count; ++i) {
        const Found one{true, found.first + i, 1};
        const bool is_ref = test.kind == static_cast<std::uint8_t>(Kind::field_ref);
        const bool fits = is_ref
                              ? tester_.field_ref(index, values_, one, values_of(test.other_field))
                              : tester_.test(index, values_, one);
        if (!fits) continue;
        line.value = values_.shortened(values_.items(one).front(), max_matched_length, cut_mark);
        break;
    }
    out.matched.push_back(line);
}

/// Walks the branches that are true, in the order of the rule, and names their tests.
void SlowMatch::note_matched(std::uint32_t index, Explanation& out) {
    const FlatNode& node = flat_.nodes[index];
    if (out.matched.size() >= max_matched) return;
    if (node.kind == NodeKind::test) return note_test(node.test, out);
    if (node.kind == NodeKind::negation) return;
    for (std::uint32_t i = 0; i < node.children.count; ++i)
        if (holds(node.children.first + i)) note_matched(node.children.first + i, out);
}

bool SlowMatch::is_absent_name(std::uint32_t name) const {
    const FieldSource source = source_of(flat_, flat_.routes[route_], name);
    return is_absent(source, fields_.of(flat_, source));
}

bool SlowMatch::note_unchecked(std::uint32_t index, bool negated, std::string_view selection,
                               std::vector<Explanation::Unchecked>* out) {
    const FlatNode& node = flat_.nodes[index];
    if (node.selection.size != 0) selection = flat_.text(node.selection);
    if (node.kind == NodeKind::test) {
        const FlatTest& test = flat_.tests[node.test];
        const auto kind = static_cast<Kind>(test.kind);
        if (!negated || kind == Kind::is_null || kind == Kind::exists ||
            !is_absent_name(test.field))
            return false;
        if (!out) return true;
        auto place = std::find_if(out->begin(), out->end(),
                                  [&](const auto& each) { return each.selection == selection; });
        if (place == out->end()) place = out->insert(place, {selection, {}});
        const std::string_view name = flat_.name(test.field);
        if (std::find(place->fields.begin(), place->fields.end(), name) == place->fields.end())
            place->fields.push_back(name);
        return true;
    }
    bool any = false;
    const bool inner = node.kind == NodeKind::negation ? !negated : negated;
    for (std::uint32_t i = 0; i < node.children.count; ++i) {
        any = note_unchecked(node.children.first + i, inner, selection, out) || any;
        // One test speaks for a list; without a list to fill one finding is enough.
        if (any && (!out || node.kind == NodeKind::list)) return true;
    }
    return any;
}

bool SlowMatch::is_unchecked(std::uint32_t rule, std::uint32_t route) {
    route_ = route;
    return note_unchecked(flat_.rules[rule].root, false, {}, nullptr);
}

std::vector<Explanation::Unchecked> SlowMatch::unchecked(std::uint32_t rule, std::uint32_t route) {
    std::vector<Explanation::Unchecked> out;
    route_ = route;
    note_unchecked(flat_.rules[rule].root, false, {}, &out);
    for (Explanation::Unchecked& each : out) std::sort(each.fields.begin(), each.fields.end());
    return out;
}

Explanation SlowMatch::explain(std::uint32_t rule) {
    Explanation out;
    const std::uint32_t route = route_of(rule);
    if (route == no_index) return out;
    note_matched(flat_.rules[rule].root, out);
    out.unchecked = unchecked(rule, route);
    return out;
}

}  // namespace konseki::detect
