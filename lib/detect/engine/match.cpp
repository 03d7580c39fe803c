#include "konseki/detect/match.h"

#include <algorithm>
#include <bit>

#include "engine/binding.h"
#include "engine/evaluate.h"
#include "engine/explain.h"
#include "engine/store.h"

namespace konseki::detect {

Engine::Engine(const Rules& rules) : state_(std::make_unique<State>(rules)) {}
Engine::~Engine() = default;
const Rules& Engine::rules() const { return state_->rules; }
std::vector<RuleUse> Engine::use() const { return state_->store.use(); }
std::uint64_t Engine::capped_regexes() const { return state_->store.capped_regexes.load(); }

struct Matcher::State {
    explicit State(ProgramStore& store_given)
        : store(store_given), binder(store), tester(store.flat(), store.runtime()) {}

    void match(const records::Batch& batch, std::uint32_t index, std::vector<Hit>& hits);
    void begin(const Binding& binding);
    void look_for_literals(const records::Batch& batch);
    void evaluate(std::uint32_t index, std::vector<Hit>& hits);
    bool goes_elsewhere(std::uint32_t rule);
    bool is_unchecked(std::uint32_t rule);
    bool holds(std::uint32_t node);
    bool holds_test(std::uint32_t test);
    const Found& input(std::uint32_t index);
    void saw_literal(std::uint32_t literal);

    /// A result or value of the record at hand: it holds while its stamp is the record's.
    struct Memo {
        std::uint32_t stamp = 0;
        bool result = false;
    };
    struct InputMemo {
        std::uint32_t stamp = 0;
        Found found;
    };

