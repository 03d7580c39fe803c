#include <deque>
#include <string>
#include <vector>

#include "konseki/base/hash.h"
#include "konseki/records/shape_cache.h"
#include "sources.h"

namespace konseki::traces {

namespace {

/// Values derived lately: logs repeat themselves, above all where findings are dense.
constexpr std::size_t memo_entries = 2048;
/// Longer values are derived anew: the memory stays below 10 MB.
constexpr std::size_t max_memo_bytes = 1024;
constexpr std::uint64_t memo_seed = 0x74726163656d656d;

/// What a value of a field gave.
struct Memo {
    Source source = Source::free_text;
    std::uint8_t type = 0, companion_type = 0;
    std::uint64_t record = 0;      ///< number of the last record that it was used for
    std::string value, companion;  ///< raw bytes; compared, so the hash may collide
    std::vector<Trace> traces;

    bool is_of(Source of, const records::Value& item, const records::Value& with) const {
        return source == of && type == item.type && companion_type == with.type &&
               value == as_text(item.bytes()) && companion == as_text(with.bytes());
    }
};

}  // namespace

struct Extractor::State {
    records::ShapeCache<Plan> plans;
    Deriver deriver;
    std::string text, companion_text;
    std::vector<Memo> memos{memo_entries};
    std::uint64_t record = 0;
    std::deque<std::vector<Trace>> unkept;  ///< of this record, not in a memo
    std::vector<const Trace*> found;

    void derive(Source source, const records::Value& item, const records::Value& companion,
                std::vector<Trace>& out) {
        text.clear();
        records::append_text(text, item);
        companion_text.clear();
        if (companion.size > 0) records::append_text(companion_text, companion);
        deriver.derive(source, text, companion_text, out);
    }

    void take(Source source, const records::Value& item, const records::Value& companion) {
        for (const Trace& trace : traces_of(source, item, companion)) found.push_back(&trace);
    }

    const std::vector<Trace>& traces_of(Source source, const records::Value& item,
                                        const records::Value& companion) {
        const std::uint64_t kind = memo_seed ^ static_cast<std::uint64_t>(source) << 8 ^ item.type;
        const std::uint64_t with =
            companion.size > 0 ? hash64(companion.bytes(), kind) : std::uint64_t{0};
        Memo& memo = memos[hash64(item.bytes(), kind ^ with) % memo_entries];
        const bool is_known = memo.record != 0 && memo.is_of(source, item, companion);
        if (!is_known) {
            // What this record took from the memo must stay until its traces were looked at.
            if (memo.record == record || std::size_t{item.size} + companion.size > max_memo_bytes) {
                derive(source, item, companion, unkept.emplace_back());
                return unkept.back();
            }
            memo.record = 0;  // known only once it is whole
            memo.traces.clear();
            derive(source, item, companion, memo.traces);
            memo.source = source;
            memo.type = item.type;
            memo.companion_type = companion.type;
            memo.value = as_text(item.bytes());
            memo.companion = as_text(companion.bytes());
        }
        memo.record = record;
        return memo.traces;
    }
};

Extractor::Extractor() : state_(std::make_unique<State>()) {}
Extractor::~Extractor() = default;
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;

std::span<const Trace* const> Extractor::extract(const records::Batch& batch,
                                                 const records::Record& record) {
    State& state = *state_;
    ++state.record;
    state.unkept.clear();
    state.found.clear();
    for (const PlannedField& planned : state.plans.of(*record.shape, plan_for).fields) {
        const records::Value& value = batch.value(record, planned.slot);
        if (value.is_null() || !may_hold_trace(planned.source, value)) continue;
        if (planned.has_needs && !batch.has(record, record.shape->fields[planned.field])) continue;
        records::Value companion;
        if (planned.companion != records::no_slot)
            companion = batch.value(record, planned.companion);
        if (!value.is_array()) {
            state.take(planned.source, value, companion);
            continue;
        }
        records::for_each_item(value, [&](const records::Value& item) {
            if (may_hold_trace(planned.source, item)) state.take(planned.source, item, companion);
        });
    }
    return state.found;
}

}  // namespace konseki::traces
