#include "records/evtx_json_variant.h"

#include <algorithm>
#include <cstring>

#include "konseki/base/digits.h"
#include "records/evtx_json_steps.h"
#include "records/value_json.h"

// The operations of a program ask two things of a record: which values are null or empty, and what their types
// are. A variant is made by carrying out the program for one record with the answers written down. Quotation
// marks of values whose type is known to be quoted become part of the text around them.

namespace konseki::report {

using records::Batch;
using records::Record;
using records::Value;
using records::WireType;

namespace {

/// A template that prints one value often would need room for each: no variant then.
constexpr std::uint32_t max_repeats = 8;
/// As max_json_bytes: what a value may need besides its bytes, and for each of them.
constexpr std::size_t room_per_piece = 128, room_per_value_byte = 48;

}  // namespace

/// Where the steps of a program lead when a variant is made.
class VariantMaker {
  public:
    VariantMaker(const EvtxJsonWriter::Program& program, const Batch& batch, const Record& record)
        : program_(program), batch_(batch), record_(record) {}

    std::optional<EvtxJsonVariant> make();

    bool is_null(std::uint16_t slot) { return look_at(slot).is_null(); }
    bool is_empty(std::uint16_t slot) { return report::is_empty(look_at(slot)); }
    bool is_open() const { return last() == '{'; }
    bool is_at_start() const { return last() == '{' || last() == '['; }
    void take_back(std::size_t bytes) {
        text_.resize(text_.size() - std::min(bytes, text_.size()));
    }
    void copy(const EvtxJsonWriter::Op& op) {
        copy(std::string_view(program_.text).substr(op.text_at, op.text_size));
    }
    void copy(std::string_view text) { text_ += text; }
    void value(std::uint16_t slot, std::string_view when_empty);
    void raw(std::uint16_t) { is_possible_ = false; }

  private:
    using Print = EvtxJsonVariant::Print;
    static Print print_of(const Value& value);

    /// Behind a value there is a quotation mark, a digit, a letter or a bracket that closes.
    char last() const { return text_.empty() ? '"' : text_.back(); }
    const Value& look_at(std::uint16_t slot);
    void end_text(EvtxJsonVariant::Piece& piece);

