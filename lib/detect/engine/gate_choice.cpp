#include "engine/gate_choice.h"

#include <algorithm>
#include <unordered_map>

namespace konseki::detect {
namespace {

using Kind = sigma::Test::Kind;

/// Added to the cost of a literal that would have to be looked for in all values of the event.
constexpr std::uint32_t any_value_penalty = 20'000;
/// Added for an input that few rules need: one more field would be scanned for every event.
constexpr std::uint32_t lonely_penalty = 120;
/// An input with fewer than this share of the gate literals is lonely.
constexpr std::size_t lonely_share = 40;

class GateChooser {
  public:
    GateChooser(const Flat& flat, const Runtime& runtime, Program& program)
        : flat_(flat), runtime_(runtime), program_(program), penalty_(program.inputs.size(), 0) {
        penalty_[0] = any_value_penalty;
    }

    void run() {
        // First without regard to the inputs, to see which ones are needed anyway.
        std::vector<std::size_t> wanted(program_.inputs.size(), 0);
        std::size_t all = 0;
        for (const ProgramRule& rule : program_.rules) {
            picked_.clear();
            if (pick(rule))
                for (const Picked& each : picked_) ++wanted[each.input], ++all;
        }
        for (std::size_t i = 1; i < wanted.size(); ++i)
            if (wanted[i] * lonely_share < all) penalty_[i] = lonely_penalty;

        program_.ungated.assign(program_.rules.size() / 64 + 1, 0);
        for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
            picked_.clear();
            if (!pick(program_.rules[i])) program_.ungated[i / 64] |= std::uint64_t{1} << (i % 64);
            else for (const Picked& each : picked_) note(each, i);
        }
        finish();
    }

  private:
    struct Picked {
        std::uint32_t input;
        std::string_view literal;
    };

    bool pick(const ProgramRule& rule) {
        const std::uint32_t by_condition = cost(rule.condition), by_root = cost(rule.root);
        if (by_condition == no_index && by_root == no_index) return false;
        collect(by_condition < by_root ? rule.condition : rule.root);
        return true;
    }

    /// no_index where the tree has no gate. A tree that is never true needs nothing: cost 0.
    std::uint32_t cost(std::uint32_t index) const {
        const ProgramNode& node = program_.nodes[index];
        switch (node.kind) {
            case NodeKind::test: return test_cost(program_.tests[node.test]);
            case NodeKind::never: return 0;
            case NodeKind::all_of: {
                std::uint32_t best = no_index;
                for (std::uint32_t at = index + 1; at < node.end; at = program_.nodes[at].end)
                    best = std::min(best, cost(at));
                return best;
            }
            case NodeKind::any_of: {
                std::uint64_t sum = 0;
                std::uint32_t largest = 0;
                for (std::uint32_t at = index + 1; at < node.end; at = program_.nodes[at].end) {
                    const std::uint32_t one = cost(at);
                    if (one == no_index) return no_index;
                    sum += one;
                    largest = std::max(largest, one);
                }
                return gate_cost_of_any(sum, largest);
            }
            default: return no_index;
        }
    }

    std::uint32_t test_cost(const ProgramTest& test) const {
        std::uint32_t base = no_index;
        if (test.list) {
            base = flat_.nodes[test.flat].test;
        } else if (const FlatTest& flat = flat_.tests[test.flat]; flat.kind == static_cast<std::uint8_t>(Kind::pattern)) {
            if (flat.literal.size >= gram_bytes) base = flat.literal_cost;
        } else if (flat.kind == static_cast<std::uint8_t>(Kind::regex)) {
            base = regex_cost(test.flat);
        }
        return base == no_index ? no_index : base + penalty_[test.input];
    }

    std::uint32_t regex_cost(std::uint32_t test) const {
        std::uint64_t sum = 0;
        std::uint32_t largest = 0;
        const std::vector<std::string>& required = runtime_.regex(test).shape().required;
        for (const std::string& text : required) {
            if (text.size() < gram_bytes) return no_index;
            const std::uint32_t one = runtime_.rarity().cost(text);
            sum += one;
            largest = std::max(largest, one);
        }
        return required.empty() ? no_index : gate_cost_of_any(sum, largest);
    }

    void collect(std::uint32_t index) {
        const ProgramNode& node = program_.nodes[index];
        if (node.kind == NodeKind::test) {
            collect_test(program_.tests[node.test]);
        } else if (node.kind == NodeKind::any_of) {
            for (std::uint32_t at = index + 1; at < node.end; at = program_.nodes[at].end) collect(at);
        } else if (node.kind == NodeKind::all_of) {
            std::uint32_t best = index + 1, best_cost = no_index;
            for (std::uint32_t at = index + 1; at < node.end; at = program_.nodes[at].end)
                if (const std::uint32_t one = cost(at); one < best_cost) {
                    best = at;
                    best_cost = one;
                }
            collect(best);
        }
    }

    void collect_test(const ProgramTest& test) {
        if (test.list) {
            for (const FlatNode& child : Flat::part(flat_.nodes, flat_.nodes[test.flat].children))
                picked_.push_back({test.input, flat_.text(flat_.tests[child.test].literal)});
        } else if (flat_.test_kind(test.flat) == Kind::regex) {
            for (const std::string& text : runtime_.regex(test.flat).shape().required)
                picked_.push_back({test.input, text});
        } else {
            picked_.push_back({test.input, flat_.text(flat_.tests[test.flat].literal)});
        }
    }

    void note(const Picked& picked, std::uint32_t rule) {
        auto& literals = literals_[picked.input];
        const auto [found, fresh] =
            literals.emplace(picked.literal, static_cast<std::uint32_t>(rules_of_.size()));
        if (fresh) rules_of_.emplace_back();
        std::vector<std::uint32_t>& rules = rules_of_[found->second];
        if (rules.empty() || rules.back() != rule) rules.push_back(rule);
    }

    void finish() {
        for (const std::vector<std::uint32_t>& rules : rules_of_) {
            program_.literals.push_back({static_cast<std::uint32_t>(program_.literal_rules.size()),
                                         static_cast<std::uint32_t>(rules.size())});
            program_.literal_rules.insert(program_.literal_rules.end(), rules.begin(), rules.end());
        }
        for (std::uint32_t input = 0; input < program_.inputs.size(); ++input) {
            const auto found = literals_.find(input);
            if (found == literals_.end()) continue;
            GramFilter filter;
            for (const auto& [literal, id] : found->second) {
                filter.add(literal, runtime_.rarity().rarest(literal), id);
                if (input == 0) program_.keyword_scan.add(literal);
            }
            filter.build();
            if (input == 0) program_.keywords = std::move(filter);
            else program_.gates.push_back({input, std::move(filter)});
        }
        program_.keyword_scan.build();
    }

    const Flat& flat_;
    const Runtime& runtime_;
    Program& program_;
    std::vector<std::uint32_t> penalty_;
    std::vector<Picked> picked_;
    std::unordered_map<std::uint32_t, std::unordered_map<std::string_view, std::uint32_t>> literals_;
    std::vector<std::vector<std::uint32_t>> rules_of_;
};

}  // namespace

void choose_gates(const Flat& flat, const Runtime& runtime, Program& program) {
    GateChooser(flat, runtime, program).run();
}

}  // namespace konseki::detect
