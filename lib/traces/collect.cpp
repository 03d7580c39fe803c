#include "konseki/traces/collect.h"

#include <algorithm>

#include "forms.h"
#include "konseki/records/shape_cache.h"
#include "run.h"
#include "sources.h"
#include "table.h"

namespace konseki::traces {
namespace {

/// Look-ups are collected until there are this many, so that their lines arrive from memory together.
constexpr std::size_t window = 64;
/// More runs than this are merged in several rounds: each needs a buffer of two rows at least.
constexpr std::size_t max_merged_runs = 256;
/// Memory kept ready for the last run, which grows without a copy until then.
constexpr std::size_t most_reserved = 16u << 20;
constexpr std::string_view no_host = "(none)";

constexpr std::uint32_t no_record = UINT32_MAX;

/// A value that waits for its look-up.
struct Pending {
    Hash128 key;
    records::Value value, companion;
    std::uint32_t record = 0;          ///< into `facts`
    std::uint32_t wanted = no_record;  ///< number of the record whose traces are asked for
    Source source{};
    bool is_token = false;
};

/// Key parts of different meaning get different seeds: the same bytes may stand for a path and a pipe.
std::uint64_t seed_of(std::uint64_t seed, Source source, bool is_token, std::uint8_t wire) {
    const std::uint64_t kind =
        static_cast<std::uint64_t>(source) << 16 | (is_token ? 1u : 0u) << 8 | wire;
    return seed ^ (kind + 1) * 0x9e3779b97f4a7c15;
}

}  // namespace

struct Collector::State {
    State(const CollectorOptions& options, RunStore& run_store)
        : limit(options.memory_bytes), seed(options.seed), store(&run_store), table(options.seed) {}

    /// `wanted` is its number in the batch where its traces are asked for, else no_record.
    void take_record(const records::Batch& batch, const records::Record& record, std::uint8_t level,
                     std::uint32_t wanted);
    void take_value(const records::Batch& batch, const records::Record& record,
                    const PlannedField& planned);
    void take_item(const PlannedField& planned, const records::Value& item,
                   const records::Value& companion);
    void take_tokens(const records::Value& value);
    void push(const Pending& pending);
    Result<void> begin();
    Result<void> drain(std::size_t unless_fewer_than);
    void add(const Pending& pending);
    std::uint32_t host_of(const records::Value& computer);
    Result<void> spill();
    Result<std::vector<Run>> finish();

    std::size_t limit;
    std::uint64_t seed;
    RunStore* store;
    std::uint64_t store_end = 0;
    std::vector<Run> runs;
    TraceTable table;
    records::ShapeCache<Plan> plans;
    Deriver deriver;
    TextScanner scanner;
    std::vector<Pending> pending;
    std::vector<Seen> facts;
    Arena scratch;  ///< texts of tokens that wait
    std::string text, companion_text, last_computer;
    std::uint32_t last_host = 0;
    bool has_last_host = false;
    std::vector<Trace> derived;
    std::uint32_t wanted = no_record;
    std::vector<RecordTrace> found;  ///< values are the table's
};

std::uint32_t Collector::State::host_of(const records::Value& computer) {
    const std::string_view raw = as_text(computer.bytes());
    if (has_last_host && raw == last_computer) return last_host;
    text.clear();
    records::append_text(text, computer);
    last_host = table.host(text.empty() ? std::string(no_host) : cut_text(text, max_host_bytes));
    last_computer = raw;
    has_last_host = true;
    return last_host;
}

void Collector::State::take_record(const records::Batch& batch, const records::Record& record,
                                   std::uint8_t level, std::uint32_t wanted_record) {
    wanted = wanted_record;
    const records::Shape& shape = *record.shape;
    const records::Value computer = batch.field(record, shape.system.computer);
    facts.push_back({.place = {batch.item, record.offset},
                     .time = record.time,
                     .host = host_of(computer),
                     .level = level});
    for (const PlannedField& planned : plans.of(shape, plan_for).fields)
        take_value(batch, record, planned);
}

void Collector::State::take_value(const records::Batch& batch, const records::Record& record,
                                  const PlannedField& planned) {
    const records::Value& value = batch.value(record, planned.slot);
    if (!may_hold_trace(planned.source, value) || value.is_null()) return;
    if (planned.has_needs && !batch.has(record, record.shape->fields[planned.field])) return;
    records::Value companion;
    if (planned.companion != records::no_slot) companion = batch.value(record, planned.companion);
    if (!value.is_array()) return take_item(planned, value, companion);
    records::for_each_item(value, [&](const records::Value& item) {
        if (may_hold_trace(planned.source, item)) take_item(planned, item, companion);
    });
}

void Collector::State::take_item(const PlannedField& planned, const records::Value& item,
                                 const records::Value& companion) {
    if (planned.source == Source::free_text) return take_tokens(item);
    Pending next{.key = {},
                 .value = item,
                 .companion = companion,
                 .record = static_cast<std::uint32_t>(facts.size() - 1),
                 .wanted = wanted,
                 .source = planned.source};
    std::uint64_t value_seed = seed_of(seed, planned.source, false, item.type);
    // A companion changes what the value means, so its hash seeds the value's.
    if (companion.size > 0) value_seed ^= hash64(companion.bytes(), value_seed + companion.type);
    next.key = hash128(item.bytes(), value_seed);
    push(next);
}

void Collector::State::take_tokens(const records::Value& value) {
    for (const Token& token : scanner.scan(value)) {
        const std::string_view token_text = scratch.copy(scanner.text(value, token, text));
        const auto source = static_cast<Source>(token.type);
        push({.key = hash128(as_bytes(token_text), seed_of(seed, source, true, 0)),
              .value = records::Value::utf8(token_text),
              .companion = {},
              .record = static_cast<std::uint32_t>(facts.size() - 1),
              .wanted = wanted,
              .source = source,
              .is_token = true});
    }
}

void Collector::State::push(const Pending& next) {
    table.prefetch(next.key);
    pending.push_back(next);
}

void Collector::State::add(const Pending& next) {
    text.clear();
    records::append_text(text, next.value);
    derived.clear();
    if (next.is_token) {
        derive_token(static_cast<TraceType>(next.source), text, derived);
    } else {
        companion_text.clear();
        if (next.companion.size > 0) records::append_text(companion_text, next.companion);
        deriver.derive(next.source, text, companion_text, derived);
    }
    table.add(next.key, derived, facts[next.record]);
}

/// Does the look-ups that wait, at the end of a record, so that a record's facts stay whole.
Result<void> Collector::State::drain(std::size_t unless_fewer_than) {
    if (pending.size() < unless_fewer_than && facts.size() < 4 * window) return {};
    for (const Pending& next : pending) {
        if (!table.touch(next.key, facts[next.record])) add(next);
        if (next.wanted != no_record) table.append_traces(next.key, next.wanted, found);
    }
    pending.clear();
    facts.clear();
    scratch.clear();
    return {};
}

/// Begins a batch: what was found before is forgotten, so the table may be emptied.
Result<void> Collector::State::begin() {
    found.clear();
    if (table.memory_used() > limit) return spill();
    return {};
}

Result<void> Collector::State::spill() {
    RunWriter writer(*store, store_end);
    Result<void> outcome;
    table.for_each_row([&](const Row& row) {
        if (outcome) outcome = writer.add(row);
    });
    TRY_VOID(std::move(outcome));
    runs.push_back(TRY(writer.finish()));
    table.clear();
    has_last_host = false;
    return {};
}

Result<std::vector<Run>> Collector::State::finish() {
    TRY_VOID(drain(0));
    if (!table.is_empty()) {
        if (!runs.empty()) TRY_VOID(spill());
        Run last;
        last.bytes.reserve(std::min(table.memory_used(), most_reserved));
        table.for_each_row([&](const Row& row) { encode(last.bytes, row); });
        table.clear();
        if (!last.bytes.empty()) runs.push_back(std::move(last));
    }
    return std::move(runs);
}

Collector::Collector(const CollectorOptions& options, RunStore& store)
    : state_(std::make_unique<State>(options, store)) {}
Collector::~Collector() = default;
Collector::Collector(Collector&&) noexcept = default;
Collector& Collector::operator=(Collector&&) noexcept = default;

Result<void> Collector::take(const records::Batch& batch, std::span<const std::uint8_t> levels) {
    TRY_VOID(state_->begin());
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        const std::uint8_t level = levels.empty() ? std::uint8_t{0} : levels[i];
        if (level == leave_out) continue;
        state_->take_record(batch, batch.records[i], level,
                            level == 0 ? no_record : static_cast<std::uint32_t>(i));
        TRY_VOID(state_->drain(window));
    }
    return state_->drain(0);
}

