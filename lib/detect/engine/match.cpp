#include "konseki/detect/match.h"

#include <algorithm>
#include <bit>
#include <span>

#include "engine/binding.h"
#include "engine/evaluation.h"
#include "engine/explain.h"
#include "engine/explainer.h"
#include "engine/keyword_finder.h"
#include "engine/record_memo.h"
#include "engine/store.h"

namespace konseki::detect {

Engine::Engine(const Rules& rules) : state_(std::make_unique<State>(rules)) {}
Engine::~Engine() = default;
const Rules& Engine::rules() const { return state_->rules; }
std::vector<RuleUse> Engine::use() const { return state_->store.use(); }
std::uint64_t Engine::capped_regexes() const { return state_->store.capped_regexes.load(); }

struct Matcher::State {
    explicit State(ProgramStore& store_given)
        : store(store_given), binder(store), evaluation(store), explainer(evaluation) {}

    void begin(const records::Batch& next);
    void match(std::uint32_t index, std::vector<Hit>& hits);
    const Explanation& explain(const Hit& hit);
    bool take(std::uint32_t index);
    void start();
    bool recall(std::uint32_t index, std::vector<Hit>& hits);
    void remember(std::span<const Hit> hits);
    const Explanation& explain_rule(std::uint32_t rule);
    void look_for_literals(bool may_hold_keywords);
    void evaluate(std::uint32_t index, std::vector<Hit>& hits);
    bool goes_elsewhere(std::uint32_t rule);
    bool is_unchecked(std::uint32_t rule);
    void saw_literal(std::uint32_t literal);
    void tell_capped();

