#include "sigma/field.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <utility>

#include "konseki/base/result.h"
#include "sigma/address.h"
#include "sigma/encode.h"
#include "sigma/modifiers.h"
#include "sigma/pattern.h"
#include "sigma/placeholder.h"
#include "sigma/regex.h"

namespace konseki::detect::sigma {
namespace {

/// windash before an encoding: each dash in all five forms, up to this many dashes (5^4 texts).
constexpr std::size_t max_encoded_dashes = 4;
constexpr std::array<std::string_view, 5> dash_forms = {"-", "/", "\u2013", "\u2014", "\u2015"};

/// One pattern in the making; as_bytes after utf16le and the like.
struct Draft {
    Pieces pieces;
    bool is_bytes = false;
    bool is_encoded = false;
};

Node leaf(Test test) {
    Node node;
    node.kind = Node::Kind::test;
    node.test = std::move(test);
    return node;
}

/// Makes the tests of one key.
class FieldReader {
  public:
    FieldReader(const Chain& chain, TestContext& context) : chain_(chain), context_(context) {}

    Parsed<Node> value(const YamlNode& value) {
        if (!value.is_scalar())
            return refuse(value.line, "a value must not be a list or a map here");
        if (context_.tests_left == 0)
            return refuse(value.line, "more than 100,000 values in one rule");
        --context_.tests_left;
        warn_of_controls(value);
        switch (chain_.kind) {
            case Modifier::exists: return exists(value);
            case Modifier::less:
            case Modifier::less_equal:
            case Modifier::greater:
            case Modifier::greater_equal: return compare(value);
            default: break;
        }
        if (chain_.has_time_part()) return compare(value);
        if (value.is_null()) return null(value);
        return texts(value);
    }

  private:
    Test test_of(Test::Kind kind, const YamlNode& value) const {
        Test test;
        test.kind = kind;
        test.field = chain_.field;
        test.written = value.text;
        return test;
    }

    void warn_of_controls(const YamlNode& value) {
        const auto is_control = [](char c) {
            return static_cast<unsigned char>(c) < 0x20 && c != '\n';
        };
        if (std::ranges::any_of(value.text, is_control))
            context_.warnings.push_back({value.line,
                                         "the value holds a control character: in double quotes a "
                                         "backslash is an escape of YAML"});
    }

    Parsed<Node> exists(const YamlNode& value) {
        const auto wanted = value.as_bool();
        if (!wanted) return refuse(value.line, "`exists` needs true or false");
        Node node = leaf(test_of(Test::Kind::exists, value));
        return *wanted ? std::move(node) : negate(std::move(node));
    }

    Parsed<Node> compare(const YamlNode& value) {
        Test test = test_of(Test::Kind::compare, value);
        const auto number = read_number(value);
        if (!number)
            return refuse(value.line, "this modifier needs a number, not `" + value.text + "`");
        test.number = *number;
        test.integer = value.as_integer();
        if (chain_.is_plain())
            test.kind = Test::Kind::time_equal;
        else
            test.compare = static_cast<Compare>(static_cast<int>(chain_.kind) -
                                                static_cast<int>(Modifier::less));
        if (chain_.has_time_part()) {
            if (!test.integer)
                return refuse(value.line,
                              "a part of a time is a whole number, not `" + value.text + "`");
            test.time_part = static_cast<TimePart>(1 + static_cast<int>(chain_.time_part) -
                                                   static_cast<int>(Modifier::minute));
        }
        return leaf(std::move(test));
    }

    Parsed<Node> null(const YamlNode& value) {
        if (chain_.field.empty()) return refuse(value.line, "a keyword must not be null");
        if (!chain_.is_plain() || !chain_.steps.empty())
            return refuse(value.line, "null cannot take this modifier");
        return leaf(test_of(Test::Kind::is_null, value));
    }

    /// Strings, numbers and booleans, with placeholders put in first.
    Parsed<Node> texts(const YamlNode& value) {
        if (value.as_bool() && (!chain_.is_plain() || !chain_.steps.empty()))
            return refuse(value.line, "true and false cannot take this modifier");
        if (!chain_.has(Modifier::expand)) return text(value, value.text);
        const std::vector<std::string> expanded =
            TRY(expand_placeholders(value.text, value.line, context_.placeholders));
        std::vector<Node> nodes;
        if (expanded.size() > context_.tests_left)
            return refuse(value.line, "more than 100,000 values in one rule");
        context_.tests_left -= expanded.size();
        for (const std::string& one : expanded) nodes.push_back(TRY(text(value, one)));
        return join_nodes(Node::Kind::any_of, std::move(nodes));
    }

