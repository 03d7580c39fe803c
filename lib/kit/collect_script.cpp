#include "collect_script.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "built_in.h"
#include "konseki/base/codepage.h"
#include "konseki/base/result.h"
#include "konseki/base/text.h"

namespace konseki::kit {
namespace {

using std::string_view;

constexpr CodePage japanese_windows = 932;

/// Sentences of the script by the names they have in it.
constexpr std::array<std::pair<string_view, string_view>, 17> sentences = {{
    {"consent", "guide.script.consent"},
    {"ask", "guide.script.ask"},
    {"operator", "guide.script.operator"},
    {"clock", "guide.script.clock"},
    {"step.prefetch", "guide.script.step.prefetch"},
    {"step.volatile", "guide.script.step.volatile"},
    {"step.logs", "guide.script.step.logs"},
    {"step.registry", "guide.script.step.registry"},
    {"step.tasks", "guide.script.step.tasks"},
    {"step.manifest", "guide.script.step.manifest"},
    {"done", "guide.script.done"},
    {"on_share", "guide.script.on_share"},
    {"on_system", "guide.script.on_system"},
    {"no_admin", "guide.script.no_admin"},
    {"done_before", "guide.script.done_before"},
    {"refused", "guide.script.refused"},
    {"cannot_write", "guide.script.cannot_write"},
}};

/// A consent has several lines, each an `echo` of its own.
std::string as_echoes(string_view text) {
    std::string out = "echo ";
    for (const char c : text) {
        out += c;
        if (c == '\n') out += "echo ";
    }
    return out;
}

std::string sentence(string_view name, render::Language language) {
    const auto known =
        std::ranges::find(sentences, name, &std::pair<string_view, string_view>::first);
    require(known != sentences.end(), "the script names a sentence that is not there");
    const string_view text = render::say(language, known->second);
    return name == "consent" ? as_echoes(text) : std::string(text);
}

/// Two-byte codes of CP932 by their characters. Where two codes are the same character the first one is what
/// Windows writes, but for the extensions of NEC and IBM (rows 0xED and 0xEE come after 0x81 to 0x9F).
std::unordered_map<char32_t, std::string> double_byte_codes() {
    std::unordered_map<char32_t, std::string> codes;
    for (unsigned lead = 0x81; lead <= 0xfc; ++lead) {
        if (lead >= 0xa0 && lead <= 0xdf) continue;
        for (unsigned trail = 0x40; trail <= 0xfc; ++trail) {
            std::string code{static_cast<char>(lead), static_cast<char>(trail)};
            const std::string text = decode(japanese_windows, as_bytes(code));
            std::size_t at = 0;
            const char32_t character = next_code_point(text, at);
            if (at == text.size() && character != 0xfffd) codes.emplace(character, std::move(code));
        }
    }
    return codes;
}

}  // namespace

std::string to_cp932(string_view utf8) {
    const std::unordered_map<char32_t, std::string> codes = double_byte_codes();
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t character = next_code_point(utf8, at);
        if (character < 0x80) {
            out += static_cast<char>(character);
            continue;
        }
        const auto code = codes.find(character);
        if (code == codes.end())
            out += '?';
        else
            out += code->second;
    }
    return out;
}

std::string collect_script(render::Language language) {
    const string_view script = built_in_collect_script();
    std::string out;
    std::size_t at = 0;
    while (at < script.size()) {
        // The `@` of `@echo off` is the one that begins no name.
        const std::size_t open = script.find('@', at == 0 ? 1 : at);
        const std::size_t close = open == script.npos ? open : script.find('@', open + 1);
        out += script.substr(at, close == script.npos ? script.npos : open - at);
        if (close == script.npos) break;
        out += sentence(script.substr(open + 1, close - open - 1), language);
        at = close + 1;
    }
    std::string lines;
    for (const char c : language == render::Language::ja ? to_cp932(out) : out) {
        if (c == '\n') lines += '\r';
        lines += c;
    }
    return lines;
}

}  // namespace konseki::kit
