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
        // First without regard to the inputs, to see which ones are needed anyway.
        std::vector<std::size_t> wanted(program_.inputs.size(), 0);
        std::size_t all = 0;
        for (const ProgramRule& rule : program_.rules) {
            picked_.clear();
            if (pick(rule))
                for (const Picked& each : picked_) ++wanted[each.input], ++all;
        }
        for (std::size_t i = 1; i < wanted.size(); ++i) {
            if (wanted[i] * lonely_share < all) penalty_[i] = lonely_penalty;
            takes_shorts_[i] = wanted[i] != 0;
        }

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
    using Literals = std::unordered_map<std::string_view, std::uint32_t>;  ///< to ids
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
        } else if (const FlatTest& flat = flat_.tests[test.flat];
                   flat.kind == static_cast<std::uint8_t>(Kind::pattern)) {
            base = pattern_gate_cost(flat);
        } else if (flat.kind == static_cast<std::uint8_t>(Kind::regex)) {
            base = regex_cost(test.flat);
        }
        if (base == no_index || (needs_shorts(test) && !takes_shorts_[test.input])) return no_index;
        return base + penalty_[test.input];
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
                pick_pattern(test.input, flat_.tests[child.test]);
        } else if (flat_.test_kind(test.flat) == Kind::regex) {
            for (const std::string& text : runtime_.regex(test.flat).shape().required)
                picked_.push_back({test.input, text});
        } else {
            pick_pattern(test.input, flat_.tests[test.flat]);
        }
    }

    void pick_pattern(std::uint32_t input, const FlatTest& test) {
        const bool by_literal =
            test.literal.size != 0 && pattern_gate_cost(test) == test.literal_cost;
        picked_.push_back({input, by_literal ? flat_.text(test.literal) : beyond_ascii_mark});
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
            Gate gate;
            gate.input = input;
            for (const auto& [literal, id] : found->second) {
                if (literal == beyond_ascii_mark)
                    gate.beyond_ascii = id;
                else if (literal.size() < gram_bytes)
                    gate.shorts.add(literal, id);
                else
                    gate.filter.add(literal, runtime_.rarity().rarest(literal), id);
            }
            gate.filter.build();
            if (input == 0)
                finish_keywords(found->second, std::move(gate.filter));
            else
                program_.gates.push_back(std::move(gate));
        }
        program_.is_idle =
            program_.gates.empty() && std::all_of(program_.ungated.begin(), program_.ungated.end(),
                                                  [](std::uint64_t rules) { return rules == 0; });
    }

    void finish_keywords(const Literals& literals, GramFilter&& filter) {
        std::vector<std::string_view> keywords;
        for (const auto& [literal, id] : literals) keywords.push_back(literal);
        std::sort(keywords.begin(), keywords.end());
        program_.keywords = std::move(filter);
        program_.keyword_scan = &runtime_.keywords(std::move(keywords));
    }

    const Flat& flat_;
    const Runtime& runtime_;
    Program& program_;
    std::vector<std::uint32_t> penalty_;
    std::vector<bool> takes_shorts_;  ///< per input: other literals are looked for there as well
    std::vector<Picked> picked_;
    std::unordered_map<std::uint32_t, Literals> literals_;
    std::vector<std::vector<std::uint32_t>> rules_of_;
};

}  // namespace

void choose_gates(const Flat& flat, const Runtime& runtime, Program& program) {
    GateChooser(flat, runtime, program).run();
}

}  // namespace konseki::detect
