#include <algorithm>

#include "engine/literals.h"
#include "engine/pack.h"

namespace konseki::detect {
namespace {

using Kind = sigma::Test::Kind;

/// Checks the tables of a pack one after the other; each assumes those before it.
class Checker {
  public:
    explicit Checker(const Rules::Body& body) : body_(body), flat_(body.flat) {}

    bool run() { return texts() && nodes() && lists() && routes() && rules() && correlations(); }

  private:
    bool is_text(Text text) const {
        return text.offset <= flat_.pool.size() && text.size <= flat_.pool.size() - text.offset;
    }
    template <class T>
    static bool is_part(const std::vector<T>& table, Range range) {
        return range.first <= table.size() && range.count <= table.size() - range.first;
    }
    bool is_name(std::uint32_t name) const { return name < flat_.names.size(); }
    bool are_refs(Range range, std::size_t below) const {
        if (!is_part(flat_.refs, range)) return false;
        const auto refs = Flat::part(flat_.refs, range);
        return std::all_of(refs.begin(), refs.end(),
                           [&](std::uint32_t ref) { return ref < below; });
    }

    bool texts() const {
        if (flat_.names.empty() || flat_.names.front().size != 0) return false;
        if (!std::all_of(flat_.names.begin(), flat_.names.end(),
                         [&](Text text) { return is_text(text); }))
            return false;
        for (const FlatPiece& piece : flat_.pieces)
            if (piece.kind > static_cast<std::uint32_t>(sigma::Piece::Kind::dash) ||
                !is_text(piece.text))
                return false;
        return std::all_of(flat_.tests.begin(), flat_.tests.end(),
                           [&](const FlatTest& test) { return is_test(test); });
    }

    bool is_test(const FlatTest& test) const {
        if (test.kind > static_cast<std::uint8_t>(Kind::exists) ||
            test.form > static_cast<std::uint8_t>(PatternForm::pieces) || !is_name(test.field) ||
            !is_name(test.other_field) || !is_text(test.written) || !is_text(test.literal) ||
            !is_part(flat_.pieces, test.pieces))
            return false;
        switch (static_cast<PatternForm>(test.form)) {
            case PatternForm::equal: return test.pieces.count <= 1;
            case PatternForm::prefix: return test.pieces.count >= 1;
            case PatternForm::suffix:
            case PatternForm::contains: return test.pieces.count >= 2;
            default: return true;
        }
    }

    /// Trees as flatten lays them out: children of the nodes in order, each right behind the last. So no
    /// node has two parents, none is its own child, and depth is bounded.
    bool nodes() const {
        std::vector<std::uint32_t> depth(flat_.nodes.size(), 0);
        std::size_t free = 0;
        for (std::size_t i = 0; i < flat_.nodes.size(); ++i) {
            const FlatNode& node = flat_.nodes[i];
            if (i == free) ++free;
            if (!is_text(node.selection) || node.kind > NodeKind::list) return false;
            if (node.kind == NodeKind::test && node.test >= flat_.tests.size()) return false;
            if (node.kind == NodeKind::negation && node.children.count > 1) return false;
            const bool is_leaf = node.kind == NodeKind::test || node.kind == NodeKind::always ||
                                 node.kind == NodeKind::never;
            if (is_leaf && node.children.count != 0) return false;
            if (is_leaf) continue;
            if (node.children.first != free || !is_part(flat_.nodes, node.children)) return false;
            if (node.children.count != 0 && depth[i] >= max_node_depth) return false;
            for (std::uint32_t k = 0; k < node.children.count; ++k) depth[free + k] = depth[i] + 1;
            free += node.children.count;
        }
        return true;
    }

    bool lists() const {
        return std::all_of(flat_.nodes.begin(), flat_.nodes.end(), [&](const FlatNode& node) {
            return node.kind != NodeKind::list || is_list(node);
        });
    }
    bool is_list(const FlatNode& list) const {
        const auto children = Flat::part(flat_.nodes, list.children);
        if (children.empty() || children.front().kind != NodeKind::test) return false;
        const std::uint32_t field = flat_.tests[children.front().test].field;
        return std::all_of(children.begin(), children.end(), [&](const FlatNode& child) {
            if (child.kind != NodeKind::test) return false;
            const FlatTest& test = flat_.tests[child.test];
            if (list.test != no_index && pattern_gate_cost(test) == no_index) return false;
            return test.kind == static_cast<std::uint8_t>(Kind::pattern) && test.cased == 0 &&
                   test.field == field;
        });
    }

    bool routes() const {
        for (const FlatPair& pair : flat_.pairs)
            if (!is_text(pair.key) || !is_text(pair.value)) return false;
        for (const FlatMap& map : flat_.maps)
            if (!is_name(map.sigma) ||
                map.how > static_cast<std::uint32_t>(sigma::Route::FieldMap::How::position) ||
                !are_refs(map.from, flat_.names.size()) || !is_part(flat_.pairs, map.values) ||
                !is_text(map.key))
                return false;
        return std::all_of(flat_.routes.begin(), flat_.routes.end(), [&](const FlatRoute& route) {
            return is_text(route.channel) && is_text(route.provider) &&
                   is_part(flat_.refs, route.event_ids) && is_part(flat_.maps, route.maps) &&
                   route.condition < flat_.nodes.size();
        });
    }

    bool rules() const {
        if (flat_.rules.size() != body_.info.size() || flat_.rules.size() != body_.order.size())
            return false;
        for (const sigma::RuleBook::Entry& entry : body_.order)
            if (entry.is_correlation && entry.index >= body_.correlations.size()) return false;
        return std::all_of(flat_.rules.begin(), flat_.rules.end(), [&](const FlatRule& rule) {
            return (rule.root == no_index || rule.root < flat_.nodes.size()) &&
                   are_refs(rule.routes, flat_.routes.size()) &&
                   is_part(flat_.refs, rule.event_ids);
        });
    }

    static bool is_expression(const sigma::Node& node, std::size_t rules) {
        if (node.kind > sigma::Node::Kind::never) return false;
        if (node.kind == sigma::Node::Kind::test &&
            (!node.test.integer || *node.test.integer < 0 ||
             static_cast<std::size_t>(*node.test.integer) >= rules))
            return false;
        return std::all_of(node.children.begin(), node.children.end(),
                           [&](const sigma::Node& child) { return is_expression(child, rules); });
    }

    bool correlations() const {
        for (const findings::RuleInfo& info : body_.info)
            if (info.kind > findings::RuleKind::yara ||
                (info.level && *info.level > findings::Level::critical))
                return false;
        for (const sigma::Correlation& join : body_.correlations) {
            if (join.type > sigma::CorrelationType::not_preceded) return false;
            for (const std::uint32_t rule : join.rules)
                if (rule >= flat_.rules.size()) return false;
            for (const sigma::Threshold& each : join.condition)
                if (each.op > sigma::Threshold::Op::neq) return false;
            if (join.expression && !is_expression(*join.expression, join.rules.size()))
                return false;
        }
        return true;
    }

    const Rules::Body& body_;
    const Flat& flat_;
};

}  // namespace

bool is_sound(const Rules::Body& body) { return Checker(body).run(); }

}  // namespace konseki::detect
