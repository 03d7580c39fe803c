#include "engine/gate_choice.h"

#include <algorithm>
#include <bit>

namespace konseki::detect {
namespace {

using Kind = sigma::Test::Kind;

/// Added to the cost of a literal that would have to be looked for in all values of the event.
constexpr std::uint32_t any_value_penalty = 20'000;
/// Added for an input that few rules need: one more field would be scanned for every event.
constexpr std::uint32_t lonely_penalty = 120;
/// An input with fewer than this share of the gate literals is lonely.
constexpr std::size_t lonely_share = 40;

/// Stands among literals for `any character beyond ASCII`; no UTF-8 text is this byte.
constexpr std::string_view beyond_ascii_mark = "\xff";

class GateChooser {
  public:
    GateChooser(const Flat& flat, const Runtime& runtime, Program& program)
        : flat_(flat),
          runtime_(runtime),
          program_(program),
          penalty_(program.inputs.size(), 0),
          takes_shorts_(program.inputs.size(), false) {
        penalty_[0] = any_value_penalty;
    }

    void run() {
        base_costs_.reserve(program_.tests.size());
        literals_.reserve(program_.tests.size());
        links_.reserve(program_.tests.size());
        for (const ProgramTest& test : program_.tests) base_costs_.push_back(base_cost(test));
        // First without regard to the inputs, to see which ones are needed anyway.
        std::vector<std::size_t> wanted(program_.inputs.size(), 0);
        std::size_t all = 0;
        find_costs();
        for (const ProgramRule& rule : program_.rules) {
            picked_.clear();
            if (pick(rule))
                for (const Picked& each : picked_) ++wanted[each.input], ++all;
        }
        for (std::size_t i = 1; i < wanted.size(); ++i) {
            if (wanted[i] * lonely_share < all) penalty_[i] = lonely_penalty;
            takes_shorts_[i] = wanted[i] != 0;
        }

        find_costs();
        program_.ungated.assign(program_.rules.size() / 64 + 1, 0);
        for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
            picked_.clear();
            if (!pick(program_.rules[i]))
                program_.ungated[i / 64] |= std::uint64_t{1} << (i % 64);
            else
                for (const Picked& each : picked_) note(each, i);
        }
        finish();
    }

  private:
    struct Picked {
        std::uint32_t input;
        std::string_view literal;
        std::uint32_t test;  ///< whose literal it is; no_index: of a regex
    };
    struct BaseCost {
        std::uint32_t cost = no_index;  ///< without regard to the input
        bool needs_shorts = false;
    };
    /// A literal that is looked for in an input, and the rules that it stands for.
    struct Literal {
        Picked picked;
        std::uint32_t first_rule, last_rule;  ///< into links_
    };
    struct Link {
        std::uint32_t rule, next;
    };

    bool pick(const ProgramRule& rule) {
        const std::uint32_t by_condition = costs_[rule.condition], by_root = costs_[rule.root];
        if (by_condition == no_index && by_root == no_index) return false;
        collect(by_condition < by_root ? rule.condition : rule.root);
        return true;
    }

    /// Costs of all trees, children before their parents.
    void find_costs() {
        costs_.resize(program_.nodes.size());
        for (auto index = static_cast<std::uint32_t>(costs_.size()); index-- > 0;)
            costs_[index] = cost(index);
    }

    /// no_index where the tree has no gate. A tree that is never true needs nothing: cost 0.
    std::uint32_t cost(std::uint32_t index) const {
        const ProgramNode& node = program_.nodes[index];
        switch (node.kind) {
            case NodeKind::test: return test_cost(node.test);
            case NodeKind::never: return 0;
            case NodeKind::all_of: {
                std::uint32_t best = no_index;
                for (std::uint32_t at = index + 1; at < node.end; at = program_.nodes[at].end)
                    best = std::min(best, costs_[at]);
                return best;
            }
            case NodeKind::any_of: {
                std::uint64_t sum = 0;
                std::uint32_t largest = 0;
                for (std::uint32_t at = index + 1; at < node.end; at = program_.nodes[at].end) {
                    if (costs_[at] == no_index) return no_index;
                    sum += costs_[at];
                    largest = std::max(largest, costs_[at]);
                }
                return gate_cost_of_any(sum, largest);
            }
            default: return no_index;
        }
    }

