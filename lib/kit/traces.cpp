#include "konseki/kit/commands.h"

#include <algorithm>

#include "evidence_input.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/examine.h"
#include "konseki/report/findings.h"
#include "konseki/report/traces.h"
#include "progress.h"
#include "talk.h"

namespace konseki::kit {
namespace {

/// Text gathered before it goes out.
constexpr std::size_t flush_bytes = 64 * 1024;

/// Lines of traces on standard output.
class TraceOutput {
  public:
    TraceOutput(const TracesOptions& options, Environment& environment)
        : is_csv_(options.format == TraceFormat::csv), environment_(environment) {
        if (is_csv_)
            report::append_trace_csv_head(csv_);
        else
            report::append_schema_line(json_, "trace");
    }
    /// False where nobody reads it any more.
    bool write(const findings::Reading& reading, const traces::TraceLine& line) {
        if (is_csv_)
            report::append_trace_csv_row(csv_, line);
        else
            report::append_trace_line(json_, reading, line);
        return csv_.size() + json_.size() < flush_bytes || flush();
    }
    bool flush() {
        const bool is_read = environment_.out(is_csv_ ? std::string_view(csv_) : json_.text());
        csv_.clear();
        json_.clear();
        return is_read;
    }

  private:
    bool is_csv_;
    Environment& environment_;
    std::string csv_;
    render::JsonBuffer json_;
};

Result<ExitStatus> write_traces(const TracesOptions& options, Environment& environment,
                                const Talk& talk) {
    std::vector<traces::TraceType> types;
    for (const std::string& name : options.types) {
        const std::optional<traces::TraceType> type = traces::parse_trace_type(name);
        if (!type) return fail(Error::usage("no type of trace is called " + name));
        types.push_back(*type);
    }
    const std::vector<evidence::Item> items = TRY(evidence::walk(options.read.paths));
    ProgressLine progress(environment, !environment.out_is_terminal);
    examine::Options reading = read_options(options.read, environment);
    reading.progress = [&](const examine::Progress& now) { progress.show(now); };
    const detect::Rules rules;
    findings::Examination examination =
        TRY(examine::examine(items, {.rules = &rules, .traces = true}, reading));
    progress.clear();
    TraceOutput output(options, environment);
    traces::TraceLine line;
    while (TRY(examination.traces->next(line))) {
        if (!types.empty() && std::find(types.begin(), types.end(), line.type) == types.end())
            continue;
        if (!output.write(examination.reading, line)) return ExitStatus::done;
    }
    if (!output.flush()) return ExitStatus::done;
    warn_of_damage(examination.reading, talk);
    return reading_status(examination.reading, talk);
}

}  // namespace

CommandResult traces(const TracesOptions& options, Environment& environment) {
    const Talk talk(environment);
    const Result<ExitStatus> status = write_traces(options, environment, talk);
    if (!status) return talk.fail_with(status.error());
    return {*status};
}

}  // namespace konseki::kit
