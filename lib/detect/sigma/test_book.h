#pragma once

// For tests: rule books from text, with the log sources of the repository.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sigma/front.h"

namespace konseki::detect::sigma {

inline std::string file_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// rules/windows-logsources.yml of the source tree.
inline LogSources windows_log_sources() {
    const std::filesystem::path here(__FILE__);
    auto sources =
        LogSources::parse(file_text(here.parent_path() / "../../../rules/windows-logsources.yml"));
    require(sources.has_value(), "rules/windows-logsources.yml is readable");
    return std::move(*sources);
}

inline RuleBook read_book(const std::vector<RuleFile>& files, const Placeholders& lists = {}) {
    return read_rules(files, lists, windows_log_sources());
}
inline RuleBook read_text(std::string text) {
    return read_book({{"set", "a.yml", std::move(text)}});
}

/// `file:line: reason` of each problem, in order.
inline std::vector<std::string> problem_lines(const RuleBook& book) {
    std::vector<std::string> lines;
    for (const findings::RuleProblem& problem : book.problems) {
        lines.push_back(problem.file + ":" + std::to_string(problem.line) + ": " +
                        (problem.is_unusable() ? "" : "warning: ") + problem.reason);
    }
    return lines;
}

}  // namespace konseki::detect::sigma
