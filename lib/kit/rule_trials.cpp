#include "rule_trials.h"

#include <string>
#include <utility>

#include "konseki/detect/trial.h"
#include "rule_files.h"

namespace konseki::kit {
namespace {

namespace fs = std::filesystem;

bool is_trial(const std::string& name) { return name.ends_with(trial_ending); }

fs::path rule_of(const fs::path& trials) {
    std::string name = trials.filename().string();
    name.resize(name.size() - trial_ending.size());
    return trials.parent_path() / (name + ".yml");
}

Result<detect::TrialResult> run_file(const fs::path& trials, std::string_view log_sources) {
    const fs::path rule = rule_of(trials);
    std::string text = TRY(read_small_file(rule, max_rule_file_bytes));
    std::string trial_text = TRY(read_small_file(trials, max_rule_file_bytes));
    return detect::run_trials({"", rule.string(), std::move(text)},
                              {"", trials.string(), std::move(trial_text)}, {log_sources, {}});
}

}  // namespace

Result<TrialCounts> run_rule_trials(const std::vector<fs::path>& folders,
                                    std::string_view log_sources, Environment& environment,
                                    const Talk& talk) {
    TrialCounts counts;
    for (const fs::path& path : TRY(files_below(folders, is_trial))) {
        if (talk.is_cancelled()) break;
        const Result<detect::TrialResult> result = run_file(path, log_sources);
        if (!result) {
            ++counts.failed;
            talk.warn(result.error().message);
            continue;
        }
        counts.failed += result->failed.size();
        counts.passed += result->trials - result->failed.size();
        for (const detect::FailedTrial& trial : result->failed)
            environment.out(
                talk.say(trial.must_fire ? "kit.trial_silent" : "kit.trial_fired",
                         {{"place", path.string() + ':' + std::to_string(trial.line)}}) +
                '\n');
    }
    return counts;
}

}  // namespace konseki::kit
