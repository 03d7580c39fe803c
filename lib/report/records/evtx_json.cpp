#include "records/evtx_json.h"

#include "records/value_json.h"

namespace konseki::report {

namespace {

using records::Batch;
using records::Record;
using records::Shape;
using records::Value;
using Op = EvtxJsonWriter::Op;
using OpKind = EvtxJsonWriter::OpKind;
using Program = EvtxJsonWriter::Program;

/// `{"#attributes":{` without its first brace.
constexpr std::size_t open_attributes_bytes = 15;

/// One record being written. `at_` runs ahead of the buffer's size until the end.
class Run {
  public:
    Run(const Program& program, const Batch& batch, const Record& record, render::JsonBuffer& out)
        : program_(program), batch_(batch), record_(record), out_(out), start_(out.size()) {
        make_room(program.text.size() + first_room);
    }

    void write() {
        for (std::size_t n = 0; n < program_.ops.size(); ++n) {
            const Op& op = program_.ops[n];
            if (op.kind == OpKind::skip_if_null) {
                if (any_null(op)) n = op.text_at - 1;
            } else {
                step(op);
            }
        }
        out_.commit(at_);
    }

  private:
    static constexpr std::size_t first_room = 16384;
    static constexpr std::size_t short_text = EvtxJsonWriter::text_padding;

    void make_room(std::size_t bytes) {
        if (at_ != nullptr) out_.commit(at_);
        at_ = out_.room(bytes + short_text);
        end_ = at_ + bytes;
        is_too_long_ = out_.size() - start_ > EvtxJsonWriter::max_line_bytes;
    }
    bool any_null(const Op& op) const {
        for (std::uint32_t n = 0; n < op.text_size; ++n)
            if (batch_.value(record_, program_.slots[op.slot + n]).is_null()) return true;
        return false;
    }
    /// Most keys are short: two stores of fixed size cost less than a copy of any size. The program's text
    /// is padded for it, and `end_` keeps short_text bytes back.
    void copy(const Op& op) {
        const char* const from = program_.text.data() + op.text_at;
        if (op.text_size <= short_text && at_ < end_) [[likely]] {
            std::memcpy(at_, from, short_text / 2);
            std::memcpy(at_ + short_text / 2, from + short_text / 2, short_text / 2);
            at_ += op.text_size;
        } else {
            copy(std::string_view(from, op.text_size));
        }
    }
    void copy(std::string_view text) {
        if (end_ - at_ < static_cast<std::ptrdiff_t>(text.size())) [[unlikely]] make_room(text.size() + first_room);
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
    }
    /// A value; `when_empty` where there is nothing to print or the line has become too long.
    void value(std::uint16_t slot, std::string_view when_empty) {
        const Value& value = batch_.value(record_, slot);
        const std::size_t room = max_json_bytes(value);
        if (end_ - at_ < static_cast<std::ptrdiff_t>(room)) [[unlikely]] make_room(room + first_room);
        if (is_empty(value) || is_too_long_) copy(when_empty);
        else at_ = write_json_value(value, at_);
    }
    void step(const Op& op);
    void content(const Op& op);

    const Program& program_;
    const Batch& batch_;
    const Record& record_;
    render::JsonBuffer& out_;
    std::size_t start_;
    char* at_ = nullptr;
    char* end_ = nullptr;
    bool is_too_long_ = false;
};

void Run::content(const Op& op) {
    if (at_[-1] == '{') {
        --at_;
        value(op.slot, "null");
        return;
    }
    if (!is_empty(batch_.value(record_, op.slot))) {
        copy(",\"#text\":");
        value(op.slot, "\"\"");
    }
    copy("}");
}

inline void Run::step(const Op& op) {
    switch (op.kind) {
        case OpKind::skip_if_null:
        case OpKind::text: copy(op); break;
        case OpKind::comma:
            if (at_[-1] != '{' && at_[-1] != '[') copy(",");
            copy(op);
            break;
        case OpKind::value:
            copy(op);
            value(op.slot, "null");
            break;
        case OpKind::string_value:
            copy(op);
            value(op.slot, "\"\"");
            break;
        case OpKind::raw: {
            copy(op);
            // The text of a value without its quotes: it stands inside a string.
            out_.commit(at_);
            if (!is_too_long_) append_raw(out_, batch_.value(record_, op.slot));
            at_ = nullptr;
            make_room(program_.text.size() + first_room);
            break;
        }
        case OpKind::attribute:
            if (is_empty(batch_.value(record_, op.slot))) break;
            if (at_[-1] != '{') copy(",");
            copy(op);
            value(op.slot, "\"\"");
            break;
        case OpKind::end_attributes:
            if (at_[-1] == '{') at_ -= open_attributes_bytes;
            else copy("}");
            break;
        case OpKind::content: content(op); break;
        case OpKind::end_object:
            if (at_[-1] == '{') {
                --at_;
                copy("null");
            } else {
                copy("}");
            }
            break;
    }
}

}  // namespace

const Program& EvtxJsonWriter::program_for(const Shape& shape) {
    if (shape.id == Shape::batch_owned) {
        own_ = compile_evtx_json(shape);
        return own_;
    }
    if (shape.id >= by_shape_.size()) by_shape_.resize(shape.id + 1);
    std::unique_ptr<Program>& known = by_shape_[shape.id];
    if (!known) known = std::make_unique<Program>(compile_evtx_json(shape));
    return *known;
}

void EvtxJsonWriter::write(const Batch& batch, const Record& record, render::JsonBuffer& out) {
    Run(program_for(*record.shape), batch, record, out).write();
    out.append('\n');
}

}  // namespace konseki::report
