#include "engine/program.h"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>

#include "engine/gate_choice.h"

namespace konseki::detect {
namespace {

using Kind = sigma::Test::Kind;

enum class Truth : std::uint8_t { no, yes, open };
Truth negate(Truth truth) {
    return truth == Truth::open ? Truth::open : truth == Truth::no ? Truth::yes : Truth::no;
}

class ProgramBuilder {
  public:
    ProgramBuilder(const Flat& flat, const Runtime& runtime, const ClassTraits& traits,
                   const Presence* presence)
        : flat_(flat),
          runtime_(runtime),
          traits_(traits),
          presence_(presence),
          out_(std::make_unique<Program>()) {
        out_->inputs.emplace_back();
        event_id_name_ = name_index("EventID");
    }

    BuiltProgram build() {
        std::vector<RuleReach> reach;
        std::uint32_t settled = no_index;  // a rule whose events all go to an earlier route
        for (const Candidate candidate : traits_.candidates) {
            if (candidate.rule == settled) continue;
            const Reach got = add(candidate, settled);
            RuleReach entry{candidate.rule, got, {}};
            if (got == Reach::blind)
                collect_missing(flat_.rules[candidate.rule].root, false, entry.missing);
            reach.push_back(std::move(entry));
        }
        choose_gates(flat_, runtime_, *out_);
        return {std::move(out_), std::move(reach)};
    }

  private:
    std::uint32_t name_index(std::string_view name) const {
        for (std::uint32_t i = 1; i < flat_.names.size(); ++i)
            if (flat_.name(i) == name) return i;
        return no_index;
    }

    Reach add(const Candidate& candidate, std::uint32_t& settled) {
        route_ = candidate.route;
        const std::uint32_t condition = flat_.routes[candidate.route].condition;
        const std::uint32_t root = flat_.rules[candidate.rule].root;
        const std::size_t start = out_->nodes.size();
        ProgramRule rule{candidate, static_cast<std::uint32_t>(start), 0};
        const Truth fits = emit_whole(condition);
        if (fits == Truth::yes) settled = candidate.rule;
        rule.root = static_cast<std::uint32_t>(out_->nodes.size());
        const Truth holds = fits == Truth::no ? Truth::no : emit_whole(root);
        if (fits != Truth::no && (holds != Truth::no || fits == Truth::open)) {
            // Where an event may yet fit, a rule that cannot hold still keeps later routes away.
            out_->rules.push_back(rule);
        } else {
            out_->nodes.resize(start);
        }
        if (holds != Truth::no) return Reach::possible;
        const bool without_fields =
            fold(condition, false) == Truth::no || fold(root, false) == Truth::no;
        return without_fields ? Reach::other_event : Reach::blind;
    }

    /// As emit, but a decided tree becomes a node as well.
    Truth emit_whole(std::uint32_t root) {
        const Truth truth = emit(root);
        if (truth != Truth::open) push(truth == Truth::yes ? NodeKind::always : NodeKind::never, 0);
        return truth;
    }

    void push(NodeKind kind, std::uint32_t test) {
        const auto end = static_cast<std::uint32_t>(out_->nodes.size() + 1);
        out_->nodes.push_back({kind, end, test});
    }

    /// Appends what is left of a tree when the decided tests are taken out.
    Truth emit(std::uint32_t index) {
        const FlatNode& node = flat_.nodes[index];
        switch (node.kind) {
            case NodeKind::always: return Truth::yes;
            case NodeKind::test:
            case NodeKind::list: return emit_leaf(index);
            case NodeKind::negation: {
                const std::size_t start = out_->nodes.size();
                push(NodeKind::negation, 0);
                const Truth inner =
                    node.children.count == 0 ? Truth::no : emit(node.children.first);
                if (inner != Truth::open)
                    out_->nodes.resize(start);
                else
                    out_->nodes[start].end = static_cast<std::uint32_t>(out_->nodes.size());
                return negate(inner);
            }
            case NodeKind::all_of:
            case NodeKind::any_of: return emit_branch(node);
            default: return Truth::no;
        }
    }

