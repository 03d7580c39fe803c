#include "licence.h"

#include <algorithm>
#include <array>
#include <vector>

#include "konseki/base/text.h"

namespace konseki::kit {
namespace {

constexpr std::size_t max_name_chars = 80;

/// By rising rank, folded.
constexpr std::array<std::string_view, 8> file_names = {
    "copying",     "licence.txt", "licence.md", "licence",
    "license.txt", "license.md",  "license",    "license.detection.rules.md"};

struct KnownLicence {
    std::string_view title;    ///< folded; begins the text
    std::string_view version;  ///< folded; stands in the first lines too
    std::string_view id;       ///< SPDX
};
constexpr std::array<KnownLicence, 19> known_licences = {{
    {"detection rule license", "1.0", "DRL-1.0"},
    {"detection rule license", "1.1", "DRL-1.1"},
    {"mit license", "", "MIT"},
    {"the mit license", "", "MIT"},
    {"apache license", "version 2.0", "Apache-2.0"},
    {"gnu general public license", "version 2", "GPL-2.0"},
    {"gnu general public license", "version 3", "GPL-3.0"},
    {"gnu lesser general public license", "version 2.1", "LGPL-2.1"},
    {"gnu lesser general public license", "version 3", "LGPL-3.0"},
    {"gnu affero general public license", "version 3", "AGPL-3.0"},
    {"mozilla public license", "2.0", "MPL-2.0"},
    {"bsd 2-clause", "", "BSD-2-Clause"},
    {"bsd 3-clause", "", "BSD-3-Clause"},
    {"isc license", "", "ISC"},
    {"creative commons attribution 4.0", "", "CC-BY-4.0"},
    {"attribution 4.0 international", "", "CC-BY-4.0"},
    {"creative commons legal code", "cc0 1.0", "CC0-1.0"},
    {"cc0 1.0 universal", "", "CC0-1.0"},
    {"this is free and unencumbered software", "", "Unlicense"},
}};
/// SigmaHQ's LICENSE lists the licences of its parts below a title that names none.
constexpr std::string_view rules_licence = "detection rule license (drl) ";

/// Without the blanks and marks of Markdown around it.
std::string_view bare(std::string_view line) {
    constexpr std::string_view around = " \t\r#*=_-";
    const std::size_t first = line.find_first_not_of(around);
    if (first == line.npos) return {};
    return line.substr(first, line.find_last_not_of(around) - first + 1);
}

/// The first lines that say something.
std::vector<std::string_view> first_lines(std::string_view text, std::size_t count) {
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < count) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const std::string_view line = bare(text.substr(0, end)); !line.empty())
            lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string cut_to_chars(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t at = 0; at < text.size() && count > 0; --count)
        append_code_point(out, next_code_point(text, at));
    return out;
}

}  // namespace

int licence_rank(std::string_view file_name) {
    const auto found = std::ranges::find(file_names, std::string_view(fold(file_name)));
    return found == file_names.end() ? 0 : static_cast<int>(found - file_names.begin()) + 1;
}

std::string licence_name(std::string_view text) {
    text = text.substr(0, max_licence_bytes);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::vector<std::string_view> lines = first_lines(text, 3);
    if (lines.empty()) return {};
    const std::string title = fold(lines.front());
    std::string head = title;
    for (std::size_t i = 1; i < lines.size(); ++i) head += '\n' + fold(lines[i]);
    for (const KnownLicence& licence : known_licences)
        if (title.starts_with(licence.title) && head.contains(licence.version))
            return std::string(licence.id);
    const std::string all = fold(text);
    for (const std::string_view version : {"1.1", "1.0"})
        if (all.contains(std::string(rules_licence) + std::string(version)))
            return "DRL-" + std::string(version);
    return cut_to_chars(lines.front(), max_name_chars);
}

}  // namespace konseki::kit
