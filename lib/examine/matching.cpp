#include "matching.h"

#include <algorithm>
#include <utility>

#include "entry.h"
#include "read_all.h"

namespace konseki::examine {
namespace {

/// What findings show is gathered over batches until it is this much.
constexpr std::size_t flush_bytes = 512 * 1024;
/// Rows of rules that only feed correlations show nothing.
constexpr std::size_t flush_rows = 4096;
constexpr std::size_t page_bytes = 4096;

}  // namespace

Matching::Matching(const MatchingShared& shared, std::unique_ptr<findings::FindingPrinter> printer)
    : shared_(shared),
      counter_(shared.hosts, shared.reach,
               {.seed = shared.options.seed, .choice = shared.choice, .caps = shared.options.caps}),
      reach_(shared.reach),
      movements_(shared.options.seed, shared.choice, {}),
      matcher_(shared.engine),
      check_(shared.engine, shared.days),
      feeder_(shared.engine),
      printer_(std::move(printer)) {}

void Matching::collect_traces(const traces::CollectorOptions& options, traces::RunStore& store) {
    collector_.emplace(options, store);
}

void Matching::move_collector(std::vector<traces::Collector>& to) {
    if (collector_) to.push_back(std::move(*collector_));
}

Result<void> Matching::take(records::Batch& batch) {
    leave_out(batch);
    match(batch);
    count(batch);
    if (shared_.hosts.is_over())
        return fail(Error::limit("there are more hosts than are told apart"));
    movements_.take(batch, hosts_);
    note_levels(batch);
    traces_ = {};
    if (collector_) {
        TRY_VOID(collector_->take(batch, levels_));
        traces_ = collector_->found();
    }
    gather(batch);
    if (entries_.size() < flush_bytes && join_rows_.size() < flush_rows &&
        join_key_bytes_ < flush_bytes)
        return {};
    return flush();
}

/// Why a rule fired is printed while the record is at hand: afterwards it would have to be found out again.
void Matching::match(const records::Batch& batch) {
    hits_.clear();
    whys_.clear();
    why_ends_.clear();
    matcher_.begin(batch);
    check_.begin(batch);
    for (std::uint32_t record = 0; record < batch.records.size(); ++record) {
        const std::size_t first = hits_.size();
        matcher_.match(record, hits_);
        hits_.erase(std::remove_if(hits_.begin() + static_cast<std::ptrdiff_t>(first), hits_.end(),
                                   [this](const detect::Hit& hit) { return !check_.passes(hit); }),
                    hits_.end());
        for (std::size_t i = first; i < hits_.size(); ++i) {
            if (!hits_[i].base_only) append_why(batch, hits_[i]);
            why_ends_.push_back(whys_.size());
        }
    }
}

void Matching::note_levels(const records::Batch& batch) {
    const std::vector<findings::RuleInfo>& rules = shared_.engine.rules().info();
    levels_.assign(batch.records.size(), 0);
    for (const detect::Hit& hit : hits_) {
        if (hit.base_only) continue;
        const auto level = static_cast<std::uint8_t>(
            1 + static_cast<unsigned>(findings::sort_level(rules[hit.rule].level)));
        levels_[hit.record] = std::max(levels_[hit.record], level);
    }
}

/// Those of one record; records are asked for in their order.
std::span<const traces::RecordTrace> Matching::traces_of(std::uint32_t record) {
    const auto is_before = [&](const traces::RecordTrace& trace) { return trace.record < record; };
    while (!traces_.empty() && is_before(traces_.front())) traces_ = traces_.subspan(1);
    std::size_t count = 0;
    while (count < traces_.size() && traces_[count].record == record) ++count;
    return traces_.first(count);
}

/// What lies outside of the time asked for still shows how far a log reaches.
void Matching::leave_out(records::Batch& batch) {
    if (!has_time_limits(shared_.options)) return;
    logs_.clear();
    for (const records::Record& record : batch.records)
        logs_.push_back(counter_.owner(batch, record).log);
    reach_.take(batch, logs_);
    leave_out_by_time(batch, shared_.options);
}

void Matching::count(const records::Batch& batch) {
    hosts_.clear();
    logs_.clear();
    for (const records::Record& record : batch.records) {
        const LogCounter::Owner owner = counter_.count(batch, record);
        hosts_.push_back(owner.host);
        logs_.push_back(owner.log);
    }
    if (!has_time_limits(shared_.options)) reach_.take(batch, logs_);
}

void Matching::gather(const records::Batch& batch) {
    feeder_.begin(batch);
    for (std::size_t first = 0, last = 0; first < hits_.size(); first = last) {
        last = first;
        while (last < hits_.size() && hits_[last].record == hits_[first].record) ++last;
        gather_record(batch, first, last);
    }
}

/// Hits of one record: what is shown of it is written once, why each rule fired behind it.
void Matching::gather_record(const records::Batch& batch, std::size_t first, std::size_t last) {
    const records::Record& record = batch.records[hits_[first].record];
    HitRow row;
    row.time = record.time.ticks;
    row.offset = record.offset;
    row.record = record.record_id;
    row.host = hosts_[hits_[first].record];
    row.item = static_cast<std::uint32_t>(batch.item);
    row.recovered = record.recovered ? 1 : 0;
    const detect::EventPlace place{record.time, row.item, row.offset,
                                   row.record,  row.host, record.recovered};
    bool is_written = false;
    for (std::size_t i = first; i < last; ++i) {
        const detect::Hit& hit = hits_[i];
        const std::size_t before = join_rows_.size();
        feeder_.append(hit, place, join_rows_);
        for (std::size_t row_at = before; row_at < join_rows_.size(); ++row_at)
            join_key_bytes_ += join_rows_[row_at].keys.size();
        if (hit.base_only) continue;
        if (!is_written) {
            is_written = true;
            row.entry = entries_.size();
            append_record_entry(entries_, printer_->record(batch, record, traces_of(hit.record)));
            row.entry_bytes = static_cast<std::uint32_t>(entries_.size() - row.entry);
        }
        row.rule = hit.rule;
        row.explanation = static_cast<std::uint32_t>(entries_.size() - row.entry);
        const std::size_t why = i == 0 ? 0 : why_ends_[i - 1];
        row.explanation_bytes = static_cast<std::uint32_t>(why_ends_[i] - why);
        const auto from = whys_.begin() + static_cast<std::ptrdiff_t>(why);
        entries_.insert(entries_.end(), from, from + row.explanation_bytes);
        rows_.push_back(row);
    }
}

void Matching::append_why(const records::Batch& batch, const detect::Hit& hit) {
    const detect::Explanation& why = matcher_.explain(batch, hit);
    matched_.clear();
    for (const auto& [field, value, pattern] : why.matched)
        matched_.push_back({field, value, pattern});
    unchecked_fields_.clear();
    for (const auto& filter : why.unchecked)
        for (const std::string_view field : filter.fields) unchecked_fields_.push_back(field);
    unchecked_.clear();
    std::size_t first = 0;
    for (const auto& filter : why.unchecked) {
        const std::size_t count = filter.fields.size();
        unchecked_.push_back(
            {filter.selection, std::span(unchecked_fields_).subspan(first, count)});
        first += count;
    }
    findings::MatchText text = printer_->match(matched_, unchecked_);
    if (const auto& own = shared_.engine.rules().info()[hit.rule].own)
        printer_->say(*own, matched_, batch, batch.records[hit.record], text);
    append_hit_entry(whys_, {text, !unchecked_.empty()});
}

/// Whole pages: a file system does the work for a page that is begun twice, twice.
Result<void> Matching::flush() {
    reach_.flush();
    if (rows_.empty() && join_rows_.empty()) return {};
    entries_.resize((entries_.size() + page_bytes - 1) / page_bytes * page_bytes);
    const std::uint64_t start = TRY(shared_.entries.append(entries_));
    const std::lock_guard lock(shared_.mutex);
    for (HitRow& row : rows_) {
        row.entry += start;
        TRY_VOID(shared_.hits.add(row.bytes()));
    }
    for (const detect::JoinRow& row : join_rows_) {
        join_bytes_.clear();
        append_join_row(join_bytes_, row);
        TRY_VOID(shared_.joins.add(join_bytes_));
    }
    entries_.clear();
    rows_.clear();
    join_rows_.clear();
    join_key_bytes_ = 0;
    return {};
}

}  // namespace konseki::examine
