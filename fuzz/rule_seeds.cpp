// Writes packs of the rule files given: fuzz_rule_seeds FOLDER RULE.yml...

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "use_rules.h"

int main(int count, char** arguments) {
    namespace fs = std::filesystem;
    for (int i = 2; i < count; ++i) {
        std::ifstream in(arguments[i], std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in),
                               std::istreambuf_iterator<char>()};
        const konseki::detect::Rules rules = konseki::fuzz::compile(text);
        for (const auto& problem : rules.problems())
            std::fprintf(stderr, "%s: %s\n", arguments[i], problem.reason.c_str());
        const auto pack = rules.to_pack();
        std::ofstream out(fs::path(arguments[1]) / fs::path(arguments[i]).stem(), std::ios::binary);
        out << konseki::as_text(pack);
    }
    return count > 2 ? 0 : 2;
}