    std::uint32_t test_cost(std::uint32_t index) const {
        const BaseCost base = base_costs_[index];
        const std::uint32_t input = program_.tests[index].input;
        if (base.cost == no_index || (base.needs_shorts && !takes_shorts_[input])) return no_index;
        return base.cost + penalty_[input];
    }

    BaseCost base_cost(const ProgramTest& test) const {
        std::uint32_t cost = no_index;
        if (test.list) {
            cost = flat_.nodes[test.flat].test;
        } else if (const FlatTest& flat = flat_.tests[test.flat];
                   flat.kind == static_cast<std::uint8_t>(Kind::pattern)) {
            cost = pattern_gate_cost(flat);
        } else if (flat.kind == static_cast<std::uint8_t>(Kind::regex)) {
            cost = regex_cost(test.flat);
        }
        return {cost, cost != no_index && needs_shorts(test)};
    }

    /// True where a gate of this test asks for less than four bytes somewhere: worth it only in an input
    /// that is scanned anyway, and never in all values of an event.
    bool needs_shorts(const ProgramTest& test) const {
        const auto is_short = [&](std::uint32_t index) {
            return flat_.tests[index].literal.size < gram_bytes;
        };
        if (test.list) {
            const auto children = Flat::part(flat_.nodes, flat_.nodes[test.flat].children);
            return std::any_of(children.begin(), children.end(),
                               [&](const FlatNode& child) { return is_short(child.test); });
        }
        if (flat_.test_kind(test.flat) != Kind::regex) return is_short(test.flat);
        const std::vector<std::string>& required = runtime_.regex(test.flat).shape().required;
        return std::any_of(required.begin(), required.end(),
                           [](const std::string& text) { return text.size() < gram_bytes; });
    }

    std::uint32_t regex_cost(std::uint32_t test) const {
        std::uint64_t sum = 0;
        std::uint32_t largest = 0;
        const std::vector<std::string>& required = runtime_.regex(test).shape().required;
        for (const std::string& text : required) {
            const std::uint32_t one = runtime_.rarity().cost(text);
            if (one == Rarity::no_gate) return no_index;
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
            for (std::uint32_t at = index + 1; at < node.end; at = program_.nodes[at].end)
                collect(at);
        } else if (node.kind == NodeKind::all_of) {
            std::uint32_t best = index + 1, best_cost = no_index;
            for (std::uint32_t at = index + 1; at < node.end; at = program_.nodes[at].end)
                if (const std::uint32_t one = costs_[at]; one < best_cost) {
                    best = at;
                    best_cost = one;
                }
            collect(best);
        }
    }

    void collect_test(const ProgramTest& test) {
        if (test.list) {
            for (const FlatNode& child : Flat::part(flat_.nodes, flat_.nodes[test.flat].children))
                pick_pattern(test.input, child.test);
        } else if (flat_.test_kind(test.flat) == Kind::regex) {
            for (const std::string& text : runtime_.regex(test.flat).shape().required)
                picked_.push_back({test.input, text, no_index});
        } else {
            pick_pattern(test.input, test.flat);
        }
    }

    void pick_pattern(std::uint32_t input, std::uint32_t index) {
        const FlatTest& test = flat_.tests[index];
        const bool by_literal =
            test.literal.size != 0 && pattern_gate_cost(test) == test.literal_cost;
        picked_.push_back(
            {input, by_literal ? flat_.text(test.literal) : beyond_ascii_mark, index});
    }

