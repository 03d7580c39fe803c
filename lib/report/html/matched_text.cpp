#include "matched_text.h"

#include <algorithm>
#include <string>

#include "konseki/base/text.h"

namespace konseki::report {
namespace {

/// Whether `-`, `/` and the dashes of Unicode are one character, as with Sigma's windash.
enum class Dashes { apart, alike };

/// A text folded, and where each of its bytes comes from.
struct Folded {
    std::string text;
    std::vector<std::size_t> from;  ///< of each byte of `text`, and the end of the original

    Folded(std::string_view original, Dashes dashes) {
        for (std::size_t at = 0; at < original.size();) {
            const std::size_t start = at;
            char32_t c = fold_code_point(next_code_point(original, at));
            const bool is_dash = c == U'/' || (c >= 0x2010 && c <= 0x2015);
            if (dashes == Dashes::alike && is_dash) c = U'-';
            append_code_point(text, c);
            from.resize(text.size(), start);
        }
        from.push_back(original.size());
    }
};

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// Literals of a pattern between its wildcards, with the escapes of Sigma resolved. An empty first or last one: a
/// wildcard stands there.
std::vector<std::string> literals_of(std::string_view pattern) {
    std::vector<std::string> all(1);
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char next = at + 1 < pattern.size() ? pattern[at + 1] : '\0';
        if (pattern[at] == '\\' && (next == '*' || next == '?' || next == '\\'))
            all.back() += pattern[++at];
        else if (pattern[at] == '*' || pattern[at] == '?')
            all.emplace_back();
        else
            all.back() += pattern[at];
    }
    return all;
}

/// Where a literal stands at or behind `from`: at the end or the beginning where it can, since rules ask for ends of
/// paths most often.
std::size_t place_of(std::string_view text, std::string_view literal, std::size_t from,
                     bool may_be_last) {
    if (may_be_last && text.ends_with(literal) && text.size() - literal.size() >= from)
        return text.size() - literal.size();
    return text.find(literal, from);
}

/// Empty where they do not stand there in their order.
std::vector<Stretch> find(const Folded& value, const std::vector<std::string>& literals,
                          Dashes dashes) {
    std::vector<Stretch> found;
    std::size_t from = 0;
    for (std::size_t i = 0; i < literals.size(); ++i) {
        const std::string literal = Folded(literals[i], dashes).text;
        if (literal.empty()) continue;
        const bool is_last = i + 1 == literals.size();
        const std::size_t at = place_of(value.text, literal, from, is_last);
        if (at == std::string::npos) return {};
        from = at + literal.size();
        found.push_back({value.from[at], value.from[from]});
    }
    return found;
}

}  // namespace

std::vector<Stretch> matched_text(std::string_view value, std::string_view pattern) {
    if (value.empty()) return {};
    const std::vector<Stretch> whole = {{0, value.size()}};
    // 3 in 4623 is no part that matched: numbers compare as a whole.
    if (pattern.empty() || (is_number(value) && is_number(pattern))) return whole;
    for (const Dashes dashes : {Dashes::apart, Dashes::alike}) {
        const Folded folded(value, dashes);
        for (const std::vector<std::string>& literals :
             {std::vector<std::string>{std::string(pattern)}, literals_of(pattern)}) {
            const std::vector<Stretch> found = find(folded, literals, dashes);
            if (!found.empty()) return joined(found);
        }
    }
    return whole;
}

std::vector<Stretch> joined(std::vector<Stretch> stretches) {
    std::ranges::sort(stretches, {}, &Stretch::begin);
    std::vector<Stretch> out;
    for (const Stretch& one : stretches)
        if (!out.empty() && one.begin <= out.back().end)
            out.back().end = std::max(out.back().end, one.end);
        else
            out.push_back(one);
    return out;
}

}  // namespace konseki::report