    ProgramStore& store;
    Binder binder;
    Tester tester;
    Values values;
    const Binding* binding = nullptr;
    const Program* program = nullptr;
    std::uint32_t stamp = 0;
    std::vector<Memo> tests;
    std::vector<InputMemo> inputs;
    std::vector<std::uint32_t> literals;  ///< stamp when last seen
    std::vector<std::uint64_t> candidates;
    std::uint64_t capped_told = 0;
};

void Matcher::State::begin(const Binding& bound) {
    binding = &bound;
    program = bound.program;
    if (++stamp == 0) {
        tests.clear();
        inputs.clear();
        literals.clear();
        stamp = 1;
    }
    if (tests.size() < program->tests.size()) tests.resize(program->tests.size());
    if (inputs.size() < program->inputs.size()) inputs.resize(program->inputs.size());
    if (literals.size() < program->literals.size()) literals.resize(program->literals.size());
    candidates = program->ungated;
    tester.begin_record();
}

const Found& Matcher::State::input(std::uint32_t index) {
    InputMemo& memo = inputs[index];
    if (memo.stamp != stamp) {
        memo.stamp = stamp;
        const Input& in = program->inputs[index];
        memo.found = index == 0 ? values.collect_all() : values.collect(in.source, binding->of(in));
    }
    return memo.found;
}

void Matcher::State::saw_literal(std::uint32_t literal) {
    // A text that repeats a literal costs no more than the scan.
    if (literals[literal] == stamp) return;
    literals[literal] = stamp;
    const Range range = program->literals[literal];
    for (std::uint32_t i = 0; i < range.count; ++i) {
        const std::uint32_t rule = program->literal_rules[range.first + i];
        candidates[rule / 64] |= std::uint64_t{1} << (rule % 64);
    }
}

void Matcher::State::look_for_literals(const records::Batch& batch) {
    const auto saw = [&](std::uint32_t literal) {
        saw_literal(literal);
        return false;
    };
    for (const Gate& gate : program->gates) {
        for (Item& item : values.items(input(gate.input))) {
            if (item.value.is_null()) continue;
            const std::string_view folded = values.folded(item);
            gate.filter.scan(folded, saw);
            if (!gate.shorts.empty()) gate.shorts.scan(folded, saw);
            if (gate.beyond_ascii != no_index && !item.is_ascii) saw_literal(gate.beyond_ascii);
        }
    }
    if (program->keywords.empty() || !program->keyword_scan.could_match(batch, values.record()))
        return;
    for (Item& item : values.items(input(0)))
        if (!item.value.is_null()) program->keywords.scan(values.folded(item), saw);
}

bool Matcher::State::holds_test(std::uint32_t index) {
    Memo& memo = tests[index];
    if (memo.stamp == stamp) return memo.result;
    const ProgramTest& test = program->tests[index];
    const Found& found = input(test.input);
    bool result = false;
    if (test.list)
        result = tester.list(*test.list, values, found);
    else if (test.is_field_ref)
        result = tester.field_ref(test.flat, values, Found(found), input(test.other_input));
    else
        result = tester.test(test.flat, values, found);
    memo.stamp = stamp;
    memo.result = result;
    return result;
}

bool Matcher::State::holds(std::uint32_t index) {
    const ProgramNode& node = program->nodes[index];
    switch (node.kind) {
        case NodeKind::test: return holds_test(node.test);
        case NodeKind::negation: return !holds(index + 1);
        case NodeKind::all_of:
            for (std::uint32_t at = index + 1; at < node.end; at = program->nodes[at].end)
                if (!holds(at)) return false;
            return true;
        case NodeKind::any_of:
            for (std::uint32_t at = index + 1; at < node.end; at = program->nodes[at].end)
                if (holds(at)) return true;
            return false;
        default: return node.kind == NodeKind::always;
    }
}

/// True where an earlier route of the same rule takes the event.
bool Matcher::State::goes_elsewhere(std::uint32_t index) {
    for (std::uint32_t at = index; at > 0; --at) {
        const ProgramRule& before = program->rules[at - 1];
        if (before.candidate.rule != program->rules[index].candidate.rule) return false;
        if (holds(before.condition)) return true;
    }
    return false;
}

bool Matcher::State::is_unchecked(std::uint32_t index) {
    using Check = Binding::Check;
    if (binding->checks.empty()) binding->checks.resize(program->rules.size(), Check::unknown);
    Check& check = binding->checks[index];
    if (check == Check::unknown) {
        const Candidate& candidate = program->rules[index].candidate;
        SlowMatch slow(store.flat(), tester, values, binding->fields);
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
            if (!holds(rule.root) || !holds(rule.condition) || goes_elsewhere(index)) continue;
            hits.push_back({record, rule.candidate.rule, is_unchecked(index),
                            store.flat().rules[rule.candidate.rule].base_only != 0});
        }
    }
}

void Matcher::State::match(const records::Batch& batch, std::uint32_t index,
                           std::vector<Hit>& hits) {
    const records::Record& record = batch.records[index];
    if (!record.shape) return;
    const Binding& bound = binder.find(batch, record);
    if (!bound.program) return;
    values.begin(store.flat(), batch, record);
    begin(bound);
    look_for_literals(batch);
    evaluate(index, hits);
}

Matcher::Matcher(Engine& engine) : state_(std::make_unique<State>(engine.state().store)) {}
Matcher::~Matcher() = default;

void Matcher::match(const records::Batch& batch, std::vector<Hit>& hits) {
    for (std::uint32_t i = 0; i < batch.records.size(); ++i) state_->match(batch, i, hits);
    const std::uint64_t capped = state_->tester.capped();
    if (capped != state_->capped_told) state_->store.capped_regexes += capped - state_->capped_told;
    state_->capped_told = capped;
}

Explanation Matcher::explain(const records::Batch& batch, const Hit& hit) {
    State& state = *state_;
    const records::Record& record = batch.records[hit.record];
    const Binding& bound = state.binder.find(batch, record);
    state.values.begin(state.store.flat(), batch, record);
    state.tester.begin_record();
    return SlowMatch(state.store.flat(), state.tester, state.values, bound.fields)
        .explain(hit.rule);
}

}  // namespace konseki::detect
