#include <string>
#include <unordered_map>
#include <vector>

#include "konseki/base/hash.h"
#include "sources.h"

namespace konseki::traces {

namespace {

/// Values derived lately: logs repeat themselves, above all where findings are dense.
constexpr std::size_t memo_entries = 1024;
/// Longer values are derived anew: the memory stays below a few megabytes.
constexpr std::size_t max_memo_bytes = 1024;
constexpr std::uint64_t memo_seed = 0x74726163656d656d;

struct Memo {
    std::string key;  ///< source, value and companion; compared, so the hash may collide
    std::vector<Trace> traces;
};

}  // namespace

struct Extractor::State {
    std::unordered_map<const records::Shape*, Plan> plans;
    Plan scratch_plan;  ///< of a shape that belongs to its batch
    Deriver deriver;
    std::string text, companion, key;
    std::vector<Memo> memos{memo_entries};

    void derive(Source source, std::vector<Trace>& out) {
        if (text.size() + companion.size() > max_memo_bytes) {
            deriver.derive(source, text, companion, out);
            return;
        }
        key.assign(1, static_cast<char>(source));
        key.append(text).append(1, '\0').append(companion);
        Memo& memo = memos[hash64(as_bytes(key), memo_seed) % memo_entries];
        if (memo.key != key) {
            memo.key = key;
            memo.traces.clear();
            deriver.derive(source, text, companion, memo.traces);
        }
        out.insert(out.end(), memo.traces.begin(), memo.traces.end());
    }

    const Plan& plan(const records::Shape& shape) {
        if (shape.id == records::Shape::batch_owned) return scratch_plan = plan_for(shape);
        const auto [at, is_new] = plans.try_emplace(&shape);
        if (is_new) at->second = plan_for(shape);
        return at->second;
    }
};

Extractor::Extractor() : state_(std::make_unique<State>()) {}
Extractor::~Extractor() = default;
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;

void Extractor::extract(const records::Batch& batch, const records::Record& record,
                        std::vector<Trace>& out) {
    State& state = *state_;
    for (const PlannedField& planned : state.plan(*record.shape).fields) {
        const records::Value& value = batch.value(record, planned.slot);
        if (value.is_null() || !may_hold_trace(planned.source, value)) continue;
        if (planned.has_needs && !batch.has(record, record.shape->fields[planned.field])) continue;
        state.companion.clear();
        if (planned.companion != records::no_slot)
            records::append_text(state.companion, batch.value(record, planned.companion));
        records::for_each_item(value, [&](const records::Value& item) {
            if (!may_hold_trace(planned.source, item)) return;
            state.text.clear();
            records::append_text(state.text, item);
            state.derive(planned.source, out);
        });
    }
}

}  // namespace konseki::traces
