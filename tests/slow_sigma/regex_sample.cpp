#include "regex_sample.h"

#include <cctype>
#include <vector>

namespace konseki::slow_sigma {

namespace {

struct Sampler {
    std::string_view pattern;
    std::mt19937_64& random;
    std::size_t at = 0;
    int depth = 0;

    std::size_t below(std::size_t count) { return count == 0 ? 0 : random() % count; }
    bool more() const { return at < pattern.size(); }

    std::string alternatives() {
        std::vector<std::string> all;
        all.push_back(sequence());
        while (more() && pattern[at] == '|') {
            ++at;
            all.push_back(sequence());
        }
        return all[below(all.size())];
    }

    std::string sequence() {
        std::string out;
        while (more() && pattern[at] != '|' && pattern[at] != ')') {
            const std::size_t start = at;
            std::string one = atom();
            const std::size_t atom_end = at;
            std::size_t count = quantifier();
            while (count > 1 && out.size() < 4096) {
                // Each turn of a loop is a sample of its own.
                const std::size_t after = at;
                at = start;
                out += atom();
                at = after;
                --count;
            }
            if (count == 1) out += one;
            if (at == start) at = atom_end + 1;
        }
        return out;
    }

    std::size_t quantifier() {
        if (!more()) return 1;
        std::size_t low = 1, high = 1;
        const char c = pattern[at];
        if (c == '*')
            low = 0, high = 4, ++at;
        else if (c == '+')
            high = 4, ++at;
        else if (c == '?')
            low = 0, ++at;
        else if (c == '{' && at + 1 < pattern.size() &&
                 std::isdigit(static_cast<unsigned char>(pattern[at + 1])) != 0)
            braces(low, high);
        else
            return 1;
        if (more() && pattern[at] == '?') ++at;
        return low + below(high - low + 1);
    }

    std::size_t digits() {
        std::size_t number = 0;
        while (more() && std::isdigit(static_cast<unsigned char>(pattern[at])) != 0 &&
               number < 10'000)
            number = number * 10 + static_cast<std::size_t>(pattern[at++] - '0');
        return number;
    }

    void braces(std::size_t& low, std::size_t& high) {
        ++at;
        low = high = digits();
        if (more() && pattern[at] == ',') {
            ++at;
            high = more() && pattern[at] == '}' ? low + 2 : digits();
        }
        if (high < low) high = low;
        if (more()) ++at;
    }

    std::string atom() {
        const char c = pattern[at++];
        if (c == '(') return group();
        if (c == '[') return char_class();
        if (c == '.') return std::string(1, static_cast<char>('a' + below(26)));
        if (c == '^' || c == '$') return {};
        if (c == '\\' && more()) return escape(pattern[at++]);
        return std::string(1, c);
    }

    std::string group() {
        if (more() && pattern[at] == '?') {
            while (more() && pattern[at] != ':' && pattern[at] != ')') ++at;
            if (more() && pattern[at] == ')') return ++at, std::string();
            if (more()) ++at;
        }
        if (++depth > 50) return {};
        std::string out = alternatives();
        --depth;
        if (more()) ++at;
        return out;
    }

    std::string escape(char c) {
        switch (c) {
            case 'd': return std::string(1, static_cast<char>('0' + below(10)));
            case 'w': return std::string(1, static_cast<char>('a' + below(26)));
            case 's': return below(4) == 0 ? "\t" : " ";
            case 'S':
            case 'D': return "x";
            case 'W': return "-";
            case 'b':
            case 'B': return {};
            case 't': return "\t";
            case 'n': return "\n";
            case 'r': return "\r";
            default: return std::string(1, c);
        }
    }

    std::string char_class() {
        std::string members;
        const bool negated = more() && pattern[at] == '^';
        if (negated) ++at;
        bool first = true;
        while (more() && (pattern[at] != ']' || first)) {
            first = false;
            if (pattern[at] == '\\' && at + 1 < pattern.size()) {
                members += escape(pattern[at + 1]);
                at += 2;
            } else if (at + 2 < pattern.size() && pattern[at + 1] == '-' &&
                       pattern[at + 2] != ']') {
                members += pattern[at];
                members += pattern[at + 2];
                at += 3;
            } else {
                members += pattern[at++];
            }
        }
        if (more()) ++at;
        if (!negated)
            return members.empty() ? members : std::string(1, members[below(members.size())]);
        for (const char c : std::string_view("aZ5_ -~"))
            if (members.find(c) == std::string::npos) return std::string(1, c);
        return {};
    }
};

}  // namespace

std::string sample_regex(std::string_view pattern, std::mt19937_64& random) {
    Sampler sampler{pattern, random};
    std::string out;
    // An unmatched `)` ends alternatives() early: go on behind it.
    while (sampler.more()) {
        const std::size_t before = sampler.at;
        out += sampler.alternatives();
        if (sampler.at == before) ++sampler.at;
    }
    return out;
}

}  // namespace konseki::slow_sigma
