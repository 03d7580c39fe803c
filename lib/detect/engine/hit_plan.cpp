#include "engine/hit_plan.h"

#include <algorithm>
#include <compare>

#include "engine/explain.h"

namespace konseki::detect {
namespace {

class PlanBuilder {
  public:
    PlanBuilder(const Evaluation& evaluation, std::uint32_t index)
        : flat_(evaluation.flat()),
          binding_(evaluation.binding()),
          rule_(evaluation.program().rules[index]) {
        const Program& program = evaluation.program();
        const std::size_t end = index + 1 < program.rules.size()
                                    ? program.rules[index + 1].condition
                                    : program.nodes.size();
        for (std::size_t i = rule_.condition; i < end; ++i) {
            if (program.nodes[i].kind != NodeKind::test) continue;
            const std::uint32_t test = program.nodes[i].test;
            tests_.push_back({program.tests[test].flat, program.tests[test].list != nullptr, test});
        }
        std::sort(tests_.begin(), tests_.end());
    }

    void build(HitPlan& out) {
        out.nodes.clear();
        add(flat_.rules[rule_.candidate.rule].root, out.nodes);
    }

  private:
    struct Known {
        std::uint32_t flat;
        bool list;
        std::uint32_t test;
        auto operator<=>(const Known&) const = default;
    };

    std::uint32_t find(std::uint32_t flat, bool list) const {
        const auto found = std::lower_bound(tests_.begin(), tests_.end(), Known{flat, list, 0});
        const bool is_known = found != tests_.end() && found->flat == flat && found->list == list;
        return is_known ? found->test : no_index;
    }

    void add(std::uint32_t index, std::vector<HitPlan::Node>& out) {
        const FlatNode& node = flat_.nodes[index];
        const std::size_t place = out.size();
        out.emplace_back().kind = node.kind;
        const bool is_list = node.kind == NodeKind::list;
        if (is_list || node.kind == NodeKind::test) {
            HitPlan::Node& leaf = out.back();
            leaf.flat = is_list ? index : node.test;
            leaf.test = find(leaf.flat, is_list);
            const std::uint32_t test = is_list ? flat_.nodes[node.children.first].test : node.test;
            leaf.source =
                source_of(flat_, flat_.routes[rule_.candidate.route], flat_.tests[test].field);
            leaf.fields = binding_.fields.of(flat_, leaf.source);
        } else {
            for (std::uint32_t i = 0; i < node.children.count; ++i)
                add(node.children.first + i, out);
        }
        out[place].end = static_cast<std::uint32_t>(out.size());
    }

    const Flat& flat_;
    const Binding& binding_;
    const ProgramRule rule_;
    std::vector<Known> tests_;
};

}  // namespace

void make_plan(Evaluation& evaluation, std::uint32_t index, HitPlan& out) {
    const Candidate candidate = evaluation.program().rules[index].candidate;
    out.route = &evaluation.flat().routes[candidate.route];
    PlanBuilder(evaluation, index).build(out);
    out.unchecked = SlowMatch(evaluation.flat(), evaluation.tester(), evaluation.values(),
                              evaluation.binding().fields)
                        .unchecked(candidate.rule, candidate.route);
}

}  // namespace konseki::detect
