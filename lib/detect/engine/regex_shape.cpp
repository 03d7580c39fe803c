#include "engine/regex_shape.h"

#include <algorithm>
#include <charconv>

#include "konseki/base/text.h"

namespace konseki::detect {
namespace {

/// Nesting of groups that is followed; deeper patterns are left to RE2 alone.
constexpr int max_group_depth = 50;
/// Alternatives of which one must occur: more do not pay as a test in advance.
constexpr std::size_t max_required = 64;
/// Sets of texts that must all occur: a few rule nearly everything out.
constexpr std::size_t max_sets = 16;
/// Bounds of a repetition; RE2 allows 1000.
constexpr std::uint32_t max_repeat = 100'000;

struct Part {
    bool is_exact = false;  ///< matches `exact` and nothing else (but for case)
    std::string exact;
    std::vector<std::string> required;
    std::uint32_t minimum = 0;
    std::vector<std::vector<std::string>> all = {};  ///< as RegexShape::all
};

std::size_t shortest(const std::vector<std::string>& texts) {
    std::size_t least = texts.empty() ? 0 : texts.front().size();
    for (const std::string& text : texts) least = std::min(least, text.size());
    return least;
}

bool is_better(const std::vector<std::string>& one, const std::vector<std::string>& other) {
    const std::size_t a = std::min<std::size_t>(shortest(one), 8);
    const std::size_t b = std::min<std::size_t>(shortest(other), 8);
    return a != b ? a > b : !one.empty() && one.size() < other.size();
}

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool read(Part& out) {
        out = alternatives(0);
        return !failed_ && at_ == text_.size();
    }

  private:
    bool more() const { return at_ < text_.size(); }
    bool take(char c) {
        if (!more() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    Part fail() {
        failed_ = true;
        return {};
    }

    Part alternatives(int depth) {
        if (depth > max_group_depth) return fail();
        Part first = sequence(depth);
        if (!more() || text_[at_] != '|') return first;
        Part all;
        all.minimum = first.minimum;
        bool known = add_required(first, all.required);
        while (!failed_ && take('|')) {
            const Part next = sequence(depth);
            all.minimum = std::min(all.minimum, next.minimum);
            known = add_required(next, all.required) && known;
        }
        if (!known || all.required.size() > max_required) all.required.clear();
        if (!all.required.empty()) all.all = {all.required};
        return all;
    }

    static bool add_required(const Part& part, std::vector<std::string>& out) {
        if (part.is_exact && !part.exact.empty()) {
            out.push_back(part.exact);
            return true;
        }
        out.insert(out.end(), part.required.begin(), part.required.end());
        return !part.required.empty();
    }

    Part sequence(int depth) {
        Part all;
        all.is_exact = true;
        std::string run;
        const auto consider = [&](const std::vector<std::string>& texts) {
            if (is_better(texts, all.required)) all.required = texts;
            if (!texts.empty() && all.all.size() < max_sets) all.all.push_back(texts);
        };
        const auto flush = [&] {
            if (!run.empty()) consider({run});
            run.clear();
        };
        while (!failed_ && more() && text_[at_] != '|' && text_[at_] != ')') {
            const Part part = atom(depth);
            std::uint32_t least = 1;
            const bool once = !quantifier(least);
            const std::uint64_t minimum = std::uint64_t{least} * part.minimum + all.minimum;
            all.minimum = static_cast<std::uint32_t>(std::min<std::uint64_t>(minimum, max_repeat));
            if (once && part.is_exact) {
                run += part.exact;
                continue;
            }
            all.is_exact = false;
            if (least > 0 && part.is_exact) run += part.exact;
            flush();
            if (least == 0) continue;
            if (is_better(part.required, all.required)) all.required = part.required;
            for (const auto& texts : part.all) consider(texts);
        }
        if (all.is_exact) all.exact = run;
        flush();
        return all;
    }

    /// Reads `*`, `+`, `?`, `{n,m}` and a following `?`. False where there is none.
    bool quantifier(std::uint32_t& least) {
        if (take('*') || take('?'))
            least = 0;
        else if (take('+'))
            least = 1;
        else if (!counted(least))
            return false;
        (void)take('?');
        return true;
    }

    bool counted(std::uint32_t& least) {
        if (!more() || text_[at_] != '{') return false;
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) return false;
        const char* const stop = text_.data() + end;
        std::uint32_t low = 0;
        const auto got = std::from_chars(text_.data() + at_ + 1, stop, low);
        if (got.ec != std::errc{} || (got.ptr != stop && *got.ptr != ',') || low > max_repeat)
            return false;
        least = low;
        at_ = end + 1;
        return true;
    }

    Part atom(int depth) {
        switch (text_[at_]) {
            case '(': return group(depth);
            case '[': return bracket();
            case '\\': return escape();
            case '.': ++at_; return any_character();
            case '^':
            case '$': ++at_; return nothing();
            case '*':
            case '+':
            case '?': return fail();
            default: return literal(next_code_point(text_, at_));
        }
    }

    static Part any_character() {
        return {.is_exact = false, .exact = {}, .required = {}, .minimum = 1};
    }
    static Part nothing() { return {.is_exact = true, .exact = {}, .required = {}, .minimum = 0}; }
    static Part literal(char32_t code_point) {
        // U+FFFD stands for what could not be decoded, so it is in no folded text as such.
        if (code_point == 0xfffd) return any_character();
        Part part{.is_exact = true, .exact = {}, .required = {}, .minimum = 1};
        append_code_point(part.exact, fold_code_point(code_point));
        return part;
    }

    Part group(int depth) {
        ++at_;
        if (take('?')) {
            if (take('P') || (more() && text_[at_] == '<')) {
                const std::size_t end = text_.find('>', at_);
                if (end == std::string_view::npos) return fail();
                at_ = end + 1;
            } else {
                while (more() && std::string_view("imsU-").contains(text_[at_])) ++at_;
                if (take(')')) return nothing();  // flags for the rest: case never matters here
                if (!take(':')) return fail();
            }
        }
        Part inside = alternatives(depth + 1);
        if (!take(')')) return fail();
        return inside;
    }

    /// A bracket with one character, or one letter in both cases, is that letter; any other is unknown.
    Part bracket() {
        ++at_;
        const bool negated = take('^');
        std::string only;
        bool simple = !negated, first = true;
        while (more() && (text_[at_] != ']' || first)) {
            first = false;
            if (text_[at_] == '[' && at_ + 1 < text_.size() && text_[at_ + 1] == ':') {
                const std::size_t end = text_.find(":]", at_ + 2);
                if (end == std::string_view::npos) return fail();
                at_ = end + 2;
                simple = false;
                continue;
            }
            const Part part = text_[at_] == '\\' ? escape() : literal(next_code_point(text_, at_));
            if (failed_) return {};
            if (more() && text_[at_] == '-') simple = false;
            simple = simple && part.is_exact && !part.exact.empty() &&
                     (only.empty() || only == part.exact);
            only = part.exact;
        }
        if (!take(']')) return fail();
        if (!simple || only.empty()) return any_character();
        return {.is_exact = true, .exact = only, .required = {}, .minimum = 1};
    }

    Part escape() {
        ++at_;
        if (!more()) return fail();
        const char32_t c = next_code_point(text_, at_);
        switch (c) {
            case 'd':
            case 'D':
            case 'w':
            case 'W':
            case 's':
            case 'S': return any_character();
            case 'b':
            case 'B':
            case 'A':
            case 'z': return nothing();
            case 'n': return literal('\n');
            case 't': return literal('\t');
            case 'r': return literal('\r');
            case 'x': return hex();
            case 'p':
            case 'P': return property();
            default: break;
        }
        const bool is_word =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return is_word ? fail() : literal(c);
    }

    Part property() {
        if (!take('{')) {
            if (!more()) return fail();
            ++at_;
            return any_character();
        }
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) return fail();
        at_ = end + 1;
        return any_character();
    }

