// SigmaHQ's rules as a whole: which load, which do not, and why. Test data is not part of the
// repository: without it the test says so and passes.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "sigma/test_book.h"

using namespace konseki::detect;
using namespace konseki::detect::sigma;

namespace fs = std::filesystem;

namespace {

fs::path rules_folder() {
    const char* data = std::getenv("KONSEKI_DATA");
    const fs::path root =
        data != nullptr ? fs::path(data) : fs::path(__FILE__).parent_path() / "../../../corpus";
    return root / "sigma" / "sigma-rules";
}

std::vector<RuleFile> read_folders(const fs::path& root,
                                   std::initializer_list<const char*> folders) {
    std::vector<RuleFile> files;
    for (const char* folder : folders)
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".yml")
                files.push_back({"sigmahq", fs::relative(entry.path(), root).string(),
                                 file_text(entry.path())});
    return files;
}

bool is_windows(const Rule& rule) { return rule.log_source.product == "windows"; }

}  // namespace

TEST_CASE(
    "corpus: of SigmaHQ's 2,858 Windows rules exactly 17 are refused, each for a reason we know") {
    const fs::path root = rules_folder();
    if (!fs::exists(root)) {
        MESSAGE("skipped: no SigmaHQ rules at KONSEKI_DATA");
        return;
    }

    const RuleBook book =
        read_book(read_folders(root, {"rules", "rules-emerging-threats", "rules-threat-hunting"}));

    std::map<std::string, int> reasons;
    int warnings = 0;
    for (const konseki::findings::RuleProblem& problem : book.problems) {
        if (problem.kind == konseki::findings::RuleProblem::Kind::warning)
            ++warnings;
        else if (problem.reason.find("`windows/") != std::string::npos ||
                 problem.reason.find('%') != std::string::npos)
            ++reasons[problem.reason.substr(0, problem.reason.find(':'))];
        else
            CHECK_MESSAGE(problem.reason.starts_with("no Windows event log carries"),
                          problem.file << ": " << problem.reason);
    }
    CHECK(warnings == 0);
    CHECK(reasons["no Windows event log carries `windows/file_access`"] == 13);
    CHECK(reasons["no Windows event log carries `windows/file_rename`"] == 2);
    CHECK(std::ranges::count_if(book.rules, is_windows) == 2'858 - 17);
    CHECK(book.rules.size() ==
          2'858 - 17 + 9 + 17);  // antivirus and RPC firewall name no `windows`
    int placeholders = 0;
    for (const auto& [reason, count] : reasons)
        if (reason.starts_with("no values are given")) placeholders += count;
    CHECK(placeholders == 2);
    CHECK(book.correlations.empty());
}

TEST_CASE("corpus: a list for each placeholder makes SigmaHQ's placeholder rules usable") {
    const fs::path root = rules_folder();
    if (!fs::exists(root)) return;
    const std::vector<RuleFile> files = read_folders(root, {"rules-placeholder"});
    Placeholders lists;
    // A refusal names the first placeholder without a list only; no rule has more than four.
    for (int round = 0; round < 4; ++round)
        for (const konseki::findings::RuleProblem& problem : read_book(files, lists).problems) {
            const std::size_t from = problem.reason.find('%'), to = problem.reason.rfind('%');
            if (to > from) lists[problem.reason.substr(from + 1, to - from - 1)] = {"10.0.0.1"};
        }

    const RuleBook book = read_book(files, lists);

    for (const konseki::findings::RuleProblem& problem : book.problems) {
        const bool about_lists = problem.reason.find('%') != std::string::npos;
        CHECK_MESSAGE(!about_lists, problem.file << ": " << problem.reason);
    }
}
