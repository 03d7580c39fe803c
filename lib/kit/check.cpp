#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "built_in.h"
#include "check_report.h"
#include "evidence_input.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/examine.h"
#include "konseki/kit/commands.h"
#include "konseki/report/finding_printer.h"
#include "konseki/report/terminal.h"
#include "organisation.h"
#include "progress.h"
#include "report_folder.h"
#include "rule_store.h"
#include "talk.h"

namespace konseki::kit {
namespace {

namespace fs = std::filesystem;

/// `konseki-report-20190417T010203Z`.
fs::path default_folder(Time now) {
    std::string time = to_iso(now).substr(0, 19) + 'Z';
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    return "konseki-report-" + time;
}

class CheckRun {
  public:
    CheckRun(const CheckOptions& options, Environment& environment)
        : options_(options),
          environment_(environment),
          talk_(environment),
          out_(options.out.empty() ? default_folder(environment.now()) : options.out) {}

    CommandResult run() {
        for (const fs::path& path : options_.read.paths)
            if (lies_inside(out_, path))
                return talk_.fail_with(ExitStatus::usage, "kit.out_inside_input",
                                       {{"out", out_.string()}, {"input", path.string()}});
        const Result<ExitStatus> status = examine();
        if (!status) return talk_.fail_with(status.error());
        return {*status, std::move(made_)};
    }

  private:
    /// What takes long to take apart.
    struct Made : Held {
        LoadedRules loaded;  ///< before what refers to it
        findings::Examination examination;
        std::optional<ReportSums> sums;
    };

    Result<ExitStatus> examine() {
        const Time start = environment_.now();
        organisation_.profile = TRY(load_profile(options_, environment_, talk_));
        if (!organisation_.profile.asked_since)
            organisation_.profile.asked_since = options_.read.since;
        organisation_.verdict = TRY(load_verdict_rules(options_, talk_));
        TRY_VOID(load_earlier());
        RuleChoice choice = options_.rules;
        choice.use_cache = choice.use_cache && !writes_into_evidence(environment_.cache_dir);
        const RuleStore store(environment_.data_dir, environment_.cache_dir);
        made_->loaded = TRY(store.load(choice));
        const LoadedRules& loaded = made_->loaded;
        if (options_.verbosity != Verbosity::quiet) say_what_rules_lack(loaded);
        const std::vector<evidence::Item> items = TRY(evidence::walk(options_.read.paths));
        organisation_.commands = TRY(load_collection(options_, items, talk_));
        ReportFolder folder = TRY(ReportFolder::create(out_));
        ProgressLine progress(environment_, options_.verbosity != Verbosity::quiet);
        examine::Options options = read_options(options_.read, environment_);
        options.hash = options_.hash;
        options.spill_folder = folder.folder();
        options.host_aliases = aliases_of(organisation_.profile);
        options.progress = [&](const examine::Progress& now) { progress.show(now); };
        made_->examination = TRY(examine::examine(
            items,
            {.rules = &loaded.rules,
             .traces = true,
             .make_printer = report::make_finding_printer,
             .days = findings::WorkDays(organisation_.profile.calendar,
                                        organisation_.profile.zone.value_or(environment_.zone))},
            options));
        findings::Examination& examination = made_->examination;
        progress.clear();
        if (options_.verbosity != Verbosity::quiet)
            warn_of_idle_sanctions(organisation_.profile, examination.rules, options_, talk_);
        examination.problems.insert(examination.problems.begin(), loaded.unreadable.begin(),
                                    loaded.unreadable.end());
        return finish(examination, folder, start);
    }

