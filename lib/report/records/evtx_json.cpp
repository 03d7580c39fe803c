#include "records/evtx_json.h"

#include <utility>

#include "records/evtx_json_steps.h"
#include "records/evtx_json_variant.h"
#include "records/value_json.h"

namespace konseki::report {

namespace {

using records::Batch;
using records::Record;
using records::Shape;
using records::Value;
using Program = EvtxJsonWriter::Program;

/// A line that is written step by step. `at_` runs ahead of the buffer's size until the end.
class Line {
  public:
    Line(const Program& program, const Batch& batch, const Record& record, render::JsonBuffer& out)
        : program_(program), batch_(batch), record_(record), out_(out), start_(out.size()) {
        make_room(program.text.size() + first_room);
    }
    void end() { out_.commit(at_); }

    bool is_null(std::uint16_t slot) const { return batch_.value(record_, slot).is_null(); }
    bool is_empty(std::uint16_t slot) const {
        return report::is_empty(batch_.value(record_, slot));
    }
    bool is_open() const { return at_[-1] == '{'; }
    bool is_at_start() const { return at_[-1] == '{' || at_[-1] == '['; }
    void take_back(std::size_t bytes) { at_ -= bytes; }
    void copy(const EvtxJsonWriter::Op& op) {
        copy(std::string_view(program_.text).substr(op.text_at, op.text_size));
    }
    void copy(std::string_view text) {
        if (end_ - at_ < static_cast<std::ptrdiff_t>(text.size())) [[unlikely]]
            make_room(text.size() + first_room);
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
    }
    /// A value; `when_empty` where there is nothing to print or the line has become too long.
    void value(std::uint16_t slot, std::string_view when_empty) {
        const Value& value = batch_.value(record_, slot);
        const std::size_t room = max_json_bytes(value);
        if (end_ - at_ < static_cast<std::ptrdiff_t>(room)) [[unlikely]]
            make_room(room + first_room);
        if (report::is_empty(value) || is_too_long_)
            copy(when_empty);
        else
            at_ = write_json_value(value, at_);
    }
    void raw(std::uint16_t slot) {
        out_.commit(at_);
        if (!is_too_long_) append_raw(out_, batch_.value(record_, slot));
        at_ = nullptr;
        make_room(program_.text.size() + first_room);
    }

  private:
    static constexpr std::size_t first_room = 16384;

    void make_room(std::size_t bytes) {
        if (at_ != nullptr) out_.commit(at_);
        at_ = out_.room(bytes);
        end_ = at_ + bytes;
        is_too_long_ = out_.size() - start_ > EvtxJsonWriter::max_line_bytes;
    }

    const Program& program_;
    const Batch& batch_;
    const Record& record_;
    render::JsonBuffer& out_;
    std::size_t start_;
    char* at_ = nullptr;
    char* end_ = nullptr;
    bool is_too_long_ = false;
};

void write_by_steps(const Program& program, const Batch& batch, const Record& record,
                    render::JsonBuffer& out) {
    Line line(program, batch, record, out);
    EvtxJsonSteps(program, line).run();
    line.end();
}

}  // namespace

struct EvtxJsonWriter::Known {
    explicit Known(const Shape& shape) : program(compile_evtx_json(shape)) {}

    Program program;
    std::vector<std::unique_ptr<EvtxJsonVariant>> variants;  ///< the one used last comes first
    std::uint64_t misses = 0;                                ///< records that fitted none
    std::uint64_t next_try = misses_before_variant;  ///< of them, at which a variant is made
};

EvtxJsonWriter::EvtxJsonWriter() = default;
EvtxJsonWriter::~EvtxJsonWriter() = default;

EvtxJsonWriter::Known& EvtxJsonWriter::known(const Shape& shape) {
    if (shape.id >= by_shape_.size()) by_shape_.resize(shape.id + 1);
    std::unique_ptr<Known>& known = by_shape_[shape.id];
    if (!known) known = std::make_unique<Known>(shape);
    return *known;
}

/// Records that fit no variant are written step by step; a variant is made for the second, fourth, eighth of
/// them, so that a shape whose records are all different costs little.
void EvtxJsonWriter::make_variant(Known& known, const Batch& batch, const Record& record) {
    if (known.variants.size() == max_variants || variant_bytes_ > max_variant_bytes) return;
    if (++known.misses < known.next_try) return;
    known.next_try *= 2;
    std::optional<EvtxJsonVariant> made = EvtxJsonVariant::make(known.program, batch, record);
    if (!made) return;
    variant_bytes_ += made->bytes();
    known.variants.insert(known.variants.begin(),
                          std::make_unique<EvtxJsonVariant>(*std::move(made)));
}

void EvtxJsonWriter::write(const Batch& batch, const Record& record, render::JsonBuffer& out) {
    if (record.shape->id == Shape::batch_owned) {
        write_by_steps(compile_evtx_json(*record.shape), batch, record, out);
        return out.append('\n');
    }
    Known& known = this->known(*record.shape);
    const Value* const values = batch.values.data() + record.first_value;
    for (std::size_t n = 0; n < known.variants.size(); ++n) {
        const std::size_t room = known.variants[n]->room_for(values);
        if (room == 0) continue;
        if (n != 0) std::swap(known.variants[0], known.variants[n]);
        char* const end = known.variants[0]->write(values, out.room(room + 1));
        *end = '\n';
        return out.commit(end + 1);
    }
    write_by_steps(known.program, batch, record, out);
    out.append('\n');
    make_variant(known, batch, record);
}

}  // namespace konseki::report