    Parsed<Node> text(const YamlNode& value, const std::string& written) {
        if (chain_.kind == Modifier::re) return regex(value, written);
        if (chain_.kind == Modifier::cidr) return cidr(value, written);
        if (chain_.kind == Modifier::field_ref) return field_ref(value, written);
        if (chain_.steps.empty() && !chain_.field.empty() && value.as_integer())
            return number(value);
        return pattern(value, written);
    }

    Parsed<Node> number(const YamlNode& value) {
        Test test = test_of(Test::Kind::number, value);
        test.integer = value.as_integer();
        test.number = static_cast<double>(*test.integer);
        return leaf(std::move(test));
    }

    Parsed<Node> regex(const YamlNode& value, const std::string& written) {
        Test test = test_of(Test::Kind::regex, value);
        test.written = written;
        test.ignore_case = chain_.ignore_case;
        test.multi_line = chain_.multi_line;
        test.dot_all = chain_.dot_all;
        if (const auto reason = why_not_regex(test)) return refuse(value.line, *reason);
        return leaf(std::move(test));
    }

    Parsed<Node> cidr(const YamlNode& value, const std::string& written) {
        const auto network = read_network(written);
        if (!network) return refuse(value.line, "`" + written + "` is no IP network");
        if (network->had_host_bits)
            context_.warnings.push_back(
                {value.line, "the network `" + written + "` has host bits set: they are ignored"});
        Test test = test_of(Test::Kind::cidr, value);
        test.written = written;
        test.cidr = network->cidr;
        return leaf(std::move(test));
    }

    Parsed<Node> field_ref(const YamlNode& value, const std::string& written) {
        const Pieces pieces = read_pattern(written);
        if (has_wildcard(pieces) || pieces.empty())
            return refuse(value.line, "`fieldref` needs the name of a field");
        Test test = test_of(Test::Kind::field_ref, value);
        test.other_field = plain_field(plain_text(pieces));
        const bool front = chain_.has(Modifier::starts_with),
                   back = chain_.has(Modifier::ends_with);
        if (chain_.has(Modifier::contains) || (front && back))
            test.ref_kind = Test::RefKind::contains;
        else if (front)
            test.ref_kind = Test::RefKind::starts_with;
        else if (back)
            test.ref_kind = Test::RefKind::ends_with;
        return leaf(std::move(test));
    }

    Parsed<Node> pattern(const YamlNode& value, const std::string& written) {
        std::vector<Draft> drafts = {{read_pattern(written), false, false}};
        for (const Modifier step : chain_.steps) TRY_VOID(apply(step, drafts, value.line));
        std::vector<Node> nodes;
        for (Draft& draft : drafts) nodes.push_back(finish(std::move(draft), value));
        return join_nodes(Node::Kind::any_of, std::move(nodes));
    }

    Node finish(Draft draft, const YamlNode& value) {
        if (draft.is_bytes) {
            context_.warnings.push_back(
                {value.line, "UTF-16 without base64 after it never matches"});
            return {};
        }
        const bool anchored = chain_.has(Modifier::contains) || chain_.has(Modifier::starts_with) ||
                              chain_.has(Modifier::ends_with);
        if (chain_.field.empty() && !anchored) {
            open_front(draft.pieces);
            open_back(draft.pieces);
        }
        Test test = test_of(Test::Kind::pattern, value);
        test.pattern = finish_pattern(std::move(draft.pieces), chain_.cased || draft.is_encoded);
        return leaf(std::move(test));
    }

    Parsed<bool> apply(Modifier step, std::vector<Draft>& drafts, std::uint32_t line) {
        if (step == Modifier::base64 || step == Modifier::base64offset)
            return encode(step, drafts, line);
        for (Draft& draft : drafts) {
            if (step == Modifier::windash) mark_dashes(draft.pieces);
            if (step == Modifier::contains || step == Modifier::ends_with) open_front(draft.pieces);
            if (step == Modifier::contains || step == Modifier::starts_with)
                open_back(draft.pieces);
        }
        if (step == Modifier::utf16 || step == Modifier::utf16le || step == Modifier::utf16be)
            return widen(step, drafts, line);
        return true;
    }

    Parsed<bool> widen(Modifier step, std::vector<Draft>& drafts, std::uint32_t line) {
        TRY_VOID(spell_out(drafts, line));
        for (Draft& draft : drafts) {
            if (draft.is_bytes) return refuse(line, "the value is UTF-16 already");
            const std::string text = plain_text(draft.pieces);
            std::string bytes = step == Modifier::utf16 ? "\xFF\xFE" : "";
            bytes += step == Modifier::utf16be ? to_utf16be(text) : to_utf16le(text);
            draft = {{{Piece::Kind::text, std::move(bytes)}}, true, false};
        }
        return true;
    }