    Truth emit_branch(const FlatNode& node) {
        const Truth decides = node.kind == NodeKind::all_of ? Truth::no : Truth::yes;
        const std::size_t start = out_->nodes.size();
        push(node.kind, 0);
        for (std::uint32_t i = 0; i < node.children.count; ++i) {
            if (emit(node.children.first + i) != decides) continue;
            out_->nodes.resize(start);
            return decides;
        }
        if (out_->nodes.size() == start + 1) {
            out_->nodes.resize(start);
            return negate(decides);
        }
        out_->nodes[start].end = static_cast<std::uint32_t>(out_->nodes.size());
        return Truth::open;
    }

    Truth emit_leaf(std::uint32_t index) {
        const FlatNode& node = flat_.nodes[index];
        const Truth truth = leaf_truth(node, presence_ != nullptr);
        if (truth != Truth::open) return truth;
        const bool is_list = node.kind == NodeKind::list;
        const std::uint32_t flat_test = is_list ? flat_.nodes[node.children.first].test : node.test;
        const FlatTest& test = flat_.tests[flat_test];
        ProgramTest out;
        out.flat = is_list ? index : flat_test;
        out.input = input(test.field);
        out.is_field_ref = !is_list && test.kind == static_cast<std::uint8_t>(Kind::field_ref);
        if (out.is_field_ref) out.other_input = input(test.other_field);
        const std::uint64_t key =
            (std::uint64_t{out.flat} << 32) | (std::uint64_t{out.input} << 1) | is_list;
        const auto [found, fresh] =
            tests_.emplace(key, static_cast<std::uint32_t>(out_->tests.size()));
        if (fresh) {
            if (is_list) out.list = &runtime_.list(index);
            out_->tests.push_back(out);
        }
        push(NodeKind::test, found->second);
        return Truth::open;
    }

    /// What is known of a test (or list) before a record is seen.
    Truth leaf_truth(const FlatNode& node, bool use_absence) {
        const bool is_list = node.kind == NodeKind::list;
        const FlatTest& test =
            flat_.tests[is_list ? flat_.nodes[node.children.first].test : node.test];
        const auto kind = static_cast<Kind>(test.kind);
        if (kind == Kind::number && test.field == event_id_name_ && traits_.event_id &&
            test.has_integer != 0)
            return test.integer == *traits_.event_id ? Truth::yes : Truth::no;
        if (!use_absence) return Truth::open;
        if (absent(test.field)) return kind == Kind::is_null ? Truth::yes : Truth::no;
        if (kind == Kind::field_ref && absent(test.other_field)) return Truth::no;
        return Truth::open;
    }

    Truth fold(std::uint32_t index, bool use_absence) {
        const FlatNode& node = flat_.nodes[index];
        switch (node.kind) {
            case NodeKind::always: return Truth::yes;
            case NodeKind::test:
            case NodeKind::list: return leaf_truth(node, use_absence);
            case NodeKind::negation:
                return node.children.count == 0 ? Truth::yes
                                                : negate(fold(node.children.first, use_absence));
            case NodeKind::all_of:
            case NodeKind::any_of: break;
            default: return Truth::no;
        }
        const Truth decides = node.kind == NodeKind::all_of ? Truth::no : Truth::yes;
        bool open = false;
        for (std::uint32_t i = 0; i < node.children.count; ++i) {
            const Truth truth = fold(node.children.first + i, use_absence);
            if (truth == decides) return decides;
            open = open || truth == Truth::open;
        }
        return open ? Truth::open : negate(decides);
    }

