#include "konseki/detect/join.h"

#include <algorithm>

#include "engine/body.h"
#include "engine/field_text.h"
#include "join/core.h"
#include "konseki/detect/match.h"

namespace konseki::detect {

namespace {

const join::Plan& plan_of(const Rules& rules) {
    const Rules::Body& body = rules.body();
    return body.joins.get([&] {
        std::vector<join::Input> inputs;
        for (std::uint32_t number = 0; number < body.order.size(); ++number) {
            const sigma::RuleBook::Entry& entry = body.order[number];
            if (!entry.is_correlation || entry.index >= body.correlations.size()) continue;
            inputs.push_back(
                {&body.correlations[entry.index], number, body.flat.rules[number].base_only != 0});
        }
        return inputs;
    });
}

}  // namespace

void append_join_rows(const Engine& engine, const records::Batch& batch, const Hit& hit,
                      const EventPlace& place, std::vector<JoinRow>& rows) {
    const join::Plan& plan = plan_of(engine.rules());
    for (const std::uint32_t listener : plan.listeners(hit.rule)) {
        const join::Step& step = plan.steps()[listener];
        const sigma::Correlation& correlation = step.correlation;
        const auto position = static_cast<std::size_t>(
            std::find(correlation.rules.begin(), correlation.rules.end(), hit.rule) -
            correlation.rules.begin());
        const std::size_t needed = correlation.group_by.size() + correlation.value_fields.size();
        join::Values values;
        for (const std::string_view name : join::row_names(step)) {
            values.push_back(
                field_text(engine, batch, hit, join::field_at(correlation, name, position)));
            if (!values.back() && values.size() <= needed) break;
        }
        const bool is_whole =
            values.size() == needed + step.carried.size() &&
            (values.size() < needed || needed == 0 || values[needed - 1].has_value());
        if (!is_whole) continue;
        if (join::is_numeric(correlation.type) &&
            !join::number_of(*values[correlation.group_by.size()]))
            continue;
        rows.push_back({place, hit.rule, step.number, join::pack_values(values)});
    }
}

struct Joiner::State {
    join::Core core;
};

Joiner::Joiner(const Rules& rules, Sink sink)
    : state_(std::make_unique<State>(
          State{join::Core(plan_of(rules), std::move(sink), max_group_bytes)})) {}
Joiner::~Joiner() = default;
void Joiner::take(const JoinRow& row) { state_->core.take(row); }
void Joiner::finish() { state_->core.finish(); }
std::uint64_t Joiner::evicted() const { return state_->core.evicted(); }

}  // namespace konseki::detect
