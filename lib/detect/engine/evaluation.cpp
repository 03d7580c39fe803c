#include "engine/evaluation.h"

namespace konseki::detect {

void Evaluation::begin(const records::Batch& batch, const records::Record& record,
                       const Binding& bound) {
    binding_ = &bound;
    values_.begin(flat_, batch, record);
    tester_.begin_record();
    if (++stamp_ == 0) {
        tests_.clear();
        inputs_.clear();
        literals_.clear();
        stamp_ = 1;
    }
    const Program& now = program();
    if (tests_.size() < now.tests.size()) tests_.resize(now.tests.size());
    if (inputs_.size() < now.inputs.size()) inputs_.resize(now.inputs.size());
    if (literals_.size() < now.literals.size()) literals_.resize(now.literals.size());
}

void Evaluation::collect(std::uint32_t index, InputMemo& memo) {
    memo.stamp = stamp_;
    const Input& in = program().inputs[index];
    memo.found = index == 0 ? values_.collect_all() : values_.collect(in.source, binding_->of(in));
}

bool Evaluation::append_read_fields(std::vector<std::uint16_t>& out) const {
    if (inputs_[0].stamp == stamp_) return false;
    for (std::uint32_t i = 1; i < program().inputs.size(); ++i)
        if (inputs_[i].stamp == stamp_)
            binding_->append_fields(binding_->of(program().inputs[i]), out);
    return true;
}

bool Evaluation::find_out(std::uint32_t index) {
    const ProgramTest& test = program().tests[index];
    const Found& found = input(test.input);
    bool result = false;
    if (test.list)
        result = tester_.list(*test.list, values_, found);
    else if (test.is_field_ref)
        result = tester_.field_ref(test.flat, values_, Found(found), input(test.other_input));
    else
        result = tester_.test(test.flat, values_, found);
    tests_[index] = {stamp_, result};
    return result;
}

bool Evaluation::holds(std::uint32_t index) {
    const std::vector<ProgramNode>& nodes = program().nodes;
    const ProgramNode& node = nodes[index];
    switch (node.kind) {
        case NodeKind::test: return holds_test(node.test);
        case NodeKind::negation: return !holds(index + 1);
        case NodeKind::all_of:
            for (std::uint32_t at = index + 1; at < node.end; at = nodes[at].end)
                if (!holds(at)) return false;
            return true;
        case NodeKind::any_of:
            for (std::uint32_t at = index + 1; at < node.end; at = nodes[at].end)
                if (holds(at)) return true;
            return false;
        default: return node.kind == NodeKind::always;
    }
}

}  // namespace konseki::detect