    Part hex() {
        const bool braced = take('{');
        const std::size_t end = braced ? text_.find('}', at_) : std::min(at_ + 2, text_.size());
        if (end == std::string_view::npos) return fail();
        std::uint32_t value = 0;
        const auto got = std::from_chars(text_.data() + at_, text_.data() + end, value, 16);
        if (got.ec != std::errc{} || got.ptr != text_.data() + end) return fail();
        at_ = end + (braced ? 1 : 0);
        return literal(value);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

std::optional<std::uint32_t> run_of(std::string_view pattern) {
    for (const std::string_view dot : {"(?:.)", "(.)", "."}) {
        if (!pattern.starts_with(dot)) continue;
        std::string_view rest = pattern.substr(dot.size());
        if (!rest.starts_with('{') || !rest.ends_with('}')) return std::nullopt;
        rest = rest.substr(1, rest.size() - 2);
        std::uint32_t count = 0;
        const auto got = std::from_chars(rest.data(), rest.data() + rest.size(), count);
        const std::string_view after = rest.substr(static_cast<std::size_t>(got.ptr - rest.data()));
        if (got.ec != std::errc{} || (!after.empty() && after != ",")) return std::nullopt;
        return count;
    }
    return std::nullopt;
}

}  // namespace

RegexShape analyse_regex(std::string_view pattern) {
    RegexShape shape;
    shape.run = run_of(pattern);
    Part part;
    if (!Reader(pattern).read(part)) return shape;
    shape.minimum = part.minimum;
    if (part.is_exact && !part.exact.empty())
        part.all = {shape.required = {part.exact}};
    else
        shape.required = part.required;
    shape.all = std::move(part.all);
    return shape;
}

}  // namespace konseki::detect