    Result<ExitStatus> finish(findings::Examination& examination, ReportFolder& folder,
                              Time start) {
        ExitStatus status = reading_status(examination.reading, talk_);
        if (status == ExitStatus::failed) return status;
        const findings::HostNames names(examination.hosts, organisation_.profile.hosts);
        marks_.bind(examination.rules, names);
        warn_of_unclear_hosts(organisation_, marks_.hosts(), names, examination, talk_);
        ReportChoice choice{.zone = environment_.zone,
                            .min_level = options_.min_level,
                            .threads = environment_.threads,
                            .page = page_options(),
                            .organisation = organisation_,
                            .marks = std::move(marks_),
                            .previous = std::move(previous_)};
        made_->sums.emplace(TRY(write_report(examination, folder, choice)));
        const ReportSums& sums = *made_->sums;
        TRY_VOID(folder.write_file("run.json", run_json(start)));
        TRY_VOID(folder.finish());
        status = worse(status, rule_status(examination));
        status = worse(status, found_status(sums.tally, examination));
        if (options_.verbosity == Verbosity::quiet) return status;
        report::SummaryStyle style;
        style.language = talk_.language();
        style.terminal = talk_.out_style();
        style.zone = environment_.zone;
        style.detail =
            options_.verbosity == Verbosity::verbose ? report::Detail::full : report::Detail::brief;
        style.min_level = options_.min_level;
        style.folder = out_.string();
        environment_.out(
            report::terminal_summary(examination, sums.tally, sums.story, sums.told, style));
        return status;
    }

    /// The report before, and what people made of findings: what is said now replaces what was said then.
    Result<void> load_earlier() {
        if (options_.previous) {
            previous_ = TRY(PreviousFindings::read(*options_.previous));
            const fs::path carried = *options_.previous / "marks.csv";
            if (fs::exists(carried)) TRY_VOID(marks_.read(carried, talk_));
        }
        if (options_.marks) TRY_VOID(marks_.read(*options_.marks, talk_));
        return {};
    }

    bool writes_into_evidence(const fs::path& folder) const {
        return std::any_of(options_.read.paths.begin(), options_.read.paths.end(),
                           [&](const fs::path& path) { return lies_inside(folder, path); });
    }

    void say_what_rules_lack(const LoadedRules& loaded) {
        const auto is_own = [](const findings::RuleInfo& rule) {
            return rule.origin == built_in_origin;
        };
        if (loaded.is_empty()) return talk_.warn("kit.no_rules", {});
        if (std::ranges::all_of(loaded.rules.info(), is_own)) talk_.warn("kit.only_own_rules", {});
    }

    report::HtmlOptions page_options() const {
        return {.first = talk_.language(),
                .zone = environment_.zone,
                .version = environment_.version,
                .advice = built_in_advice()};
    }

    ExitStatus rule_status(const findings::Examination& examination) const {
        if (!options_.rules.strict) return ExitStatus::done;
        return report::count_rules(examination).refused > 0 ? ExitStatus::incomplete
                                                            : ExitStatus::done;
    }

    ExitStatus found_status(const report::Tally& tally,
                            const findings::Examination& examination) const {
        if (!options_.fail_on) return ExitStatus::done;
        const auto counts = tally.by_level(examination.rules);
        for (std::size_t i = static_cast<std::size_t>(*options_.fail_on); i < counts.size(); ++i)
            if (counts[i] > 0) return ExitStatus::found;
        return ExitStatus::done;
    }

    std::string run_json(Time start) const {
        render::JsonBuffer out;
        render::JsonWriter writer(out);
        writer.open_object();
        writer.text("schema", "konseki/run/1");
        writer.text("version", environment_.version);
        writer.time("start", start);
        writer.time("end", environment_.now());
        writer.number("threads", std::uint64_t{environment_.threads});
        writer.close_object();
        writer.end_line();
        return std::string(out.text());
    }

    const CheckOptions& options_;
    Environment& environment_;
    Talk talk_;
    fs::path out_;
    Organisation organisation_;
    Marks marks_;
    std::optional<PreviousFindings> previous_;
    std::unique_ptr<Made> made_ = std::make_unique<Made>();
};

}  // namespace

CommandResult check(const CheckOptions& options, Environment& environment) {
    return CheckRun(options, environment).run();
}

}  // namespace konseki::kit
