#include <system_error>
#include <utility>

#include "konseki/kit/commands.h"
#include "konseki/scenario/evidence_folder.h"
#include "konseki/scenario/stories.h"
#include "talk.h"

namespace konseki::kit {
namespace {

namespace fs = std::filesystem;

fs::path without_last_slash(const fs::path& path) {
    const fs::path clean = path.lexically_normal();
    return clean.has_filename() ? clean : clean.parent_path();
}

/// The attacked organisation and, at half the pace of a usual day, an office where nothing happens.
std::string write_evidence(const fs::path& evidence) {
    scenario::EvidenceFolder attacked(evidence / "aokumo");
    scenario::write_story("s4", attacked);
    if (!attacked.failed().empty()) return attacked.failed();
    scenario::EvidenceFolder neighbour(evidence / "shiomi");
    scenario::write_office({.busy = 50}, neighbour);
    return neighbour.failed();
}

}  // namespace

CommandResult demo(const DemoOptions& options, Environment& environment) {
    const Talk talk(environment);
    const fs::path folder =
        options.folder.empty() ? "konseki-demo" : without_last_slash(options.folder);
    std::error_code problem;
    if (fs::symlink_status(folder, problem).type() != fs::file_type::not_found)
        return talk.fail_with(ExitStatus::failed, "kit.demo_exists", {{"folder", folder.string()}});
    const fs::path evidence = folder / "evidence";
    if (const std::string failed = write_evidence(evidence); !failed.empty()) {
        fs::remove_all(folder, problem);
        return talk.fail_with(ExitStatus::failed, "kit.demo_cannot_write", {{"path", failed}});
    }
    CheckOptions checked;
    checked.read.paths = {evidence};
    // What this machine has installed does not change what the demonstration shows.
    checked.rules.use_installed = false;
    checked.out = folder / "report";
    CommandResult result = check(checked, environment);
    if (result.status == ExitStatus::done)
        environment.out('\n' +
                        talk.say("kit.demo_done", {{"page", (checked.out / "report.html").string()},
                                                   {"evidence", evidence.string()}}) +
                        '\n');
    return result;
}

}  // namespace konseki::kit
