#include <algorithm>
#include <string>

#include "evidence_input.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/examine.h"
#include "konseki/kit/commands.h"
#include "konseki/report/logons.h"
#include "konseki/story/told.h"
#include "os_file.h"
#include "progress.h"
#include "report_folder.h"
#include "talk.h"

namespace konseki::kit {
namespace {

/// Without findings no host has signs: what is told rests on the movements alone.
std::string movements_text(const findings::Examination& examination, LogonFormat format,
                           const Environment& environment, const Talk& talk) {
    const story::VerdictRules verdict_rules;
    const story::Story story = story::StoryBuilder(examination, verdict_rules).finish();
    const story::StepBuilder steps(examination);
    const story::Told told =
        story::tell_more(examination, story, steps, {.zone = environment.zone});
    switch (format) {
        case LogonFormat::csv: return report::make_logons_csv(examination, told);
        case LogonFormat::json: return report::make_logons_json(examination, told);
        case LogonFormat::svg: break;
    }
    return report::make_logons_svg(told, talk.language());
}

Result<ExitStatus> write_logons(const LogonsOptions& options, Environment& environment,
                                const Talk& talk) {
    const std::vector<evidence::Item> items = TRY(evidence::walk(options.read.paths));
    ProgressLine progress(environment, !environment.out_is_terminal || !options.out.empty());
    examine::Options reading = read_options(options.read, environment);
    reading.progress = [&](const examine::Progress& now) { progress.show(now); };
    const detect::Rules rules;
    const findings::Examination examination =
        TRY(examine::examine(items, {.rules = &rules}, reading));
    progress.clear();
    const std::string text = movements_text(examination, options.format, environment, talk);
    if (options.out.empty()) {
        if (!environment.out(text)) return ExitStatus::done;
    } else {
        OutFile file = TRY(OutFile::create(options.out));
        TRY_VOID(file.write(text));
        TRY_VOID(file.finish());
    }
    warn_of_damage(examination.reading, talk);
    return reading_status(examination.reading, talk);
}

}  // namespace

CommandResult logons(const LogonsOptions& options, Environment& environment) {
    const Talk talk(environment);
    if (!options.out.empty())
        for (const std::filesystem::path& path : options.read.paths)
            if (lies_inside(options.out, path))
                return talk.fail_with(ExitStatus::usage, "kit.out_inside_input",
                                      {{"out", options.out.string()}, {"input", path.string()}});
    const Result<ExitStatus> status = write_logons(options, environment, talk);
    if (!status) return talk.fail_with(status.error());
    return {*status};
}

}  // namespace konseki::kit
