#include "konseki/render/windows_words.h"

#include <algorithm>
#include <charconv>

namespace konseki::render {
namespace {

constexpr std::string_view mark = "%%";
constexpr std::string_view cut_mark = "…";
/// The highest number of Windows' own table has five.
constexpr std::size_t most_digits = 5;
/// With what must be seen behind it: one more digit, or the mark of a cut.
constexpr std::size_t longest_token = mark.size() + most_digits + cut_mark.size();

const WindowsWord* find(std::uint32_t number) {
    const std::span<const WindowsWord> words = all_windows_words();
    const auto at = std::ranges::lower_bound(words, number, {}, &WindowsWord::number);
    return at != words.end() && at->number == number ? &*at : nullptr;
}

std::size_t count_digits(std::string_view text) {
    const std::size_t end = text.find_first_not_of("0123456789");
    return end == text.npos ? text.size() : end;
}

}  // namespace

std::string_view windows_word(std::uint32_t number, Language language) {
    const WindowsWord* const word = find(number);
    if (word == nullptr) return {};
    return language == Language::ja && !word->ja.empty() ? word->ja : word->en;
}

WindowsToken next_windows_token(std::string_view text, std::size_t from) {
    for (std::size_t at = text.find(mark, from); at != text.npos; at = text.find(mark, at + 1)) {
        const std::string_view behind = text.substr(at + mark.size());
        const std::size_t digits = count_digits(behind.substr(0, most_digits + 1));
        if (digits == 0 || digits > most_digits) continue;
        if (behind.substr(digits).starts_with(cut_mark)) continue;
        std::uint32_t number = 0;
        std::from_chars(behind.data(), behind.data() + digits, number);
        if (find(number) != nullptr) return {text.substr(at, mark.size() + digits), at, number};
    }
    return {};
}

void append_with_windows_words(std::string& out, std::string_view text, Language language,
                               std::size_t limit) {
    const std::size_t start = out.size();
    text = text.substr(0, limit + longest_token);
    std::size_t done = 0;
    while (out.size() - start <= limit) {
        const WindowsToken token = next_windows_token(text, done);
        if (token.text.empty()) break;
        out += text.substr(done, token.at - done);
        out.append(windows_word(token.number, language)).append(" (").append(token.text) += ')';
        done = token.at + token.text.size();
    }
    if (out.size() - start <= limit) out += text.substr(done);
}

}  // namespace konseki::render