    Parsed<bool> encode(Modifier step, std::vector<Draft>& drafts, std::uint32_t line) {
        TRY_VOID(spell_out(drafts, line));
        std::vector<Draft> encoded;
        const auto add = [&](std::string text) {
            if (!text.empty())
                encoded.push_back({{{Piece::Kind::text, std::move(text)}}, false, true});
        };
        for (const Draft& draft : drafts) {
            const std::string text = plain_text(draft.pieces);
            if (step == Modifier::base64)
                add(to_base64(as_bytes(text)));
            else
                for (std::string& one : to_base64_offsets(text)) add(std::move(one));
        }
        if (encoded.empty()) return refuse(line, "nothing is left of the value in base64");
        if (step == Modifier::base64offset && !chain_.has(Modifier::contains))
            context_.warnings.push_back({line, "`base64offset` is meant to go with `contains`"});
        drafts = std::move(encoded);
        return true;
    }

    /// Encodings need texts: wildcards are refused, dashes written in all their forms.
    Parsed<bool> spell_out(std::vector<Draft>& drafts, std::uint32_t line) {
        std::vector<Draft> spelt;
        for (const Draft& draft : drafts) {
            if (has_wildcard(draft.pieces)) return refuse(line, "a wildcard cannot be encoded");
            const auto is_dash = [](const Piece& piece) { return piece.kind == Piece::Kind::dash; };
            if (std::ranges::count_if(draft.pieces, is_dash) >
                static_cast<std::ptrdiff_t>(max_encoded_dashes))
                return refuse(line, "too many dashes for `windash` before an encoding");
            std::vector<std::string> texts = {""};
            for (const Piece& piece : draft.pieces) {
                std::vector<std::string> longer;
                for (const std::string& text : texts) {
                    if (is_dash(piece))
                        for (const std::string_view form : dash_forms)
                            longer.push_back(text + std::string(form));
                    else
                        longer.push_back(text + piece.text);
                }
                texts = std::move(longer);
            }
            for (std::string& text : texts)
                spelt.push_back(
                    {{{Piece::Kind::text, std::move(text)}}, draft.is_bytes, draft.is_encoded});
        }
        drafts = std::move(spelt);
        return true;
    }

    static std::optional<double> read_number(const YamlNode& value) {
        if (!value.plain || value.text.empty()) return std::nullopt;
        if (const auto integer = value.as_integer()) return static_cast<double>(*integer);
        const char* end = value.text.data() + value.text.size();
        if (value.text.starts_with("0x")) {
            std::uint64_t hex = 0;
            const auto [at, error] = std::from_chars(value.text.data() + 2, end, hex, 16);
            if (error != std::errc{} || at != end) return std::nullopt;
            return static_cast<double>(hex);
        }
        double number = 0;
        const auto [at, error] = std::from_chars(value.text.data(), end, number);
        if (error != std::errc{} || at != end || !std::isfinite(number)) return std::nullopt;
        return number;
    }

    const Chain& chain_;
    TestContext& context_;
};

}  // namespace

Node join_nodes(Node::Kind kind, std::vector<Node> children) {
    if (children.size() == 1) return std::move(children[0]);
    Node node;
    node.kind = kind;
    for (Node& child : children) {
        if (child.kind != kind || !child.selection.empty()) {
            node.children.push_back(std::move(child));
            continue;
        }
        for (Node& grandchild : child.children) node.children.push_back(std::move(grandchild));
    }
    return node;
}

Node negate(Node node) {
    Node out;
    out.kind = Node::Kind::negation;
    out.children.push_back(std::move(node));
    return out;
}

std::size_t count_tests(const Node& node) {
    std::size_t count = node.kind == Node::Kind::test ? 1 : 0;
    for (const Node& child : node.children) count += count_tests(child);
    return count;
}

Parsed<Node> read_field(const YamlEntry& entry, TestContext& context) {
    const Chain chain = TRY(read_chain(entry.key, entry.line));
    FieldReader reader(chain, context);
    std::vector<Node> nodes;
    if (entry.value.is_list()) {
        if (entry.value.items.empty()) {
            context.warnings.push_back({entry.line, "an empty list is taken as null"});
            YamlNode null;
            null.line = entry.line;
            nodes.push_back(TRY(reader.value(null)));
        }
        for (const YamlNode& item : entry.value.items) nodes.push_back(TRY(reader.value(item)));
    } else {
        nodes.push_back(TRY(reader.value(entry.value)));
    }
    if (chain.all && nodes.size() == 1)
        context.warnings.push_back({entry.line, "`all` stands on a single value"});
    Node node = join_nodes(chain.all ? Node::Kind::all_of : Node::Kind::any_of, std::move(nodes));
    return chain.neq ? negate(std::move(node)) : std::move(node);
}

Parsed<Node> read_keyword(const YamlNode& value, TestContext& context) {
    const Chain chain;
    return FieldReader(chain, context).value(value);
}

}  // namespace konseki::detect::sigma
