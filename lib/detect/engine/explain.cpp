#include "engine/explain.h"

#include <algorithm>

#include "engine/route.h"
#include "konseki/base/text.h"

namespace konseki::detect {
namespace {

using Kind = sigma::Test::Kind;

std::string shortened(std::string_view text) {
    std::size_t at = 0;
    for (std::size_t count = 0; count < max_matched_length && at < text.size(); ++count)
        (void)next_code_point(text, at);
    return at == text.size() ? std::string(text) : std::string(text.substr(0, at)) + "…";
}

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

SourceFields SlowMatch::fields_of(const FieldSource& source) const {
    SourceFields out{fields_.of(source.name), {}, {}};
    if (!source.map) return out;
    const auto from = Flat::part(flat_.refs, source.map->from);
    out.first = fields_.of(from[0]);
    if (from.size() > 1) out.second = fields_.of(from[1]);
    return out;
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
        name == 0 ? values_.collect_all() : values_.collect(source, fields_of(source));
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
    Explanation::Matched line{
        std::string(flat_.name(test.field)), {}, std::string(flat_.text(test.written))};
    const Found found = values_of(test.field);
    for (std::uint32_t i = 0; i < found.count; ++i) {
        const Found one{true, found.first + i, 1};
        const bool is_ref = test.kind == static_cast<std::uint8_t>(Kind::field_ref);
        const bool fits = is_ref
                              ? tester_.field_ref(index, values_, one, values_of(test.other_field))
                              : tester_.test(index, values_, one);
        if (!fits) continue;
        line.value = shortened(values_.text(values_.items(one).front()));
        break;
    }
    out.matched.push_back(std::move(line));
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
    return is_absent(source, fields_of(source));
}

bool SlowMatch::note_unchecked(std::uint32_t index, bool negated, std::string_view selection,
                               Explanation* out) {
    const FlatNode& node = flat_.nodes[index];
    if (node.selection.size != 0) selection = flat_.text(node.selection);
    if (node.kind == NodeKind::test) {
        const FlatTest& test = flat_.tests[node.test];
        const auto kind = static_cast<Kind>(test.kind);
        if (!negated || kind == Kind::is_null || kind == Kind::exists ||
            !is_absent_name(test.field))
            return false;
        if (!out) return true;
        auto place = std::find_if(out->unchecked.begin(), out->unchecked.end(),
                                  [&](const auto& each) { return each.selection == selection; });
        if (place == out->unchecked.end())
            place = out->unchecked.insert(place, {std::string(selection), {}});
        const std::string name(flat_.name(test.field));
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

Explanation SlowMatch::explain(std::uint32_t rule) {
    Explanation out;
    if (route_of(rule) == no_index) return out;
    const std::uint32_t root = flat_.rules[rule].root;
    note_matched(root, out);
    note_unchecked(root, false, {}, &out);
    for (auto& each : out.unchecked) std::sort(each.fields.begin(), each.fields.end());
    return out;
}

}  // namespace konseki::detect
