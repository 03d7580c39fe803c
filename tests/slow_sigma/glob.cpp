#include "glob.h"

#include "konseki/base/text.h"

namespace konseki::slow_sigma {

std::u32string code_points(std::string_view utf8) {
    std::u32string points;
    for (std::size_t at = 0; at < utf8.size();) points.push_back(next_code_point(utf8, at));
    return points;
}

namespace {

/// Where the specification is silent: docs/sigma-decisions.md, "windash".
bool is_word(const GlobStep& step) {
    if (step.kind != GlobStep::Kind::character) return false;
    const char32_t c = step.character;
    if (c >= 0x80) return !(c >= 0x2000 && c <= 0x206f) && !(c >= 0x3000 && c <= 0x303f);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_dash(char32_t c) {
    return c == '-' || c == '/' || c == 0x2013 || c == 0x2014 || c == 0x2015;
}

bool step_matches(const GlobStep& step, char32_t c) {
    switch (step.kind) {
        case GlobStep::Kind::any_one: return true;
        case GlobStep::Kind::any_dash: return is_dash(c);
        case GlobStep::Kind::character: return step.character == c;
        case GlobStep::Kind::any_run: return false;
    }
    return false;
}

}  // namespace

Glob read_glob(std::string_view written) {
    const std::u32string text = code_points(written);
    Glob glob;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char32_t c = text[at];
        const char32_t next = at + 1 < text.size() ? text[at + 1] : U'\0';
        if (c == '\\' && at + 1 < text.size() && (next == '\\' || next == '*' || next == '?')) {
            glob.push_back({GlobStep::Kind::character, next});
            ++at;
        } else if (c == '*') {
            glob.push_back({GlobStep::Kind::any_run, 0});
        } else if (c == '?') {
            glob.push_back({GlobStep::Kind::any_one, 0});
        } else {
            glob.push_back({GlobStep::Kind::character, c});
        }
    }
    return glob;
}

Glob literal_glob(std::string_view text) {
    Glob glob;
    for (const char32_t c : code_points(text)) glob.push_back({GlobStep::Kind::character, c});
    return glob;
}

bool has_wildcard(const Glob& glob) {
    for (const GlobStep& step : glob)
        if (step.kind == GlobStep::Kind::any_run || step.kind == GlobStep::Kind::any_one)
            return true;
    return false;
}

std::string glob_text(const Glob& glob) {
    std::string text;
    for (const GlobStep& step : glob) append_code_point(text, step.character);
    return text;
}

Glob with_any_dash(Glob glob) {
    const Glob old = glob;
    for (std::size_t at = 0; at + 1 < old.size(); ++at) {
        const GlobStep& step = old[at];
        if (step.kind != GlobStep::Kind::character) continue;
        if (step.character != '-' && step.character != '/') continue;
        if (at > 0 && is_word(old[at - 1])) continue;
        if (is_word(old[at + 1])) glob[at].kind = GlobStep::Kind::any_dash;
    }
    return glob;
}

Glob folded(Glob glob) {
    for (GlobStep& step : glob) step.character = fold_code_point(step.character);
    return glob;
}

bool is_plain_contains(const Glob& glob, std::string& literal) {
    if (glob.size() < 3) return false;
    if (glob.front().kind != GlobStep::Kind::any_run) return false;
    if (glob.back().kind != GlobStep::Kind::any_run) return false;
    literal.clear();
    for (std::size_t at = 1; at + 1 < glob.size(); ++at) {
        if (glob[at].kind != GlobStep::Kind::character) return false;
        append_code_point(literal, glob[at].character);
    }
    return true;
}

bool glob_matches(const Glob& glob, std::u32string_view text) {
    // Where the last `*` stands and how much of the text it has taken: the only way back.
    std::size_t star = glob.size(), taken = 0, at = 0, step = 0;
    while (at < text.size()) {
        if (step < glob.size() && glob[step].kind == GlobStep::Kind::any_run) {
            star = step++;
            taken = at;
        } else if (step < glob.size() && step_matches(glob[step], text[at])) {
            ++step;
            ++at;
        } else if (star < glob.size()) {
            step = star + 1;
            at = ++taken;
        } else {
            return false;
        }
    }
    while (step < glob.size() && glob[step].kind == GlobStep::Kind::any_run) ++step;
    return step == glob.size();
}

}  // namespace konseki::slow_sigma
