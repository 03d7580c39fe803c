#include "test_data.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace konseki::slow_sigma {

namespace fs = std::filesystem;

namespace {

const fs::path source_root = KONSEKI_SOURCE_DIR;

std::optional<fs::path> place(const char* variable, const fs::path& otherwise, const char* what) {
    const char* const named = std::getenv(variable);
    const fs::path path = named != nullptr ? fs::path(named) : otherwise;
    if (fs::exists(path)) return path;
    static std::vector<std::string> told;
    if (std::find(told.begin(), told.end(), what) == told.end())
        std::printf("skipped: no %s at %s\n", what, path.string().c_str());
    told.emplace_back(what);
    return std::nullopt;
}

void add_rules(const fs::path& root, const fs::path& folder, std::vector<detect::RuleFile>& rules) {
    if (!fs::exists(folder)) return;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".yml") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths)
        rules.push_back({"test", fs::relative(path, root).generic_string(), read_text(path)});
}

}  // namespace

std::optional<fs::path> corpus() {
    return place("KONSEKI_DATA", source_root / "corpus", "samples");
}

std::optional<fs::path> manifests() {
    return place("KONSEKI_MANIFESTS", source_root.parent_path() / "shared" / "data",
                 "lists of samples");
}

std::string read_text(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string log_sources_text() {
    return read_text(source_root / "rules" / "windows-logsources.yml");
}

std::vector<detect::RuleFile> own_rules() {
    std::vector<detect::RuleFile> rules;
    const fs::path root = source_root / "tests" / "slow_sigma" / "rules";
    add_rules(root, root, rules);
    return rules;
}

std::vector<detect::RuleFile> sigmahq_rules(const fs::path& corpus) {
    std::vector<detect::RuleFile> rules;
    const fs::path root = corpus / "sigma" / "sigma-rules";
    for (const char* folder : {"rules", "rules-emerging-threats", "rules-threat-hunting"})
        add_rules(root, root / folder, rules);
    return rules;
}

std::vector<std::map<std::string, std::string>> read_table(const fs::path& path) {
    std::vector<std::map<std::string, std::string>> rows;
    std::vector<std::string> header;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> cells;
        std::size_t at = 0;
        while (at <= line.size()) {
            const std::size_t end = std::min(line.find('\t', at), line.size());
            cells.push_back(line.substr(at, end - at));
            at = end + 1;
        }
        if (header.empty()) {
            header = cells;
            continue;
        }
        rows.emplace_back();
        for (std::size_t i = 0; i < cells.size() && i < header.size(); ++i)
            rows.back()[header[i]] = cells[i];
    }
    return rows;
}

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace konseki::slow_sigma
