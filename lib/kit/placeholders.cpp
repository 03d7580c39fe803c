#include <cstdint>
#include <string>
#include <string_view>

#include "rule_files.h"
#include "rule_store.h"

namespace konseki::kit {
namespace {

/// Far more than any list of an organisation's names.
constexpr std::size_t max_placeholder_bytes = 16u << 20;

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// A plain or quoted scalar; a comment after it is dropped.
std::string scalar(std::string_view text) {
    text = trim(text);
    if (!text.empty() && (text.front() == '\'' || text.front() == '"')) {
        const std::size_t end = text.find(text.front(), 1);
        if (end != text.npos) return std::string(text.substr(1, end - 1));
    }
    const std::size_t comment = text.find(" #");
    return std::string(trim(comment == text.npos ? text : text.substr(0, comment)));
}

/// `[a, b]` or one value.
void append_values(std::string_view text, std::vector<std::string>& values) {
    if (text.empty() || text.front() == '#') return;
    if (text.front() != '[' || text.back() != ']') {
        values.push_back(scalar(text));
        return;
    }
    text = text.substr(1, text.size() - 2);
    while (!trim(text).empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        values.push_back(scalar(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

Error refused(const std::filesystem::path& path, std::uint32_t line, std::string_view why) {
    return Error::usage(path.string() + ':' + std::to_string(line) + ": " + std::string(why));
}

}  // namespace

/// The part of YAML that such a file needs: names at the start of a line, values behind them, in
/// brackets, or below as `- value`.
Result<detect::Placeholders> read_placeholders(const std::filesystem::path& path) {
    const std::string text = TRY(read_small_file(path, max_placeholder_bytes));
    detect::Placeholders placeholders;
    std::vector<std::string>* values = nullptr;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = std::string_view(text).substr(at, end - at);
        at = end + 1;
        ++number;
        const std::string_view content = trim(line);
        if (content.empty() || content.front() == '#' || content == "---") continue;
        if (content.starts_with("- ")) {
            if (values == nullptr) return fail(refused(path, number, "a value without a name"));
            values->push_back(scalar(content.substr(2)));
            continue;
        }
        const std::size_t colon = content.find(':');
        if (line.front() == ' ' || colon == content.npos || colon == 0)
            return fail(refused(path, number, "expected `name:` or `- value`"));
        values = &placeholders[scalar(content.substr(0, colon))];
        append_values(trim(content.substr(colon + 1)), *values);
    }
    return placeholders;
}

}  // namespace konseki::kit