    ProgramStore& store;
    Binder binder;
    Evaluation evaluation;
    Explainer explainer;
    KeywordFinder finder;
    const records::Batch* batch = nullptr;
    const Program* program = nullptr;
    std::uint32_t at_hand = no_index;  ///< record of the batch that is looked at
    const Binding* binding = nullptr;
    bool is_started = false;  ///< `evaluation` is of the record at hand
    RecordMemo memo;
    RecordMemo::Entry* entry = nullptr;  ///< what is remembered of the record at hand
    std::vector<std::uint16_t> read;     ///< fields, working space
    std::vector<std::uint64_t> candidates;
    std::uint64_t capped_told = 0, capped_before = 0;
    const Explanation nothing;
};

void Matcher::State::begin(const records::Batch& next) {
    batch = &next;
    at_hand = no_index;
    finder.begin(next);
}

/// Takes a record in hand. False where no rule can fire on it.
bool Matcher::State::take(std::uint32_t index) {
    at_hand = no_index;
    entry = nullptr;
    is_started = false;
    const records::Record& record = batch->records[index];
    if (!record.shape) return false;
    binding = &binder.find(*batch, record);
    program = binding->program;
    if (!program) return false;
    at_hand = index;
    return true;
}

void Matcher::State::start() {
    evaluation.begin(*batch, batch->records[at_hand], *binding);
    is_started = true;
    capped_before = evaluation.tester().capped();
}

/// Gives what a record like the one at hand gave before.
bool Matcher::State::recall(std::uint32_t index, std::vector<Hit>& hits) {
    entry = memo.find(*batch, batch->records[index], *binding);
    if (!entry) return false;
    for (Hit hit : entry->hits) {
        hit.record = index;
        hits.push_back(hit);
    }
    return true;
}

void Matcher::State::remember(std::span<const Hit> hits) {
    read.clear();
    if (evaluation.append_read_fields(read) && evaluation.tester().capped() == capped_before)
        entry = memo.store(*batch, batch->records[at_hand], *binding, read, hits);
}

void Matcher::State::saw_literal(std::uint32_t literal) {
    // A text that repeats a literal costs no more than the scan.
    if (!evaluation.note_literal(literal)) return;
    const Range range = program->literals[literal];
    for (std::uint32_t i = 0; i < range.count; ++i) {
        const std::uint32_t rule = program->literal_rules[range.first + i];
        candidates[rule / 64] |= std::uint64_t{1} << (rule % 64);
    }
}

void Matcher::State::look_for_literals(bool may_hold_keywords) {
    const auto saw = [&](std::uint32_t literal) {
        saw_literal(literal);
        return false;
    };
    Values& values = evaluation.values();
    for (const Gate& gate : program->gates) {
        for (Item& item : values.items(evaluation.input(gate.input))) {
            if (item.value.is_null()) continue;
            const std::string_view folded = values.folded(item);
            gate.filter.scan(folded, saw);
            if (!gate.shorts.empty()) gate.shorts.scan(folded, saw);
            if (gate.beyond_ascii != no_index && !item.is_ascii) saw_literal(gate.beyond_ascii);
        }
    }
    if (!may_hold_keywords) return;
    for (Item& item : values.items(evaluation.input(0)))
        if (!item.value.is_null()) program->keywords.scan(values.folded(item), saw);
}

/// True where an earlier route of the same rule takes the event.
bool Matcher::State::goes_elsewhere(std::uint32_t index) {
    for (std::uint32_t at = index; at > 0; --at) {
        const ProgramRule& before = program->rules[at - 1];
        if (before.candidate.rule != program->rules[index].candidate.rule) return false;
        if (evaluation.holds(before.condition)) return true;
    }
    return false;
}

bool Matcher::State::is_unchecked(std::uint32_t index) {
    using Check = Binding::Check;
    if (binding->checks.empty()) binding->checks.resize(program->rules.size(), Check::unknown);
    Check& check = binding->checks[index];
    if (check == Check::unknown) {
        const Candidate& candidate = program->rules[index].candidate;
        SlowMatch slow(store.flat(), evaluation.tester(), evaluation.values(), binding->fields);
        check =
            slow.is_unchecked(candidate.rule, candidate.route) ? Check::unchecked : Check::whole;
    }
    return check == Check::unchecked;
}

void Matcher::State::evaluate(std::uint32_t record, std::vector<Hit>& hits) {
    for (std::size_t word = 0; word < candidates.size(); ++word) {
        for (std::uint64_t bits = candidates[word]; bits != 0; bits &= bits - 1) {
            const auto index = static_cast<std::uint32_t>(
                word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
            const ProgramRule& rule = program->rules[index];
            if (!evaluation.holds(rule.root) || !evaluation.holds(rule.condition) ||
                goes_elsewhere(index))
                continue;
            hits.push_back({record, rule.candidate.rule, is_unchecked(index),
                            store.flat().rules[rule.candidate.rule].base_only != 0});
        }
    }
}

void Matcher::State::match(std::uint32_t index, std::vector<Hit>& hits) {
    if (!take(index)) return;
    const bool may_hold_keywords =
        program->keyword_scan &&
        finder.could_match(*program->keyword_scan, batch->records[index], *binding);
    if (!may_hold_keywords && program->is_idle) return;
    if (!may_hold_keywords && recall(index, hits)) return;
    start();
    candidates = program->ungated;
    look_for_literals(may_hold_keywords);
    const std::size_t first = hits.size();
    evaluate(index, hits);
    if (!may_hold_keywords) remember(std::span(hits).subspan(first));
}

void Matcher::State::tell_capped() {
    const std::uint64_t capped = evaluation.tester().capped();
    if (capped != capped_told) store.capped_regexes += capped - capped_told;
    capped_told = capped;
}

const Explanation& Matcher::State::explain(const Hit& hit) {
    if (at_hand != hit.record && !take(hit.record)) return nothing;
    if (entry)
        if (const RecordMemo::Explained* const known = entry->find_explained(hit.rule))
            return known->why;
    if (!is_started) start();
    evaluation.tester().begin_record();  // its own share: what is remembered must not matter
    const Explanation& why = explain_rule(hit.rule);
    read.clear();
    if (entry && evaluation.append_read_fields(read) && explainer.append_read_fields(read) &&
        evaluation.tester().capped() == capped_before)
        memo.store(*entry, *batch, batch->records[at_hand], read, hit.rule, why);
    return why;
}

const Explanation& Matcher::State::explain_rule(std::uint32_t wanted) {
    const std::vector<ProgramRule>& rules = program->rules;
    const auto is_before = [](const ProgramRule& one, std::uint32_t rule) {
        return one.candidate.rule < rule;
    };
    auto rule = std::lower_bound(rules.begin(), rules.end(), wanted, is_before);
    for (; rule != rules.end() && rule->candidate.rule == wanted; ++rule)
        if (evaluation.holds(rule->condition))
            return explainer.explain(static_cast<std::uint32_t>(rule - rules.begin()));
    return nothing;
}

Matcher::Matcher(Engine& engine) : state_(std::make_unique<State>(engine.state().store)) {}
Matcher::~Matcher() = default;

void Matcher::match(const records::Batch& batch, std::vector<Hit>& hits) {
    begin(batch);
    for (std::uint32_t i = 0; i < batch.records.size(); ++i) state_->match(i, hits);
    state_->tell_capped();
}

void Matcher::begin(const records::Batch& batch) { state_->begin(batch); }

void Matcher::match(std::uint32_t record, std::vector<Hit>& hits) {
    state_->match(record, hits);
    state_->tell_capped();
}

const Explanation& Matcher::explain(const records::Batch& batch, const Hit& hit) {
    if (state_->batch != &batch) state_->begin(batch);
    return state_->explain(hit);
}

}  // namespace konseki::detect
