#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "konseki/records/batch.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// Events as JSON in the shape that the `evtx` crate's `evtx_dump -o jsonl` prints, version 0.15: elements
/// are members, attributes stand under `#attributes`, text beside attributes under `#text`, Data elements
/// with a name become members of EventData, those without one a list, a name that comes back gets `_1`, `_2`.
///
/// A shape is compiled once into literal text and a few operations; writing a record is then copying text
/// and printing values.
class EvtxJsonWriter {
  public:
    void write(const records::Batch& batch, const records::Record& record, render::JsonBuffer& out);

    enum class OpKind : std::uint8_t {
        text,            ///< literal JSON
        skip_if_null,    ///< jumps to `target` when one of `slots` is null
        comma,           ///< `,` unless an object or list was just opened
        value,           ///< slot as a JSON value; `text` where it is empty
        attribute,       ///< `text` (a key) and the slot's value; nothing where it is empty
        end_attributes,  ///< closes `#attributes`; takes the whole object back where it stayed empty
        content,         ///< text beside attributes: `,"#text":value`, or the value alone without them
        end_object,      ///< closes an object; `null` where it stayed empty
        raw,             ///< slot as text inside a string that is put together
    };
    struct Op {
        OpKind kind = OpKind::text;
        std::uint16_t slot = records::no_slot;
        std::uint32_t target = 0;
        std::string text;
        std::vector<std::uint16_t> slots;
    };
    struct Program {
        std::vector<Op> ops;
    };
    static Program compile(const records::Shape& shape);

  private:
    const Program& program_for(const records::Shape& shape);
    void run(const Program& program, const records::Batch& batch, const records::Record& record,
             render::JsonBuffer& out);

    std::vector<std::unique_ptr<Program>> by_shape_;
    Program own_;  ///< of a shape that its batch owns
};

}  // namespace konseki::report
