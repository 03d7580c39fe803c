#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "konseki/records/batch.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// Events as JSON in the shape that the `evtx` crate's `evtx_dump -o jsonl` prints, version 0.15: elements
/// are members, attributes stand under `#attributes`, text beside attributes under `#text`, Data elements
/// with a name become members of EventData, those without one a list, a name that comes back gets `_1`, `_2`.
///
/// A shape is compiled once into literal text and a few operations. What these decide depends on which values
/// a record has and of what types, so for the few combinations that occur it is decided once: see
/// EvtxJsonVariant.
class EvtxJsonWriter {
  public:
    /// A record's line stops taking values here: one value that a template uses thousands of times must
    /// not fill the memory. Real lines stay below 1 MiB.
    static constexpr std::size_t max_line_bytes = 16u << 20;

    /// Bytes behind the literals of a program, so that a copy may reach past a short one.
    static constexpr std::size_t text_padding = 32;

    EvtxJsonWriter();
    ~EvtxJsonWriter();
    void write(const records::Batch& batch, const records::Record& record, render::JsonBuffer& out);

    /// Each operation first writes its literal text (but comma and attribute, which decide about it).
    enum class OpKind : std::uint8_t {
        text,          ///< only that
        skip_if_null,  ///< jumps to `target` when one of `count` slots from slots[slot] on is null
        comma,         ///< a comma and the text, the comma only behind a member or item
        value,         ///< the slot as a JSON value, `null` where it is empty
        string_value,  ///< the same, `""` where it is empty
        raw,           ///< the slot's text inside a string that is put together
        attribute,     ///< the text (a key) and the slot's value; nothing where it is empty
        end_attributes,  ///< closes `#attributes`; takes it back where it stayed empty
        content,     ///< text beside attributes: `,"#text":value}`, or the value alone without them
        end_object,  ///< closes an object; `null` where it stayed empty
    };
    struct Op {
        OpKind kind = OpKind::text;
        std::uint16_t slot = records::no_slot;
        std::uint32_t text_at = 0,
                      text_size = 0;  ///< into Program::text; for skip_if_null: target, count
    };
    struct Program {
        std::string text;
        std::vector<Op> ops;
        std::vector<std::uint16_t> slots;
    };

  private:
    /// Variants of one shape, and bytes of all of a writer: ordinary logs have one or two for a shape.
    static constexpr std::size_t max_variants = 8;
    static constexpr std::size_t max_variant_bytes = 16u << 20;
    static constexpr std::uint64_t misses_before_variant = 2;

    struct Known;
    Known& known(const records::Shape& shape);
    void make_variant(Known& known, const records::Batch& batch, const records::Record& record);

    std::vector<std::unique_ptr<Known>> by_shape_;
    std::size_t variant_bytes_ = 0;
};

EvtxJsonWriter::Program compile_evtx_json(const records::Shape& shape);

}  // namespace konseki::report
