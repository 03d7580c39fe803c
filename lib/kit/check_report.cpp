#include "check_report.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "konseki/examine/write_behind.h"
#include "konseki/report/findings.h"
#include "konseki/report/logons.h"
#include "konseki/report/traces.h"
#include "konseki/story/label.h"

namespace konseki::kit {
namespace {

/// Text gathered before it goes to a file.
constexpr std::size_t flush_bytes = 256 * 1024;

std::string_view text_of(const render::JsonBuffer& buffer) { return buffer.text(); }
std::string_view text_of(const std::string& buffer) { return buffer; }

/// Buffers of a file: enough that whoever makes lines seldom waits for the one that writes them. Where nobody writes
/// aside one is used.
constexpr std::size_t buffer_count = 4;

/// A file of lines, and the buffers that its lines are made in: while one is filled others are written.
template <class Buffer>
class LinesFile {
  public:
    static Result<LinesFile> create(const ReportFolder& folder, std::string_view name,
                                    examine::WriteBehind& lane) {
        return LinesFile(TRY(folder.create_file(name)), lane);
    }
    Buffer& buffer() { return state_->slots[state_->at].buffer; }
    Result<void> flush_if(std::size_t least) {
        State& state = *state_;
        Slot& full = state.slots[state.at];
        if (full.buffer.size() < least) return {};
        full.job =
            state.lane.add([&state, &full] { return state.file.write(text_of(full.buffer)); });
        // Memory that nobody wrote to yet costs the kernel more than the text in it.
        if (state.lane.is_aside()) state.at = (state.at + 1) % state.slots.size();
        TRY_VOID(state.lane.wait(state.slots[state.at].job));
        buffer().clear();
        return {};
    }
    Result<void> finish() {
        TRY_VOID(flush_if(0));
        TRY_VOID(state_->wait());
        return state_->file.finish();
    }

  private:
    struct Slot {
        Buffer buffer;
        std::uint64_t job = 0;  ///< that writes it
    };
    /// Stays where it is, and as long as its jobs: they refer to it.
    struct State {
        State(OutFile made, examine::WriteBehind& with) : file(std::move(made)), lane(with) {}
        ~State() { (void)wait(); }
        Result<void> wait() {
            std::uint64_t last = 0;
            for (const Slot& slot : slots) last = std::max(last, slot.job);
            return lane.wait(last);
        }

        OutFile file;
        examine::WriteBehind& lane;
        std::array<Slot, buffer_count> slots;
        std::size_t at = 0;
    };
    LinesFile(OutFile file, examine::WriteBehind& lane)
        : state_(std::make_unique<State>(std::move(file), lane)) {}

