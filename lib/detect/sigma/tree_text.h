#pragma once

// For tests: a rule's tree as one line of text.

#include <string>

#include "sigma/ast.h"

namespace konseki::detect::sigma {

/// `*` and `?` are wildcards, `~` is a dash of windash, `\` stands before those as plain text; a
/// cased pattern ends in `/c`.
inline std::string to_text(const Pattern& pattern) {
    std::string out;
    for (const Piece& piece : pattern.pieces) {
        if (piece.kind == Piece::Kind::any_run) out += '*';
        if (piece.kind == Piece::Kind::any_one) out += '?';
        if (piece.kind == Piece::Kind::dash) out += '~';
        for (const char c : piece.text) {
            if (c == '*' || c == '?' || c == '~') out += '\\';
            out += c;
        }
    }
    return pattern.cased ? out + "/c" : out;
}

inline std::string to_text(const Test& test) {
    constexpr const char* compares[] = {"<", "<=", ">", ">="};
    constexpr const char* parts[] = {"", "minute ", "hour ", "day ", "week ", "month ", "year "};
    constexpr const char* refs[] = {"= ", "contains ", "startswith ", "endswith "};
    const std::string part = parts[static_cast<int>(test.time_part)];
    switch (test.kind) {
        case Test::Kind::pattern: return test.field + ":" + to_text(test.pattern);
        case Test::Kind::number: return test.field + "#" + std::to_string(*test.integer);
        case Test::Kind::regex:
            return test.field + ":/" + test.written + "/" + (test.ignore_case ? "i" : "") +
                   (test.multi_line ? "m" : "") + (test.dot_all ? "s" : "");
        case Test::Kind::cidr: return test.field + " in " + test.written;
        case Test::Kind::compare:
            return test.field + " " + part + compares[static_cast<int>(test.compare)] + " " +
                   test.written;
        case Test::Kind::time_equal: return test.field + " " + part + "= " + test.written;
        case Test::Kind::field_ref:
            return test.field + " " + refs[static_cast<int>(test.ref_kind)] + "$" +
                   test.other_field;
        case Test::Kind::is_null: return test.field + " null";
        case Test::Kind::exists: return test.field + " exists";
    }
    return {};
}

/// `(and a:x (not b null))`.
inline std::string to_text(const Node& node) {
    if (node.kind == Node::Kind::test) return to_text(node.test);
    if (node.kind == Node::Kind::always) return "always";
    if (node.kind == Node::Kind::never) return "never";
    std::string out = node.kind == Node::Kind::negation ? "(not"
                      : node.kind == Node::Kind::all_of ? "(and"
                                                        : "(or";
    for (const Node& child : node.children) out += " " + to_text(child);
    return out + ")";
}

}  // namespace konseki::detect::sigma
