#include <unordered_map>

#include "sources.h"

namespace konseki::traces {

struct Extractor::State {
    std::unordered_map<const records::Shape*, Plan> plans;
    Plan scratch_plan;  ///< of a shape that belongs to its batch
    Deriver deriver;
    std::string text, companion;

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
            state.deriver.derive(planned.source, state.text, state.companion, out);
        });
    }
}

}  // namespace konseki::traces