    const EvtxJsonWriter::Program& program_;
    const Batch& batch_;
    const Record& record_;
    EvtxJsonVariant made_;
    std::string text_;  ///< since the last value
    std::vector<std::uint8_t> is_seen_;
    std::vector<std::uint32_t> repeats_;
    bool is_possible_ = true;
};

/// A value that the program asks about: what it is belongs to what the variant demands.
const Value& VariantMaker::look_at(std::uint16_t slot) {
    const Value& value = batch_.value(record_, slot);
    if (slot >= records::literal_base || is_seen_[slot] != 0) return value;
    is_seen_[slot] = 1;
    EvtxJsonVariant::Check check{
        .least = 1, .span = UINT32_MAX - 1, .slot = slot, .type = value.type};
    const bool is_string = value.type == static_cast<std::uint8_t>(WireType::string);
    const std::uint32_t size = value.is_array() ? 0 : records::fixed_size(value.wire());
    if (value.size == 0) {
        check.least = check.span = 0;
    } else if (is_string) {
        // Of one byte, or NULs alone: the program knows what to do.
        if (report::is_empty(value) || value.size < 2 || load_u16(value.data) == 0)
            is_possible_ = false;
        check.least = 2;
        check.span = UINT32_MAX - 2;
        check.is_text = true;
    } else if (size != 0) {
        if (value.size != size) is_possible_ = false;
        check.least = size;
        check.span = 0;
    }
    made_.checks_.push_back(check);
    return value;
}

VariantMaker::Print VariantMaker::print_of(const Value& value) {
    if (value.is_array()) return Print::any;
    switch (value.wire()) {
        case WireType::string: return Print::string;
        case WireType::uint8: return Print::decimal8;
        case WireType::uint16: return Print::decimal16;
        case WireType::uint32: return Print::decimal32;
        case WireType::uint64: return Print::decimal64;
        case WireType::hex32: return Print::hex32;
        case WireType::hex64: return Print::hex64;
        case WireType::guid: return Print::guid;
        case WireType::filetime: return Print::filetime;
        case WireType::sid: return Print::sid;
        default: return Print::any;
    }
}

void VariantMaker::end_text(EvtxJsonVariant::Piece& piece) {
    piece.text_at = static_cast<std::uint32_t>(made_.text_.size());
    piece.text_size = static_cast<std::uint32_t>(text_.size());
    made_.text_ += text_;
    text_.clear();
}

void VariantMaker::value(std::uint16_t slot, std::string_view when_empty) {
    const Value& value = look_at(slot);
    if (report::is_empty(value)) return copy(when_empty);
    if (slot >= records::literal_base) {
        render::JsonBuffer buffer;
        append_value(buffer, value, when_empty);
        return copy(buffer.text());
    }
    repeats_[slot] += 1;
    EvtxJsonVariant::Piece piece{.slot = slot, .print = print_of(value)};
    const bool is_quoted = piece.print != Print::any &&
                           (piece.print < Print::decimal8 || piece.print > Print::decimal64);
    if (is_quoted) text_ += '"';
    end_text(piece);
    made_.pieces_.push_back(piece);
    if (is_quoted) text_ += '"';
}

std::optional<EvtxJsonVariant> VariantMaker::make() {
    is_seen_.resize(record_.shape->value_count);
    repeats_.resize(record_.shape->value_count);
    EvtxJsonSteps(program_, *this).run();
    if (!is_possible_) return std::nullopt;
    EvtxJsonVariant::Piece tail;
    end_text(tail);
    made_.tail_at_ = tail.text_at;
    made_.tail_size_ = tail.text_size;
    made_.fixed_room_ =
        made_.text_.size() + made_.pieces_.size() * room_per_piece + EvtxJsonWriter::text_padding;
    std::uint32_t most = 1;
    for (const std::uint32_t repeats : repeats_) most = std::max(most, repeats);
    if (most > max_repeats) return std::nullopt;
    made_.room_per_byte_ = room_per_value_byte * most;
    made_.text_.append(EvtxJsonWriter::text_padding, ' ');
    return std::move(made_);
}

std::optional<EvtxJsonVariant> EvtxJsonVariant::make(const EvtxJsonWriter::Program& program,
                                                     const Batch& batch, const Record& record) {
    return VariantMaker(program, batch, record).make();
}

std::size_t EvtxJsonVariant::bytes() const {
    return sizeof *this + checks_.size() * sizeof(Check) + pieces_.size() * sizeof(Piece) +
           text_.size();
}

inline char* EvtxJsonVariant::print(const Piece& piece, const Value& value, char* out) {
    switch (piece.print) {
        case Print::string: return render::write_json_utf16(without_trailing_nul(value), out);
        case Print::decimal8: return write_decimal(std::uint64_t{load_u8(value.data)}, out);
        case Print::decimal16: return write_decimal(std::uint64_t{load_u16(value.data)}, out);
        case Print::decimal32: return write_decimal(std::uint64_t{load_u32(value.data)}, out);
        case Print::decimal64: return write_decimal(load_u64(value.data), out);
        case Print::hex32: return records::write_hex(load_u32(value.data), out);
        case Print::hex64: return records::write_hex(load_u64(value.data), out);
        case Print::guid: return records::write_guid(value.data, out);
        case Print::filetime: return records::write_filetime(load_u64(value.data), out);
        case Print::sid: return records::write_sid(value.bytes(), out);
        case Print::any: break;
    }
    return write_json_value(value, out);
}

char* EvtxJsonVariant::write(const Value* values, char* out) const {
    constexpr std::size_t half = EvtxJsonWriter::text_padding / 2;
    const char* const text = text_.data();
    for (const Piece& piece : pieces_) {
        // Most keys are short: two copies of fixed size cost less than one of any size.
        std::memcpy(out, text + piece.text_at, half);
        std::memcpy(out + half, text + piece.text_at + half, half);
        if (piece.text_size > 2 * half) [[unlikely]]
            std::memcpy(out + 2 * half, text + piece.text_at + 2 * half,
                        piece.text_size - 2 * half);
        out = print(piece, values[piece.slot], out + piece.text_size);
    }
    std::memcpy(out, text + tail_at_, tail_size_);
    return out + tail_size_;
}

}  // namespace konseki::report
