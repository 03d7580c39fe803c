#include <algorithm>

#include "forms.h"
#include "konseki/base/text.h"

namespace konseki::traces {
namespace {

struct Spelling {
    std::string_view written, live;
};
// What reports write so that nobody clicks; compared without case. Longer spellings come first.
constexpr Spelling spellings[] = {
    {"[://]", "://"}, {"[:]//", "://"}, {":[//]", "://"}, {"[dot]", "."}, {"(dot)", "."},
    {"{dot}", "."},   {"[at]", "@"},    {"(at)", "@"},    {"[.]", "."},   {"(.)", "."},
    {"{.}", "."},     {"[@]", "@"},     {"(@)", "@"},     {"[:]", ":"},   {"[/]", "/"},
    {"[.", "."},      {".]", "."},      {"\\.", "."},     {"`", ""},
};
constexpr Spelling schemes[] = {{"hxxps", "https"}, {"hxxp", "http"},   {"h**ps", "https"},
                                {"h**p", "http"},   {"meows", "https"}, {"meow", "http"},
                                {"hxtps", "https"}, {"hxtp", "http"},   {"fxp", "ftp"}};

/// Full-width forms and dots of East Asian text as ASCII; characters that are not seen give 0.
char32_t plain_character(char32_t c) {
    if (c >= 0xff01 && c <= 0xff5e) return c - 0xff01 + U'!';
    if (c == 0x3002 || c == 0xff61) return U'.';
    if (c == 0x3000) return U' ';
    if (c == 0x00ad || (c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff) return 0;
    return c;
}

/// Closing marks of a sentence that stand behind a value: `.`, `,`, the brackets of Japanese text.
bool is_closing(char32_t c) {
    constexpr std::u32string_view marks =
        U".,;)]}>\"'\u3001\u300d\u300f\u3011\u3009\u300b\u201d\u2019";
    return marks.contains(c);
}

std::string without_closing(std::u32string token) {
    const auto count = [&](char32_t c) { return std::ranges::count(token, c); };
    while (!token.empty() && is_closing(token.back())) {
        // A bracket that the token opens itself belongs to it.
        if (token.back() == U')' && count(U'(') >= count(U')')) break;
        if (token.back() == U']' && count(U'[') >= count(U']')) break;
        if (token.back() == U'}' && count(U'{') >= count(U'}')) break;
        token.pop_back();
    }
    std::string out;
    for (const char32_t c : token) append_code_point(out, c);
    return out;
}

std::string replaced(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size();) {
        const Spelling* found = nullptr;
        for (const Spelling& spelling : spellings) {
            if (!starts_with_nocase(token.substr(i), spelling.written)) continue;
            found = &spelling;
            break;
        }
        if (found) {
            out += found->live;
            i += found->written.size();
        } else {
            out += token[i++];
        }
    }
    for (const Spelling& scheme : schemes)
        if (starts_with_nocase(out, scheme.written) &&
            std::string_view(out).substr(scheme.written.size()).starts_with("://"))
            return std::string(scheme.live) + out.substr(scheme.written.size());
    return out;
}

std::string refang_token(std::u32string_view token) {
    std::u32string plain;
    for (const char32_t c : token)
        if (const char32_t p = plain_character(c); p != 0) plain += p;
    // An en dash stands for the two hyphens of an A-label where a word processor was at work.
    for (std::size_t at = plain.find(U"xn\u2013"); at != std::u32string::npos;
         at = plain.find(U"xn\u2013"))
        plain.replace(at, 3, U"xn--");
    return replaced(without_closing(std::move(plain)));
}

/// Where the host of a value stands in it.
std::pair<std::size_t, std::size_t> host_range(TraceType type, std::string_view value) {
    std::size_t begin = 0, end = value.size();
    if (type == TraceType::email) begin = value.rfind('@') + 1;
    if (type == TraceType::url) {
        const std::size_t slashes = value.find("://");
        begin = slashes == std::string_view::npos ? 0 : slashes + 3;
        end = std::min(value.find_first_of("/?#", begin), value.size());
        if (const std::size_t at = value.substr(0, end).rfind('@');
            at != std::string_view::npos && at >= begin)
            begin = at + 1;
    }
    return {begin, end};
}

}  // namespace

std::string refang(std::string_view text) {
    std::string out;
    std::u32string token;
    const auto finish = [&] {
        out += refang_token(token);
        token.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0x3000) {
            finish();
            append_code_point(out, c);
        } else {
            token += c;
        }
    }
    finish();
    return out;
}

std::string defang(TraceType type, std::string_view value) {
    if (type > TraceType::email) return std::string(value);
    const auto [begin, end] = host_range(type, value);
    const std::string_view host = value.substr(begin, end - begin);
    std::string out(value.substr(0, begin));
    if (type == TraceType::email) out.replace(out.size() - 1, 1, "[@]");
    if (type == TraceType::url && starts_with_nocase(out, "http")) out.replace(0, 4, "hxxp");
    if (type == TraceType::url && starts_with_nocase(out, "ftp")) out.replace(0, 3, "fxp");
    const char mark = host.contains('.') ? '.' : ':';
    const std::size_t last = host.rfind(mark);
    if (last == std::string_view::npos) return out.append(value.substr(begin));
    out.append(host.substr(0, last)).append("[").append(1, mark).append("]");
    return out.append(value.substr(begin + last + 1));
}

Result<Trace> parse_trace(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return fail(Error::usage("a trace is written TYPE:VALUE, as in domain:example.com"));
    const std::optional<TraceType> type =
        parse_trace_type(ascii_lower(trim(text.substr(0, colon))));
    if (!type) {
        std::string known;
        for (std::size_t i = 0; i < trace_type_count; ++i)
            known.append(i == 0 ? "" : ", ").append(name_of(static_cast<TraceType>(i)));
        return fail(Error::usage("no trace type `" + std::string(text.substr(0, colon)) +
                                 "`; there are " + known));
    }
    const std::string_view value = text.substr(colon + 1);
    std::optional<Trace> trace =
        normalise(*type, *type <= TraceType::email ? refang(trim(value)) : value);
    if (!trace)
        return fail(
            Error::usage("`" + std::string(value) + "` is no " + std::string(name_of(*type))));
    trace->written = cut_text(value, max_shown_bytes);
    return *std::move(trace);
}

}  // namespace konseki::traces