    /// Fields without which a rule cannot hold here: those absent that are not under a negation.
    void collect_missing(std::uint32_t index, bool negated, std::vector<std::uint32_t>& out) {
        const FlatNode& node = flat_.nodes[index];
        if (node.kind == NodeKind::test && !negated) {
            const FlatTest& test = flat_.tests[node.test];
            const auto kind = static_cast<Kind>(test.kind);
            if (kind != Kind::is_null && absent(test.field)) out.push_back(test.field);
            if (kind == Kind::field_ref && absent(test.other_field))
                out.push_back(test.other_field);
        }
        const bool inner = node.kind == NodeKind::negation ? !negated : negated;
        for (std::uint32_t i = 0; i < node.children.count; ++i)
            collect_missing(node.children.first + i, inner, out);
    }

    std::uint32_t slot(std::uint32_t name) const {
        const auto found = std::lower_bound(traits_.names.begin(), traits_.names.end(), name);
        if (found == traits_.names.end() || *found != name) return no_index;
        return static_cast<std::uint32_t>(found - traits_.names.begin());
    }

    bool has(std::uint32_t slot) const {
        return slot != no_index &&
               (!presence_ || (((*presence_)[slot / 64] >> (slot % 64)) & 1) != 0);
    }

    bool absent(std::uint32_t name) {
        const std::uint32_t index = input(name);
        if (index == 0) return false;
        const Input& in = out_->inputs[index];
        if (!in.source.map) return !has(in.direct);
        return !has(in.first) && (in.source.map->only_if_absent == 0 || !has(in.direct));
    }

    std::uint32_t input(std::uint32_t name) {
        if (name == 0) return 0;
        std::uint32_t& known = inputs_of_route(route_)[name];
        if (known == no_index) known = make_input(name);
        return known;
    }

    std::vector<std::uint32_t>& inputs_of_route(std::uint32_t route) {
        for (auto& [known, inputs] : by_route_)
            if (known == route) return inputs;
        return by_route_.emplace_back(route, std::vector(flat_.names.size(), no_index)).second;
    }

    std::uint32_t make_input(std::uint32_t name) {
        const FieldSource source = source_of(flat_, flat_.routes[route_], name);
        const auto [found, fresh] = inputs_.emplace(
            std::pair{source.name, source.map}, static_cast<std::uint32_t>(out_->inputs.size()));
        if (!fresh) return found->second;
        Input in{source, slot(name), no_index, no_index};
        if (source.map) {
            const auto from = Flat::part(flat_.refs, source.map->from);
            in.first = slot(from[0]);
            if (from.size() > 1) in.second = slot(from[1]);
        }
        out_->inputs.push_back(in);
        return found->second;
    }

    const Flat& flat_;
    const Runtime& runtime_;
    const ClassTraits& traits_;
    const Presence* presence_;
    std::unique_ptr<Program> out_;
    std::uint32_t route_ = 0, event_id_name_ = no_index;
    std::map<std::pair<std::uint32_t, const FlatMap*>, std::uint32_t> inputs_;
    /// Per route so far, the input of each name.
    std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> by_route_;
    std::unordered_map<std::uint64_t, std::uint32_t> tests_;
};

}  // namespace

BuiltProgram build_program(const Flat& flat, const Runtime& runtime, const ClassTraits& traits,
                           const Presence* presence) {
    return ProgramBuilder(flat, runtime, traits, presence).build();
}

void append_names(const Flat& flat, std::uint32_t root, std::vector<std::uint32_t>& out) {
    std::vector<std::uint32_t> open{root};
    while (!open.empty()) {
        const FlatNode node = flat.nodes[open.back()];
        open.pop_back();
        if (node.kind == NodeKind::test) {
            const FlatTest& test = flat.tests[node.test];
            if (test.field != 0) out.push_back(test.field);
            if (test.kind == static_cast<std::uint8_t>(Kind::field_ref))
                out.push_back(test.other_field);
        } else if (node.kind == NodeKind::list) {
            out.push_back(flat.tests[flat.nodes[node.children.first].test].field);
        } else {
            for (std::uint32_t i = 0; i < node.children.count; ++i)
                open.push_back(node.children.first + i);
        }
    }
}

}  // namespace konseki::detect