    /// Literals of equal text share their place, so the place tells them apart.
    std::uint32_t& slot_of(const Picked& picked) {
        const auto place = std::bit_cast<std::uintptr_t>(picked.literal.data());
        std::size_t slot = (place * 0x9e3779b97f4a7c15u + picked.input * 0xff51afd7ed558ccdu) >> 20;
        for (;; ++slot) {
            std::uint32_t& found = table_[slot & (table_.size() - 1)];
            if (found == no_index) return found;
            const Picked& other = literals_[found].picked;
            if (other.input == picked.input && other.literal.data() == picked.literal.data() &&
                other.literal.size() == picked.literal.size())
                return found;
        }
    }

    void grow() {
        table_.assign(std::max<std::size_t>(256, 2 * table_.size()), no_index);
        for (std::uint32_t i = 0; i < literals_.size(); ++i) slot_of(literals_[i].picked) = i;
    }

    void note(const Picked& picked, std::uint32_t rule) {
        if (2 * literals_.size() >= table_.size()) grow();
        std::uint32_t& slot = slot_of(picked);
        const auto link = static_cast<std::uint32_t>(links_.size());
        if (slot == no_index) {
            slot = static_cast<std::uint32_t>(literals_.size());
            literals_.push_back({picked, link, link});
            links_.push_back({rule, no_index});
            return;
        }
        Literal& literal = literals_[slot];
        if (links_[literal.last_rule].rule == rule) return;
        links_[literal.last_rule].next = link;
        literal.last_rule = link;
        links_.push_back({rule, no_index});
    }

    void finish() {
        std::vector<Gate> gates(program_.inputs.size());
        std::vector<bool> is_used(program_.inputs.size(), false);
        std::vector<std::string_view> keywords;
        for (std::uint32_t id = 0; id < literals_.size(); ++id) {
            const Literal& literal = literals_[id];
            const auto first = static_cast<std::uint32_t>(program_.literal_rules.size());
            for (std::uint32_t at = literal.first_rule; at != no_index; at = links_[at].next)
                program_.literal_rules.push_back(links_[at].rule);
            program_.literals.push_back(
                {first, static_cast<std::uint32_t>(program_.literal_rules.size()) - first});
            is_used[literal.picked.input] = true;
            add(literal.picked, id, gates[literal.picked.input]);
            if (literal.picked.input == 0) keywords.push_back(literal.picked.literal);
        }
        for (std::uint32_t input = 0; input < gates.size(); ++input) {
            if (!is_used[input]) continue;
            gates[input].input = input;
            gates[input].filter.build();
            if (input == 0)
                program_.keywords = std::move(gates[input].filter);
            else
                program_.gates.push_back(std::move(gates[input]));
        }
        if (!keywords.empty()) {
            std::sort(keywords.begin(), keywords.end());
            program_.keyword_scan = &runtime_.keywords(std::move(keywords));
        }
        program_.is_idle =
            program_.gates.empty() && std::all_of(program_.ungated.begin(), program_.ungated.end(),
                                                  [](std::uint64_t rules) { return rules == 0; });
    }

    void add(const Picked& picked, std::uint32_t id, Gate& gate) const {
        if (picked.literal == beyond_ascii_mark)
            gate.beyond_ascii = id;
        else if (picked.literal.size() < gram_bytes)
            gate.shorts.add(picked.literal, id);
        else
            gate.filter.add(picked.literal,
                            picked.test != no_index ? runtime_.rarest_gram(picked.test)
                                                    : runtime_.rarity().rarest(picked.literal),
                            id);
    }

    const Flat& flat_;
    const Runtime& runtime_;
    Program& program_;
    std::vector<std::uint32_t> penalty_;
    std::vector<bool> takes_shorts_;  ///< per input: other literals are looked for there as well
    std::vector<Picked> picked_;
    std::vector<BaseCost> base_costs_;  ///< per test
    std::vector<std::uint32_t> costs_;  ///< per node
    std::vector<Literal> literals_;     ///< by id
    std::vector<Link> links_;
    std::vector<std::uint32_t> table_;  ///< ids by slot, no_index where free; a power of two
};

}  // namespace

void choose_gates(const Flat& flat, const Runtime& runtime, Program& program) {
    GateChooser(flat, runtime, program).run();
}

}  // namespace konseki::detect
