#include <memory>
#include <optional>
#include <utility>

#include "evidence_input.h"
#include "konseki/detect/match.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/stream.h"
#include "konseki/kit/commands.h"
#include "konseki/report/records.h"
#include "konseki/traces/trace.h"
#include "one_rule.h"
#include "progress.h"
#include "talk.h"

namespace konseki::kit {
namespace {

using report::RecordWriter;

report::RecordFormat report_format(RecordFormat format) {
    switch (format) {
        case RecordFormat::jsonl: return report::RecordFormat::jsonl;
        case RecordFormat::evtx_json: return report::RecordFormat::evtx_json;
        case RecordFormat::csv: return report::RecordFormat::csv;
    }
    return report::RecordFormat::jsonl;
}

/// Which records are wanted: all, those on which a rule fires, or those that hold a trace.
struct Wanted {
    detect::Engine* engine = nullptr;
    const traces::Trace* trace = nullptr;
};

/// What one thread needs to choose records and write them.
class LineMaker {
  public:
    LineMaker(const std::vector<evidence::Item>& items, const report::RecordWriterOptions& options,
              Wanted wanted, examine::LineOrder order)
        : items_(items), writer_(options), trace_(wanted.trace), order_(order) {
        if (wanted.engine != nullptr) matcher_.emplace(*wanted.engine);
    }

    void make(const records::Batch& batch, examine::LineSink& sink) {
        buffer_.clear();
        if (matcher_) {
            hits_.clear();
            matcher_->match(batch, hits_);
            std::uint32_t next = 0;
            for (const detect::Hit& hit : hits_) {
                if (hit.record < next) continue;
                next = hit.record + 1;
                write(batch, batch.records[hit.record], sink);
            }
        } else {
            for (const records::Record& record : batch.records)
                if (trace_ == nullptr || holds_trace(batch, record)) write(batch, record, sink);
        }
        if (order_ == examine::LineOrder::place && !batch.records.empty())
            sink.add(batch.records.front(), buffer_.text());
    }

  private:
    bool holds_trace(const records::Batch& batch, const records::Record& record) {
        for (const traces::Trace* const trace : extractor_.extract(batch, record))
            if (trace->type == trace_->type && trace->value == trace_->value) return true;
        return false;
    }

    /// Lines that are not sorted one by one go to the sink together.
    void write(const records::Batch& batch, const records::Record& record,
               examine::LineSink& sink) {
        if (order_ == examine::LineOrder::time) buffer_.clear();
        writer_.write(batch, record, items_[static_cast<std::uint32_t>(batch.item)].path, buffer_);
        if (order_ == examine::LineOrder::time) sink.add(record, buffer_.text());
    }

    const std::vector<evidence::Item>& items_;
    RecordWriter writer_;
    std::optional<detect::Matcher> matcher_;
    traces::Extractor extractor_;
    const traces::Trace* trace_;
    examine::LineOrder order_;
    render::JsonBuffer buffer_;
    std::vector<detect::Hit> hits_;
};

/// Writes records of the input to standard output.
class RecordRun {
  public:
    RecordRun(const ReadChoice& read, report::RecordWriterOptions options, Environment& environment)
        : read_(read),
          options_(std::move(options)),
          environment_(environment),
          talk_(environment) {}

    CommandResult run(Wanted wanted, examine::LineOrder order) {
        const Result<ExitStatus> status = stream(wanted, order);
        if (status) return {*status};
        const bool is_closed_pipe = status.error().kind == ErrorKind::cancelled;
        return is_closed_pipe ? CommandResult{ExitStatus::done} : talk_.fail_with(status.error());
    }

  private:
    Result<ExitStatus> stream(Wanted wanted, examine::LineOrder order) {
        const std::vector<evidence::Item> items = TRY(evidence::walk(read_.paths));
        const std::string head = RecordWriter(options_).head();
        if (!head.empty() && !environment_.out(head)) return ExitStatus::done;
        ProgressLine progress(environment_, !environment_.out_is_terminal);
        examine::Options options = read_options(read_, environment_);
        options.progress = [&](const examine::Progress& now) { progress.show(now); };
        const auto make = [&]() -> examine::MakeLines {
            auto maker = std::make_unique<LineMaker>(items, options_, wanted, order);
            return
                [maker = std::move(maker)](const records::Batch& batch, examine::LineSink& sink) {
                    maker->make(batch, sink);
                };
        };
        const findings::Reading reading =
            TRY(examine::stream_lines(items, order, make, environment_.out, options));
        progress.clear();
        warn_of_damage(reading, talk_);
        return reading_status(reading, talk_);
    }

    const ReadChoice& read_;
    report::RecordWriterOptions options_;
    Environment& environment_;
    Talk talk_;
};

}  // namespace

CommandResult records(const RecordsOptions& options, Environment& environment) {
    RecordRun run(options.read, {report_format(options.format), options.fields}, environment);
    if (options.where.empty()) return run.run({}, examine::LineOrder::place);
    const Result<detect::Rules> rule = where_rule(options.where);
    if (!rule) return Talk(environment).fail_with(rule.error());
    detect::Engine engine(*rule);
    return run.run({.engine = &engine}, examine::LineOrder::place);
}

CommandResult search(const SearchOptions& options, Environment& environment) {
    RecordRun run(options.read, {report_format(options.format), {}}, environment);
    if (options.kind == SearchKind::trace) {
        const Result<traces::Trace> trace = traces::parse_trace(options.pattern);
        if (!trace) return Talk(environment).fail_with(trace.error());
        return run.run({.trace = &*trace}, examine::LineOrder::time);
    }
    const Result<detect::Rules> rule = options.kind == SearchKind::regex
                                           ? regex_rule(options.pattern)
                                           : text_rule(options.pattern);
    if (!rule) return Talk(environment).fail_with(rule.error());
    detect::Engine engine(*rule);
    return run.run({.engine = &engine}, examine::LineOrder::time);
}

}  // namespace konseki::kit