    std::unique_ptr<State> state_;
};
using JsonLines = LinesFile<render::JsonBuffer>;
using CsvLines = LinesFile<std::string>;

Result<ReportSums> write_findings(findings::Examination& examination, const ReportFolder& folder,
                                  ReportChoice& choice) {
    report::Shown shown(examination);
    examine::WriteBehind lane(choice.threads);
    JsonLines lines = TRY(JsonLines::create(folder, "findings.jsonl", lane));
    JsonLines timeline = TRY(JsonLines::create(folder, "timeline.jsonl", lane));
    CsvLines table = TRY(CsvLines::create(folder, "findings.csv", lane));
    report::append_schema_line(lines.buffer(), "finding");
    report::append_finding_csv_head(table.buffer());
    report::FindingLines writer(examination, choice.zone, choice.page.first);
    const findings::Profile& profile = choice.organisation.profile;
    const story::Labeller labeller(examination, choice.organisation.commands, profile.hosts,
                                   profile.sanctioned);
    report::Tally tally(examination.rules.size());
    story::VerdictRules verdict_rules = choice.organisation.verdict;
    verdict_rules.asked_since = choice.organisation.profile.asked_since;
    story::StoryBuilder story(examination, verdict_rules);
    story::StepBuilder steps(examination);
    findings::Finding finding;
    while (TRY(examination.findings->next(finding))) {
        labeller.label(finding);
        finding.is_new = choice.previous && !choice.previous->take(finding.id);
        finding.mark = choice.marks.of(finding);
        tally.compare(finding);
        if (finding.label == findings::Label::none) tally.add(finding);
        story.add(finding);
        steps.add(finding);
        shown.add(finding);
        const findings::Level level = findings::sort_level(examination.rules[finding.rule].level);
        if (choice.min_level && level < *choice.min_level) continue;
        writer.append_json(lines.buffer(), finding);
        writer.append_timeline(timeline.buffer(), finding);
        writer.append_row(table.buffer(), finding);
        TRY_VOID(lines.flush_if(flush_bytes));
        TRY_VOID(timeline.flush_if(flush_bytes));
        TRY_VOID(table.flush_if(flush_bytes));
    }
    if (choice.previous) tally.note_previous(choice.previous->gone());
    TRY_VOID(lines.finish());
    TRY_VOID(timeline.finish());
    TRY_VOID(table.finish());
    story::Story told_first = story.finish();
    story::Told told = story::tell_more(
        examination, told_first, steps,
        {.zone = choice.zone,
         .premises = {profile.hosts, profile.networks, profile.accounts,
                      findings::WorkDays(profile.calendar, profile.zone.value_or(choice.zone))}});
    return ReportSums{std::move(tally), std::move(told_first), std::move(told), std::move(shown)};
}

Result<void> write_traces(findings::Examination& examination, const ReportFolder& folder,
                          story::RareBuilder& rare, report::ShownTraces& shown) {
    examine::WriteBehind lane(1);
    JsonLines lines = TRY(JsonLines::create(folder, "traces.jsonl", lane));
    CsvLines table = TRY(CsvLines::create(folder, "traces.csv", lane));
    report::append_schema_line(lines.buffer(), "trace");
    report::append_trace_csv_head(table.buffer());
    traces::TraceLine trace;
    while (TRY(examination.traces->next(trace))) {
        report::append_trace_line(lines.buffer(), examination.reading, trace);
        report::append_trace_csv_row(table.buffer(), trace);
        rare.add(trace);
        shown.add(trace);
        TRY_VOID(lines.flush_if(flush_bytes));
        TRY_VOID(table.flush_if(flush_bytes));
    }
    TRY_VOID(lines.finish());
    return table.finish();
}

Result<void> write_smaller_files(const findings::Examination& examination,
                                 const ReportFolder& folder, const ReportSums& sums) {
    render::JsonBuffer rules;
    report::append_schema_line(rules, "rule");
    report::append_rule_lines(rules, examination);
    TRY_VOID(folder.write_file("rules.jsonl", rules.text()));
    TRY_VOID(folder.write_file(
        "summary.json", report::make_summary_json(examination, sums.tally, sums.story, sums.told)));
    TRY_VOID(folder.write_file("logons.csv", report::make_logons_csv(examination, sums.told)));
    return folder.write_file("navigator.json",
                             report::make_navigator_json(examination, sums.tally));
}

}  // namespace

Result<ReportSums> write_report(findings::Examination& examination, const ReportFolder& folder,
                                ReportChoice& choice) {
    story::RareBuilder rare(examination.hosts.size());
    report::ShownTraces shown_traces;
    examine::WriteBehind aside(choice.threads);
    std::uint64_t traces = 0;
    if (examination.traces)
        traces = aside.add([&] { return write_traces(examination, folder, rare, shown_traces); });
    ReportSums sums = TRY(write_findings(examination, folder, choice));
    TRY_VOID(aside.wait(traces));
    sums.told.rare_count = rare.count();
    sums.told.rare = rare.finish();
    shown_traces.finish();
    sums.shown.traces = std::move(shown_traces);
    if (!choice.marks.is_empty()) TRY_VOID(folder.write_file("marks.csv", choice.marks.to_csv()));
    // What is smaller is made while the page is.
    examine::WriteBehind beside(choice.threads);
    const std::uint64_t smaller =
        beside.add([&] { return write_smaller_files(examination, folder, sums); });
    const std::string page = report::make_report_html(examination, sums.tally, sums.story,
                                                      sums.told, sums.shown, choice.page);
    TRY_VOID(beside.wait(smaller));
    TRY_VOID(folder.write_file("report.html", page));
    return sums;
}

}  // namespace konseki::kit
