#include "engine/explainer.h"

#include <algorithm>

namespace konseki::detect {
namespace {

using Kind = sigma::Test::Kind;

}  // namespace

const HitPlan& Explainer::plan_for(std::uint32_t index) {
    if (plans_.empty()) plans_.resize(max_plans);
    const std::uint64_t binding = evaluation_.binding().serial;
    const std::uint64_t hash = (binding ^ (std::uint64_t{index} << 32)) * 0x9e3779b97f4a7c15u;
    Kept& kept = plans_[(hash >> 32) & (max_plans - 1)];
    if (kept.binding == binding && kept.rule == index) return kept.plan;
    kept.binding = binding;
    kept.rule = index;
    make_plan(evaluation_, index, kept.plan);
    return kept.plan;
}

Found Explainer::collect(const FieldSource& source, const SourceFields& fields) {
    if (source.name == 0) {
        read_all_ = true;
        return evaluation_.values().collect_all();
    }
    evaluation_.binding().append_fields(fields, read_);
    return evaluation_.values().collect(source, fields);
}

Found Explainer::values_of(const HitPlan::Node& node) {
    if (node.test != no_index)
        return evaluation_.input(evaluation_.program().tests[node.test].input);
    return collect(node.source, node.fields);
}

Found Explainer::values_of(std::uint32_t name) {
    const FieldSource source = source_of(flat_, *plan_->route, name);
    return collect(source, evaluation_.binding().fields.of(flat_, source));
}

bool Explainer::append_read_fields(std::vector<std::uint16_t>& out) const {
    out.insert(out.end(), read_.begin(), read_.end());
    return !read_all_;
}

bool Explainer::fits(std::uint32_t test, const Found& found) {
    Tester& tester = evaluation_.tester();
    if (flat_.test_kind(test) != Kind::field_ref)
        return tester.test(test, evaluation_.values(), found);
    return tester.field_ref(test, evaluation_.values(), found,
                            values_of(flat_.tests[test].other_field));
}

bool Explainer::holds_leaf(const HitPlan::Node& node) {
    if (node.test != no_index) return evaluation_.holds_test(node.test);
    // Decided for all events of the class, so the program does not ask it.
    if (node.kind == NodeKind::test) return fits(node.flat, values_of(node));
    return evaluation_.tester().list(evaluation_.tester().list_of(node.flat), evaluation_.values(),
                                     values_of(node));
}

bool Explainer::holds(std::uint32_t index) {
    const std::vector<HitPlan::Node>& nodes = plan_->nodes;
    const HitPlan::Node& node = nodes[index];
    switch (node.kind) {
        case NodeKind::list:
        case NodeKind::test: return holds_leaf(node);
        case NodeKind::negation: return index + 1 == node.end || !holds(index + 1);
        case NodeKind::all_of:
            for (std::uint32_t at = index + 1; at < node.end; at = nodes[at].end)
                if (!holds(at)) return false;
            return true;
        case NodeKind::any_of:
            for (std::uint32_t at = index + 1; at < node.end; at = nodes[at].end)
                if (holds(at)) return true;
            return false;
        default: return node.kind == NodeKind::always;
    }
}

/// Walks the branches that are true, in the order of the rule, and names their tests. The node holds.
void Explainer::note(std::uint32_t index) {
    const std::vector<HitPlan::Node>& nodes = plan_->nodes;
    const HitPlan::Node& node = nodes[index];
    if (out_.matched.size() >= max_matched || node.kind == NodeKind::negation) return;
    if (node.kind == NodeKind::test) return note_test(node.flat, values_of(node));
    if (node.kind == NodeKind::list) return note_list(node);
    for (std::uint32_t at = index + 1; at < node.end; at = nodes[at].end)
        if (node.kind == NodeKind::all_of || holds(at)) note(at);
}

void Explainer::note_list(const HitPlan::Node& node) {
    Tester& tester = evaluation_.tester();
    const Found found = values_of(node);
    matching_.clear();
    tester.list_all(tester.list_of(node.flat), evaluation_.values(), found, matching_);
    for (const FlatNode& child : Flat::part(flat_.nodes, flat_.nodes[node.flat].children))
        if (std::find(matching_.begin(), matching_.end(), child.test) != matching_.end())
            note_test(child.test, found);
}

/// Names a test that holds, with the first value that it holds for.
void Explainer::note_test(std::uint32_t index, const Found& found) {
    const FlatTest& test = flat_.tests[index];
    if (out_.matched.size() >= max_matched || test.kind == static_cast<std::uint8_t>(Kind::is_null))
        return;
    std::string_view value;
    for (std::uint32_t i = 0; i < found.count; ++i) {
        const Found one{true, found.first + i, 1};
        if (found.count > 1 && !fits(index, one)) continue;
        Values& values = evaluation_.values();
        value = values.shortened(values.items(one).front(), max_matched_length, cut_mark);
        break;
    }
    out_.matched.push_back({flat_.name(test.field), value, flat_.text(test.written)});
}

const Explanation& Explainer::explain(std::uint32_t index) {
    plan_ = &plan_for(index);
    read_.clear();
    read_all_ = false;
    out_.matched.clear();
    out_.unchecked = plan_->unchecked;
    if (!plan_->nodes.empty()) note(0);
    return out_;
}

}  // namespace konseki::detect
