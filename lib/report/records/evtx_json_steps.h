#pragma once

#include <string_view>

#include "records/evtx_json.h"

namespace konseki::report {

/// Carries out the operations of a program. `Out` is where they lead:
///   bool is_null(slot), bool is_empty(slot)   about the record's values
///   bool is_open()                            whether an object was just opened: the last character is `{`
///   bool is_at_start()                        the same, or a list: no comma is due
///   void take_back(n)                         drops literal text that was just written
///   void copy(op), void copy(text)            literal text
///   void value(slot, when_empty)              a JSON value
///   void raw(slot)                            a value's text inside a string
template <class Out>
class EvtxJsonSteps {
  public:
    using Op = EvtxJsonWriter::Op;
    using OpKind = EvtxJsonWriter::OpKind;

    EvtxJsonSteps(const EvtxJsonWriter::Program& program, Out& out)
        : program_(program), out_(out) {}

    void run() {
        for (std::size_t n = 0; n < program_.ops.size(); ++n) {
            const Op& op = program_.ops[n];
            if (op.kind == OpKind::skip_if_null) {
                if (any_null(op)) n = op.text_at - 1;
            } else {
                step(op);
            }
        }
    }

  private:
    /// `{"#attributes":{` without its first brace.
    static constexpr std::size_t open_attributes_bytes = 15;

    bool any_null(const Op& op) {
        for (std::uint32_t n = 0; n < op.text_size; ++n)
            if (out_.is_null(program_.slots[op.slot + n])) return true;
        return false;
    }

    void step(const Op& op) {
        switch (op.kind) {
            case OpKind::skip_if_null:
            case OpKind::text: out_.copy(op); break;
            case OpKind::comma:
                if (!out_.is_at_start()) out_.copy(",");
                out_.copy(op);
                break;
            case OpKind::value:
                out_.copy(op);
                out_.value(op.slot, "null");
                break;
            case OpKind::string_value:
                out_.copy(op);
                out_.value(op.slot, "\"\"");
                break;
            case OpKind::raw:
                out_.copy(op);
                out_.raw(op.slot);
                break;
            case OpKind::attribute:
                if (out_.is_empty(op.slot)) break;
                if (!out_.is_open()) out_.copy(",");
                out_.copy(op);
                out_.value(op.slot, "\"\"");
                break;
            case OpKind::end_attributes:
                if (out_.is_open())
                    out_.take_back(open_attributes_bytes);
                else
                    out_.copy("}");
                break;
            case OpKind::content: content(op); break;
            case OpKind::end_object: end_object(); break;
        }
    }

    void content(const Op& op) {
        if (out_.is_open()) {
            out_.take_back(1);
            out_.value(op.slot, "null");
            return;
        }
        if (!out_.is_empty(op.slot)) {
            out_.copy(",\"#text\":");
            out_.value(op.slot, "\"\"");
        }
        out_.copy("}");
    }

    void end_object() {
        if (out_.is_open()) {
            out_.take_back(1);
            out_.copy("null");
        } else {
            out_.copy("}");
        }
    }

    const EvtxJsonWriter::Program& program_;
    Out& out_;
};

}  // namespace konseki::report
