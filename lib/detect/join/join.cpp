#include "konseki/detect/join.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "engine/body.h"
#include "engine/field_text.h"
#include "join/core.h"
#include "join/history.h"
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

struct JoinFeeder::State {
    explicit State(const Engine& engine) : plan(plan_of(engine.rules())), fields(engine) {}

    /// A correlation that a rule feeds, and the fields that its rows carry.
    struct Feed {
        const join::Step* step = nullptr;
        struct Field {
            std::uint32_t name = 0;
            bool is_stem = false;  ///< only its stem_of()
        };
        std::vector<Field> names;
        std::size_t needed = 0;  ///< of these, from the first on
        std::optional<std::size_t> numeric;
    };
    const std::vector<Feed>& feeds_of(std::uint32_t rule);
    bool gather(const Hit& hit, const Feed& feed);

    const join::Plan& plan;
    FieldReader fields;
    std::unordered_map<std::uint32_t, std::vector<Feed>> feeds;  ///< by rule
    join::Values values;
    join::HistoryFilter history;
};

const std::vector<JoinFeeder::State::Feed>& JoinFeeder::State::feeds_of(std::uint32_t rule) {
    const auto [known, fresh] = feeds.try_emplace(rule);
    if (!fresh) return known->second;
    for (const std::uint32_t listener : plan.listeners(rule)) {
        const join::Step& step = plan.steps()[listener];
        const sigma::Correlation& correlation = step.correlation;
        const auto position = static_cast<std::size_t>(
            std::find(correlation.rules.begin(), correlation.rules.end(), rule) -
            correlation.rules.begin());
        Feed feed{.step = &step, .names = {}, .needed = 0, .numeric = std::nullopt};
        for (const std::string_view name : join::row_names(step)) {
            std::string_view field = join::field_at(correlation, name, position);
            const bool is_stem = field.ends_with(sigma::stem_suffix);
            if (is_stem) field.remove_suffix(sigma::stem_suffix.size());
            feed.names.push_back({fields.find(field), is_stem});
        }
        feed.needed = correlation.group_by.size() + correlation.value_fields.size();
        if (join::is_numeric(correlation.type)) feed.numeric = correlation.group_by.size();
        known->second.push_back(std::move(feed));
    }
    return known->second;
}

/// False where the record lacks a field that the correlation cannot do without.
bool JoinFeeder::State::gather(const Hit& hit, const Feed& feed) {
    values.clear();
    for (const auto& [name, is_stem] : feed.names) {
        const std::optional<std::string_view> text = fields.text(hit, name);
        if (!text && values.size() < feed.needed) return false;
        if (!text)
            values.emplace_back();
        else
            values.emplace_back(is_stem ? join::stem_of(*text) : std::string(*text));
    }
    return !feed.numeric || join::number_of(*values[*feed.numeric]).has_value();
}

JoinFeeder::JoinFeeder(const Engine& engine) : state_(std::make_unique<State>(engine)) {}
JoinFeeder::~JoinFeeder() = default;
void JoinFeeder::begin(const records::Batch& batch) { state_->fields.begin(batch); }

void JoinFeeder::append(const Hit& hit, const EventPlace& place, std::vector<JoinRow>& rows) {
    for (const State::Feed& feed : state_->feeds_of(hit.rule)) {
        if (!state_->gather(hit, feed)) continue;
        if (sigma::is_historic(feed.step->correlation.type) &&
            !state_->history.is_needed(*feed.step, hit.rule, place, state_->values))
            continue;
        rows.push_back({place, hit.rule, feed.step->number, join::pack_values(state_->values)});
    }
}

struct Joiner::State {
    State(const join::Plan& rules_plan, Sink to)
        : plan(rules_plan),
          sink(std::move(to)),
          core(
              plan, [this](JoinedFinding&& finding) { sink(std::move(finding)); }, max_group_bytes),
          history(plan, [this](JoinedFinding&& finding) { sink(std::move(finding)); }) {}

    const join::Plan& plan;
    Sink sink;
    join::Core core;
    join::History history;
};

Joiner::Joiner(const Rules& rules, Sink sink)
    : state_(std::make_unique<State>(plan_of(rules), std::move(sink))) {}
Joiner::~Joiner() = default;
void Joiner::take(const JoinRow& row) {
    const join::Step* const step = state_->plan.step(row.correlation);
    if (step != nullptr && sigma::is_historic(step->correlation.type))
        state_->history.take(*step, row);
    else
        state_->core.take(row);
}
void Joiner::finish() { state_->core.finish(); }

std::vector<JoinLoss> Joiner::losses() const {
    std::map<std::uint32_t, JoinLoss> losses;
    const std::vector<std::uint64_t>& evicted = state_->core.evicted_of_steps();
    for (std::size_t step = 0; step < evicted.size(); ++step)
        if (evicted[step] > 0) losses[state_->plan.steps()[step].number].groups = evicted[step];
    for (const std::uint32_t rule : state_->history.full()) losses[rule].is_forgetful = true;
    std::vector<JoinLoss> all;
    for (auto& [rule, loss] : losses) {
        loss.rule = rule;
        all.push_back(loss);
    }
    return all;
}

}  // namespace konseki::detect