Result<void> Collector::take(const records::Batch& batch, const records::Record& record,
                             std::uint8_t level) {
    TRY_VOID(state_->begin());
    state_->take_record(batch, record, level, no_record);
    return state_->drain(0);
}

std::span<const RecordTrace> Collector::found() const { return state_->found; }

std::size_t Collector::memory_used() const { return state_->table.memory_used(); }

Result<void> MemoryRunStore::append(Bytes bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return {};
}

Result<void> MemoryRunStore::read(std::uint64_t offset, std::span<std::byte> out) {
    require(offset <= bytes_.size() && out.size() <= bytes_.size() - offset,
            "only what was appended is read");
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
    return {};
}

struct TraceLines::State {
    std::vector<Collector> collectors;  ///< their stores hold the runs
    RunMerge merge;
    Row row;
};

TraceLines::TraceLines(std::unique_ptr<State> state) : state_(std::move(state)) {}
TraceLines::~TraceLines() = default;
TraceLines::TraceLines(TraceLines&&) noexcept = default;
TraceLines& TraceLines::operator=(TraceLines&&) noexcept = default;

Result<TraceLines> TraceLines::open(std::vector<Collector> collectors) {
    std::vector<Run> runs;
    for (Collector& collector : collectors)
        for (Run& run : TRY(collector.state_->finish())) runs.push_back(std::move(run));
    while (runs.size() > max_merged_runs) {
        Collector::State& first = *collectors.front().state_;
        std::vector<Run> rest(std::make_move_iterator(runs.begin() + max_merged_runs),
                              std::make_move_iterator(runs.end()));
        runs.resize(max_merged_runs);
        RunMerge merge = TRY(RunMerge::open(std::move(runs), CollectorOptions::merge_memory_bytes));
        RunWriter writer(*first.store, first.store_end);
        Row row;
        while (TRY(merge.next(row))) TRY_VOID(writer.add(row));
        rest.push_back(TRY(writer.finish()));
        runs = std::move(rest);
    }
    auto state = std::make_unique<State>();
    state->collectors = std::move(collectors);
    state->merge = TRY(RunMerge::open(std::move(runs), CollectorOptions::merge_memory_bytes));
    return TraceLines(std::move(state));
}

Result<bool> TraceLines::next(TraceLine& line) {
    if (!TRY(state_->merge.next(state_->row))) return false;
    line = to_line(std::move(state_->row));
    return true;
}

}  // namespace konseki::traces
