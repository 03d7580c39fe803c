#include <algorithm>
#include <cctype>

#include "slow_rule.h"

namespace konseki::slow_sigma {

namespace {

struct Parser {
    std::vector<std::string> tokens;
    const std::vector<std::string>& names;
    std::string& reason;
    std::size_t at = 0;

    bool fail(std::string why) {
        if (reason.empty()) reason = std::move(why);
        return false;
    }
    bool is_name(const std::string& token) const {
        return std::find(names.begin(), names.end(), token) != names.end();
    }
    /// The token is this word in any case, and no identifier is spelt exactly so.
    bool is_word(std::size_t index, std::string_view word) const {
        if (index >= tokens.size() || is_name(tokens[index])) return false;
        const std::string& token = tokens[index];
        return std::equal(token.begin(), token.end(), word.begin(), word.end(), [](char a, char b) {
            return std::tolower(static_cast<unsigned char>(a)) == b;
        });
    }
    bool chain(Expression& out, Expression::Kind kind);
    bool negation(Expression& out);
    bool primary(Expression& out);
    bool quantified(Expression& out);
};

/// `or` binds least, then `and`.
bool Parser::chain(Expression& out, Expression::Kind kind) {
    const bool is_or = kind == Expression::Kind::any;
    out.kind = kind;
    while (true) {
        Expression part;
        if (!(is_or ? chain(part, Expression::Kind::all) : negation(part))) return false;
        out.parts.push_back(std::move(part));
        if (!is_word(at, is_or ? "or" : "and")) return true;
        ++at;
    }
}

bool Parser::negation(Expression& out) {
    if (!is_word(at, "not")) return primary(out);
    ++at;
    out.kind = Expression::Kind::negation;
    out.parts.emplace_back();
    return negation(out.parts.back());
}

bool Parser::primary(Expression& out) {
    if (at >= tokens.size()) return fail("condition ends too early");
    if (tokens[at] == "(") {
        ++at;
        if (!chain(out, Expression::Kind::any)) return false;
        if (at >= tokens.size() || tokens[at] != ")") return fail("missing )");
        ++at;
        return true;
    }
    if (is_word(at + 1, "of")) return quantified(out);
    if (!is_name(tokens[at])) return fail("unknown identifier " + tokens[at]);
    out.kind = Expression::Kind::name;
    out.name = tokens[at++];
    return true;
}

std::string pattern_glob_reason(const std::string& pattern) { return "nothing fits " + pattern; }

bool Parser::quantified(Expression& out) {
    if (is_word(at, "all"))
        out.kind = Expression::Kind::all;
    else if (is_word(at, "any") || tokens[at] == "1")
        out.kind = Expression::Kind::any;
    else
        return fail("only 1, any, all of");
    at += 2;
    if (at >= tokens.size()) return fail("condition ends after of");
    const std::string pattern = is_word(at, "them") ? "*" : tokens[at];
    ++at;
    Glob glob;
    for (const char c : pattern)
        glob.push_back({c == '*' ? GlobStep::Kind::any_run : GlobStep::Kind::character,
                        static_cast<char32_t>(static_cast<unsigned char>(c))});
    for (const std::string& name : names) {
        if (name.starts_with('_') && !pattern.starts_with('_')) continue;
        if (!glob_matches(glob, code_points(name))) continue;
        out.parts.push_back({Expression::Kind::name, name, {}});
    }
    return !out.parts.empty() || fail(pattern_glob_reason(pattern));
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> tokens;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) tokens.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            end_word();
        } else if (c == '(' || c == ')') {
            end_word();
            tokens.emplace_back(1, c);
        } else {
            word += c;
        }
    }
    end_word();
    return tokens;
}

}  // namespace

bool read_condition(std::string_view text, const std::vector<std::string>& names, Expression& out,
                    std::string& reason) {
    Parser parser{split(text), names, reason};
    if (!parser.chain(out, Expression::Kind::any)) return false;
    return parser.at == parser.tokens.size() || parser.fail("more text after the condition");
}

}  // namespace konseki::slow_sigma
