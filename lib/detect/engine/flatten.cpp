#include "engine/flatten.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <unordered_map>

#include "engine/literals.h"
#include "konseki/base/text.h"

namespace konseki::detect {
namespace {

using sigma::Node;
using sigma::Piece;
using sigma::Test;

/// Names that the engine itself asks for, whether rules do or not.
constexpr std::string_view engine_names[] = {"EventID", "Provider_Name", "Hashes"};

std::vector<std::uint32_t> event_ids_of(const Node& node);

/// Event ids on which a test can hold, where it is one of System/EventID; empty for any other test.
std::vector<std::uint32_t> event_ids_of_test(const Test& test) {
    if (test.field != "EventID" || test.kind != Test::Kind::number || !test.integer) return {};
    if (*test.integer < 0 || *test.integer > 0xffff'fffe) return {};
    return {static_cast<std::uint32_t>(*test.integer)};
}

std::vector<std::uint32_t> event_ids_of_any(const Node& node) {
    std::vector<std::uint32_t> all;
    for (const Node& child : node.children) {
        const std::vector<std::uint32_t> ids = event_ids_of(child);
        if (ids.empty()) return {};
        all.insert(all.end(), ids.begin(), ids.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

/// Event ids outside which the tree cannot be true; empty where that is not known.
std::vector<std::uint32_t> event_ids_of(const Node& node) {
    switch (node.kind) {
        case Node::Kind::test: return event_ids_of_test(node.test);
        case Node::Kind::any_of: return event_ids_of_any(node);
        case Node::Kind::all_of:
            for (const Node& child : node.children)
                if (std::vector<std::uint32_t> ids = event_ids_of(child); !ids.empty()) return ids;
            return {};
        default: return {};
    }
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

class Builder {
  public:
    Builder() {
        name("");
        for (const std::string_view each : engine_names) name(each);
    }

    void learn(const sigma::RuleBook& book) {
        for (const sigma::Rule& rule : book.rules) learn(rule.condition, 0);
        for (const sigma::Correlation& join : book.correlations) {
            for (const std::string& field : join.group_by) name(field);
            for (const std::string& field : join.value_fields) name(field);
            for (const auto& [alias, fields] : join.aliases)
                for (const std::string& field : fields) name(field);
        }
    }

    std::uint32_t add_route(const sigma::Route& route) {
        FlatRoute out;
        out.channel = text(route.channel);
        out.provider = text(route.provider);
        out.event_ids = refs(route.event_ids);
        out.maps = {static_cast<std::uint32_t>(flat_.maps.size()),
                    static_cast<std::uint32_t>(route.fields.size())};
        for (const sigma::Route::FieldMap& map : route.fields) add_map(map);
        out.condition = add_tree(route.condition);
        flat_.routes.push_back(out);
        return static_cast<std::uint32_t>(flat_.routes.size() - 1);
    }

    void add_rule(const Node* condition, const std::vector<std::uint32_t>& routes, bool base_only) {
        FlatRule out;
        out.base_only = base_only ? 1 : 0;
        out.routes = refs(routes);
        if (condition) {
            out.root = add_tree(*condition);
            out.event_ids = refs(event_ids_of(*condition));
        }
        flat_.rules.push_back(out);
    }

    Flat take() { return std::move(flat_); }

  private:
    Text text(std::string_view value) {
        const auto found = texts_.find(std::string(value));
        if (found != texts_.end()) return found->second;
        const Text place{static_cast<std::uint32_t>(flat_.pool.size()),
                         static_cast<std::uint32_t>(value.size())};
        flat_.pool.append(value);
        return texts_.emplace(value, place).first->second;
    }

    std::uint32_t name(std::string_view value) {
        const auto [found, fresh] =
            names_.emplace(value, static_cast<std::uint32_t>(flat_.names.size()));
        if (fresh) flat_.names.push_back(text(value));
        return found->second;
    }

    Range refs(const std::vector<std::uint32_t>& values) {
        const Range range{static_cast<std::uint32_t>(flat_.refs.size()),
                          static_cast<std::uint32_t>(values.size())};
        flat_.refs.insert(flat_.refs.end(), values.begin(), values.end());
        return range;
    }

    void add_map(const sigma::Route::FieldMap& map) {
        FlatMap out;
        out.sigma = name(map.sigma);
        out.how = static_cast<std::uint32_t>(map.how);
        std::vector<std::uint32_t> from;
        for (const std::string& each : map.from) from.push_back(name(each));
        out.from = refs(from);
        out.values = {static_cast<std::uint32_t>(flat_.pairs.size()),
                      static_cast<std::uint32_t>(map.values.size())};
        for (const auto& [key, value] : map.values) flat_.pairs.push_back({text(key), text(value)});
        out.key = text(map.key);
        out.position = map.position;
        out.only_if_absent = map.only_if_absent ? 1 : 0;
        flat_.maps.push_back(out);
    }

    void learn(const Node& node, std::uint32_t depth) {
        if (depth > max_node_depth) return;
        if (node.kind == Node::Kind::test)
            for (const Piece& piece : node.test.pattern.pieces)
                if (piece.kind == Piece::Kind::text) rarity_.learn(fold(piece.text));
        for (const Node& child : node.children) learn(child, depth + 1);
    }

    /// Lays a tree out level by level: the children of a node stand together, behind it.
    std::uint32_t add_tree(const Node& root) {
        struct Open {
            const Node* node;
            std::uint32_t depth;
        };
        const std::uint32_t first = static_cast<std::uint32_t>(flat_.nodes.size());
        std::vector<Open> open{{&root, 0}};
        flat_.nodes.emplace_back();
        for (std::size_t i = 0; i < open.size(); ++i) {
            const Open at = open[i];
            FlatNode out;
            out.kind = static_cast<NodeKind>(at.node->kind);
            out.selection = text(at.node->selection);
            // Deeper trees are refused by the front end; here they end as `never`.
            if (at.depth == max_node_depth) out.kind = NodeKind::never;
            if (out.kind == NodeKind::test) out.test = add_test(at.node->test);
            if (out.kind == NodeKind::all_of || out.kind == NodeKind::any_of ||
                out.kind == NodeKind::negation) {
                if (is_list(*at.node)) out.kind = NodeKind::list;
                out.children = {static_cast<std::uint32_t>(flat_.nodes.size()),
                                static_cast<std::uint32_t>(at.node->children.size())};
                for (const Node& child : at.node->children) {
                    open.push_back({&child, at.depth + 1});
                    flat_.nodes.emplace_back();
                }
            }
            flat_.nodes[first + i] = out;
        }
        for (std::size_t i = 0; i < open.size(); ++i)
            if (flat_.nodes[first + i].kind == NodeKind::list)
                flat_.nodes[first + i].test = list_cost(flat_.nodes[first + i]);
        return first;
    }

    std::uint32_t list_cost(const FlatNode& list) const {
        std::uint64_t sum = 0;
        std::uint32_t largest = 0;
        for (const FlatNode& child : Flat::part(flat_.nodes, list.children)) {
            const FlatTest& test = flat_.tests[child.test];
            const std::uint32_t one = pattern_gate_cost(test);
            if (one == no_index) return no_index;
            sum += one;
            largest = std::max(largest, one);
        }
        return gate_cost_of_any(sum, largest);
    }

    static bool is_list(const Node& node) {
        if (node.kind != Node::Kind::any_of || node.children.size() < list_minimum) return false;
        const std::string& field = node.children.front().test.field;
        if (field.empty()) return false;
        return std::all_of(node.children.begin(), node.children.end(), [&](const Node& child) {
            return child.kind == Node::Kind::test && child.test.kind == Test::Kind::pattern &&
                   !child.test.pattern.cased && child.test.field == field;
        });
    }

    std::uint32_t add_test(const Test& test) {
        FlatTest out;
        out.kind = static_cast<std::uint8_t>(test.kind);
        out.cased = test.pattern.cased ? 1 : 0;
        out.flags = static_cast<std::uint8_t>((test.ignore_case ? regex_ignore_case : 0) |
                                              (test.multi_line ? regex_multi_line : 0) |
                                              (test.dot_all ? regex_dot_all : 0));
        out.compare = static_cast<std::uint8_t>(test.compare);
        out.time_part = static_cast<std::uint8_t>(test.time_part);
        out.ref_kind = static_cast<std::uint8_t>(test.ref_kind);
        out.prefix_bits = test.cidr.prefix_bits;
        std::memcpy(out.address, test.cidr.address, sizeof out.address);
        out.field = name(test.field);
        out.other_field = name(test.other_field);
        out.written = text(test.written);
        out.number = test.number;
        out.has_integer = test.integer ? 1 : 0;
        out.integer = test.integer.value_or(0);
        if (test.kind == Test::Kind::pattern) add_pattern(test.pattern, out);
        return unique(out);
    }

    void add_pattern(const sigma::Pattern& pattern, FlatTest& out) {
        std::vector<FlatPiece> pieces;
        std::string key;
        for (const Piece& piece : pattern.pieces) {
            const std::string shown = pattern.cased ? piece.text : fold(piece.text);
            pieces.push_back({static_cast<std::uint32_t>(piece.kind), text(shown)});
            key += static_cast<char>('0' + static_cast<int>(piece.kind));
            key.append(shown).push_back('\0');
            if (piece.kind != Piece::Kind::text) continue;
            const std::string folded = fold(piece.text);
            if (!is_ascii(folded)) out.beyond_ascii = 1;
            offer(folded, out);
        }
        const auto [found, fresh] = pieces_.emplace(key, Range{});
        if (fresh) {
            found->second = {static_cast<std::uint32_t>(flat_.pieces.size()),
                             static_cast<std::uint32_t>(pieces.size())};
            flat_.pieces.insert(flat_.pieces.end(), pieces.begin(), pieces.end());
        }
        out.pieces = found->second;
        out.form = static_cast<std::uint8_t>(form_of(pattern));
    }

    /// Keeps the rarest of the texts as the literal of a test.
    void offer(const std::string& folded, FlatTest& out) {
        const std::uint32_t cost = rarity_.cost(folded);
        if (cost == Rarity::no_gate) return;
        if (out.literal.size != 0 && cost >= out.literal_cost) return;
        out.literal = text(folded);
        out.literal_cost = cost;
    }

    static PatternForm form_of(const sigma::Pattern& pattern) {
        using Kind = Piece::Kind;
        const auto& p = pattern.pieces;
        const auto is = [&](std::initializer_list<Kind> kinds) {
            return std::equal(p.begin(), p.end(), kinds.begin(), kinds.end(),
                              [](const Piece& piece, Kind kind) { return piece.kind == kind; });
        };
        if (p.empty() || is({Kind::text})) return PatternForm::equal;
        if (is({Kind::any_run})) return PatternForm::anything;
        if (is({Kind::text, Kind::any_run})) return PatternForm::prefix;
        if (is({Kind::any_run, Kind::text})) return PatternForm::suffix;
        if (is({Kind::any_run, Kind::text, Kind::any_run})) return PatternForm::contains;
        return PatternForm::pieces;
    }

    std::uint32_t unique(const FlatTest& test) {
        static_assert(std::is_trivially_copyable_v<FlatTest>);
        std::string key(sizeof test, '\0');
        std::memcpy(key.data(), &test, sizeof test);
        const auto [found, fresh] =
            tests_.emplace(std::move(key), static_cast<std::uint32_t>(flat_.tests.size()));
        if (fresh) flat_.tests.push_back(test);
        return found->second;
    }

    Flat flat_;
    Rarity rarity_;
    std::unordered_map<std::string, Text> texts_;
    std::unordered_map<std::string, std::uint32_t> names_;
    std::unordered_map<std::string, Range> pieces_;
    std::unordered_map<std::string, std::uint32_t> tests_;
};

template <class RoutesOf>
Flat flatten_with(const sigma::RuleBook& book, Builder& builder, RoutesOf routes_of) {
    for (std::size_t i = 0; i < book.order.size(); ++i) {
        const sigma::RuleBook::Entry entry = book.order[i];
        const bool base_only = i < book.base_only.size() && book.base_only[i];
        if (entry.is_correlation) {
            builder.add_rule(nullptr, {}, base_only);
            continue;
        }
        const sigma::Rule& rule = book.rules[entry.index];
        builder.add_rule(&rule.condition, routes_of(rule), base_only);
    }
    return builder.take();
}

}  // namespace

Flat flatten(const sigma::RuleBook& book, const sigma::LogSources& sources) {
    Builder builder;
    builder.learn(book);
    std::map<const sigma::Route*, std::uint32_t> known;
    return flatten_with(book, builder, [&](const sigma::Rule& rule) {
        std::vector<std::uint32_t> out;
        const auto routes = sources.routes(rule.log_source);
        if (!routes) return out;
        for (const sigma::Route* const route : *routes) {
            const auto [found, fresh] = known.emplace(route, 0);
            if (fresh) found->second = builder.add_route(*route);
            out.push_back(found->second);
        }
        return out;
    });
}

Flat flatten(const sigma::RuleBook& book, std::span<const sigma::Route> routes) {
    Builder builder;
    builder.learn(book);
    std::vector<std::uint32_t> all;
    for (const sigma::Route& route : routes) all.push_back(builder.add_route(route));
    return flatten_with(book, builder, [&](const sigma::Rule&) { return all; });
}

}  // namespace konseki::detect
