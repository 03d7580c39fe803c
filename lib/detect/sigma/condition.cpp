#include "sigma/condition.h"

#include <algorithm>
#include <string>
#include <utility>

namespace konseki::detect::sigma {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_mark(char c) { return c == '(' || c == ')' || c == '|'; }

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> tokens;
    for (std::size_t at = 0; at < text.size();) {
        if (is_blank(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        if (!is_mark(text[at]))
            while (end < text.size() && !is_blank(text[end]) && !is_mark(text[end])) ++end;
        tokens.push_back(text.substr(at, end - at));
        at = end;
    }
    return tokens;
}

bool same_word(std::string_view text, std::string_view lower) {
    const auto to_lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    };
    return std::ranges::equal(text, lower, {}, to_lower);
}

/// Whether a name fits a pattern with `*` for any run of characters.
bool fits(std::string_view pattern, std::string_view name) {
    std::size_t at = 0, in = 0, star = std::string_view::npos, retry = 0;
    while (in < name.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            retry = in;
        } else if (at < pattern.size() && pattern[at] == name[in]) {
            ++at;
            ++in;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            in = ++retry;
        } else {
            return false;
        }
    }
    return std::ranges::all_of(pattern.substr(at), [](char c) { return c == '*'; });
}

class ConditionReader {
  public:
    ConditionReader(std::string_view text, std::uint32_t line, std::vector<Item>& items,
                    TestContext& context)
        : tokens_(split(text)), line_(line), items_(items), context_(context) {}

    Parsed<Node> read() {
        if (tokens_.empty()) return refuse(line_, "the condition is empty");
        Node node = TRY(any(0));
        if (at_ < tokens_.size())
            return refuse(line_,
                          "`" + std::string(tokens_[at_]) + "` is not expected in the condition");
        return node;
    }

  private:
    Parsed<Node> any(std::size_t depth) {
        if (depth > max_condition_depth) return refuse(line_, "the condition nests too deep");
        std::vector<Node> nodes;
        do nodes.push_back(TRY(all(depth)));
        while (take_operator("or"));
        return join_nodes(Node::Kind::any_of, std::move(nodes));
    }

    Parsed<Node> all(std::size_t depth) {
        std::vector<Node> nodes;
        do nodes.push_back(TRY(factor(depth)));
        while (take_operator("and"));
        return join_nodes(Node::Kind::all_of, std::move(nodes));
    }

    Parsed<Node> factor(std::size_t depth) {
        bool negated = false;
        while (take_operator("not")) negated = !negated;
        Node node = TRY(primary(depth));
        return negated ? negate(std::move(node)) : std::move(node);
    }

    Parsed<Node> primary(std::size_t depth) {
        if (at_ == tokens_.size()) return refuse(line_, "the condition ends too early");
        const std::string_view token = tokens_[at_++];
        if (token == "(") {
            Node node = TRY(any(depth + 1));
            if (at_ == tokens_.size() || tokens_[at_] != ")")
                return refuse(line_, "a `)` is missing in the condition");
            ++at_;
            return node;
        }
        if (at_ < tokens_.size() && is_operator(at_, "of")) return quantified(token);
        if (is_mark(token[0]))
            return refuse(line_, "`" + std::string(token) + "` is not expected in the condition");
        Item* item = find(token);
        if (item == nullptr)
            return refuse(
                line_, "the condition names the unknown identifier `" + std::string(token) + "`");
        return use(*item);
    }

    /// `1 of selection_*`: the word before `of` is taken.
    Parsed<Node> quantified(std::string_view quantifier) {
        const bool is_any = quantifier == "1" || same_word(quantifier, "any");
        if (!is_any && !same_word(quantifier, "all"))
            return refuse(line_, "only `1 of`, `any of` and `all of` are known, not `" +
                                     std::string(quantifier) + " of`");
        ++at_;
        if (at_ == tokens_.size() || is_mark(tokens_[at_][0]))
            return refuse(line_, "a pattern is missing after `of`");
        const std::string_view pattern = tokens_[at_++];
        const bool them = same_word(pattern, "them") && find(pattern) == nullptr;
        if (!them && pattern.find('*') == std::string_view::npos)
            context_.warnings.push_back(
                {line_,
                 "`of " + std::string(pattern) + "` has no `*` and can mean one identifier only"});
        std::vector<Node> nodes;
        for (Item& item : items_) {
            if (item.name.starts_with('_') && !pattern.starts_with('_')) continue;
            if (them || fits(pattern, item.name)) nodes.push_back(TRY(use(item)));
        }
        if (nodes.empty())
            return refuse(line_, "no identifier fits `" + std::string(pattern) + "`");
        return join_nodes(is_any ? Node::Kind::any_of : Node::Kind::all_of, std::move(nodes));
    }

    Parsed<Node> use(Item& item) {
        // The first use is paid for by reading the item.
        if (std::exchange(item.used, true)) {
            const std::size_t count = count_tests(item.node);
            if (count > context_.tests_left)
                return refuse(line_, "more than 100,000 values in one rule");
            context_.tests_left -= count;
        }
        return item.node;
    }

    Item* find(std::string_view name) {
        const auto found = std::ranges::find(items_, name, &Item::name);
        return found == items_.end() ? nullptr : &*found;
    }

    /// Operators in any case, unless an identifier is spelt exactly so.
    bool is_operator(std::size_t at, std::string_view name) {
        const std::string_view token = tokens_[at];
        return token == name || (same_word(token, name) && find(token) == nullptr);
    }
    bool take_operator(std::string_view name) {
        if (at_ == tokens_.size() || !is_operator(at_, name)) return false;
        ++at_;
        return true;
    }

    std::vector<std::string_view> tokens_;
    std::size_t at_ = 0;
    std::uint32_t line_;
    std::vector<Item>& items_;
    TestContext& context_;
};

}  // namespace

Parsed<Node> read_condition(std::string_view text, std::uint32_t line, std::vector<Item>& items,
                            TestContext& context) {
    return ConditionReader(text, line, items, context).read();
}

Parsed<Node> read_conditions(const YamlNode& condition, std::vector<Item>& items,
                             TestContext& context) {
    if (condition.is_map()) return refuse(condition.line, "the condition must be text");
    if (condition.is_scalar())
        return read_condition(condition.text, condition.line, items, context);
    std::vector<Node> nodes;
    for (const YamlNode& one : condition.items) {
        if (!one.is_scalar()) return refuse(one.line, "the condition must be text");
        nodes.push_back(TRY(read_condition(one.text, one.line, items, context)));
    }
    if (nodes.empty()) return refuse(condition.line, "the condition is empty");
    return join_nodes(Node::Kind::any_of, std::move(nodes));
}

}  // namespace konseki::detect::sigma
