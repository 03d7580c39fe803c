#include "records/evtx_json.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "records/value_json.h"

namespace konseki::report {

namespace {

using records::Batch;
using records::Record;
using records::Shape;
using records::Step;
using records::StepKind;
using records::Value;
using Op = EvtxJsonWriter::Op;
using OpKind = EvtxJsonWriter::OpKind;
using Program = EvtxJsonWriter::Program;

struct Part {
    std::uint16_t slot = records::no_slot;
    std::string_view text;
};
struct Attribute {
    std::string_view name;
    std::vector<Part> parts;
};
struct Element {
    std::string_view name;
    std::vector<std::uint16_t> needs;
    std::vector<Attribute> attributes;
    std::vector<Part> content;
    std::vector<Element> children;
};

/// The steps of a shape as a tree. Depth and number of steps were capped when the shape was built.
class TreeReader {
  public:
    explicit TreeReader(const std::vector<Step>& steps) : steps_(steps) {}
    std::vector<Element> read() {
        std::vector<Element> roots;
        while (at_ < steps_.size()) {
            if (steps_[at_].kind == StepKind::open) roots.push_back(element());
            else ++at_;
        }
        return roots;
    }

  private:
    Element element() {
        const Step& open = steps_[at_++];
        Element out{open.text, {open.needs.begin(), open.needs.end()}, {}, {}, {}};
        bool in_attribute = false;
        while (at_ < steps_.size() && steps_[at_].kind != StepKind::close) {
            const Step& step = steps_[at_];
            if (step.kind == StepKind::open) {
                out.children.push_back(element());
                continue;
            }
            ++at_;
            if (step.kind == StepKind::attribute) out.attributes.push_back({step.text, {}});
            if (step.kind == StepKind::attribute || step.kind == StepKind::attribute_end) {
                in_attribute = step.kind == StepKind::attribute;
                continue;
            }
            (in_attribute ? out.attributes.back().parts : out.content).push_back({step.slot, step.text});
        }
        ++at_;
        return out;
    }

    const std::vector<Step>& steps_;
    std::size_t at_ = 0;
};

bool is_literal(const std::vector<Part>& parts) {
    return std::ranges::all_of(parts, [](const Part& part) { return part.slot == records::no_slot; });
}
std::string literal_text(const std::vector<Part>& parts) {
    std::string text;
    for (const Part& part : parts) text += part.text;
    return text;
}
std::string quoted(std::string_view text) {
    render::JsonBuffer buffer;
    render::append_json_string(buffer, text);
    return std::string(buffer.text());
}
bool is_data(const Element& element) { return element.name == "Data"; }
bool is_container(std::string_view name) { return name == "EventData" || name == "UserData"; }
/// The literal Name of a Data element; empty without one.
std::string data_name(const Element& element) {
    for (const Attribute& attribute : element.attributes)
        if (attribute.name == "Name" && is_literal(attribute.parts)) return literal_text(attribute.parts);
    return {};
}

class Compiler {
  public:
    Program compile(const Shape& shape) {
        const std::vector<Element> roots = TreeReader(shape.steps).read();
        text("{");
        if (roots.empty()) text("\"Event\":null");
        else member(roots.front(), roots.front().name, 0);
        text("}");
        return std::move(program_);
    }

  private:
    void text(std::string_view literal) {
        if (!program_.ops.empty() && program_.ops.back().kind == OpKind::text && !is_target_) {
            program_.ops.back().text += literal;
            return;
        }
        is_target_ = false;
        program_.ops.push_back({OpKind::text, records::no_slot, 0, std::string(literal), {}});
    }
    Op& op(OpKind kind, std::uint16_t slot, std::string literal) {
        is_target_ = false;
        program_.ops.push_back({kind, slot, 0, std::move(literal), {}});
        return program_.ops.back();
    }
    void member(const Element& element, std::string_view name, unsigned number);
    void data_member(const Element& element, const std::string& key);
    void value(const Element& element, bool container);
    void scalar(const std::vector<Part>& parts, std::string_view when_empty);
    void attributes(const Element& element);
    void children(const Element& element, bool container);
    void positional_data(const std::vector<const Element*>& data);
    /// Starts a part that is left out when one of `needs` is null; returns its index for end_guard.
    std::size_t guard(const std::vector<std::uint16_t>& needs);
    void end_guard(std::size_t at);

    Program program_;
    bool is_target_ = false;  ///< the next op is where a guard jumps to: it must not merge into the one before
};

std::size_t Compiler::guard(const std::vector<std::uint16_t>& needs) {
    if (needs.empty()) return program_.ops.size();
    op(OpKind::skip_if_null, records::no_slot, {}).slots = needs;
    return program_.ops.size() - 1;
}

void Compiler::end_guard(std::size_t at) {
    if (at >= program_.ops.size() || program_.ops[at].kind != OpKind::skip_if_null) return;
    program_.ops[at].target = static_cast<std::uint32_t>(program_.ops.size());
    is_target_ = true;
}

std::string key_of(std::string_view name, unsigned number) {
    std::string key(name);
    if (number > 0) key.append("_").append(std::to_string(number));
    return quoted(key) + ":";
}

void Compiler::member(const Element& element, std::string_view name, unsigned number) {
    const std::size_t at = guard(element.needs);
    op(OpKind::comma, records::no_slot, {});
    text(key_of(name, number));
    value(element, is_container(element.name));
    end_guard(at);
}

void Compiler::data_member(const Element& element, const std::string& key) {
    const std::size_t at = guard(element.needs);
    op(OpKind::comma, records::no_slot, {});
    text(key);
    scalar(element.content, "\"\"");
    end_guard(at);
}

void Compiler::scalar(const std::vector<Part>& parts, std::string_view when_empty) {
    if (is_literal(parts)) {
        const std::string literal = literal_text(parts);
        text(literal.empty() ? std::string(when_empty) : quoted(literal));
    } else if (parts.size() == 1) {
        op(OpKind::value, parts.front().slot, std::string(when_empty));
    } else {
        text("\"");
        for (const Part& part : parts) {
            if (part.slot != records::no_slot) {
                op(OpKind::raw, part.slot, {});
                continue;
            }
            const std::string escaped = quoted(part.text);
            text(std::string_view(escaped).substr(1, escaped.size() - 2));
        }
        text("\"");
    }
}

void Compiler::attributes(const Element& element) {
    text("\"#attributes\":{");
    for (const Attribute& attribute : element.attributes) {
        const std::string key = quoted(attribute.name) + ":";
        if (!is_literal(attribute.parts) && attribute.parts.size() == 1) {
            op(OpKind::attribute, attribute.parts.front().slot, key);
            continue;
        }
        if (is_literal(attribute.parts) && literal_text(attribute.parts).empty()) continue;
        op(OpKind::comma, records::no_slot, {});
        text(key);
        scalar(attribute.parts, "\"\"");
    }
    op(OpKind::end_attributes, records::no_slot, {});
}

void Compiler::value(const Element& element, bool container) {
    if (element.attributes.empty() && element.children.empty()) {
        scalar(element.content, "null");
        return;
    }
    text("{");
    if (!element.attributes.empty()) attributes(element);
    if (!element.children.empty()) children(element, container);
    if (element.children.empty() && !element.content.empty()) {
        if (element.content.size() == 1 && element.content.front().slot != records::no_slot) {
            op(OpKind::content, element.content.front().slot, {});
            return;
        }
        op(OpKind::comma, records::no_slot, {});
        text("\"#text\":");
        scalar(element.content, "\"\"");
    }
    op(OpKind::end_object, records::no_slot, {});
}

void Compiler::children(const Element& element, bool container) {
    bool named = false;
    std::vector<const Element*> positional;
    for (const Element& child : element.children)
        if (container && is_data(child)) {
            named = named || !data_name(child).empty();
            positional.push_back(&child);
        }
    if (named) positional.clear();
    std::map<std::string, unsigned, std::less<>> seen;
    bool wrote_positional = false;
    for (const Element& child : element.children) {
        if (!container || !is_data(child)) {
            member(child, child.name, seen[std::string(child.name)]++);
        } else if (named) {
            const std::string name = data_name(child);
            if (!name.empty()) data_member(child, key_of(name, seen["Data " + name]++));
        } else if (!std::exchange(wrote_positional, true)) {
            positional_data(positional);
        }
    }
}

void Compiler::positional_data(const std::vector<const Element*>& data) {
    const std::size_t at = data.size() == 1 ? guard(data.front()->needs) : program_.ops.size();
    op(OpKind::comma, records::no_slot, {});
    text("\"Data\":{\"#text\":");
    if (data.size() == 1) {
        scalar(data.front()->content, "\"\"");
    } else {
        text("[");
        for (const Element* const element : data) {
            const std::size_t inner = guard(element->needs);
            op(OpKind::comma, records::no_slot, {});
            scalar(element->content, "\"\"");
            end_guard(inner);
        }
        text("]");
    }
    text("}");
    end_guard(at);
}

char last(const render::JsonBuffer& out) { return out.text().back(); }

/// `{"#attributes":{` without its first brace.
constexpr std::size_t open_attributes_bytes = 15;

}  // namespace

Program EvtxJsonWriter::compile(const Shape& shape) { return Compiler().compile(shape); }

const Program& EvtxJsonWriter::program_for(const Shape& shape) {
    if (shape.id == Shape::batch_owned) {
        own_ = compile(shape);
        return own_;
    }
    if (shape.id >= by_shape_.size()) by_shape_.resize(shape.id + 1);
    std::unique_ptr<Program>& known = by_shape_[shape.id];
    if (!known) known = std::make_unique<Program>(compile(shape));
    return *known;
}

void EvtxJsonWriter::write(const Batch& batch, const Record& record, render::JsonBuffer& out) {
    run(program_for(*record.shape), batch, record, out);
    out.append('\n');
}

void EvtxJsonWriter::run(const Program& program, const Batch& batch, const Record& record,
                         render::JsonBuffer& out) {
    const auto any_null = [&](const std::vector<std::uint16_t>& slots) {
        return std::ranges::any_of(slots, [&](std::uint16_t slot) { return batch.value(record, slot).is_null(); });
    };
    for (std::size_t at = 0; at < program.ops.size(); ++at) {
        const Op& op = program.ops[at];
        switch (op.kind) {
            case OpKind::text: out.append(op.text); break;
            case OpKind::skip_if_null:
                if (any_null(op.slots)) at = op.target - 1;
                break;
            case OpKind::comma:
                if (last(out) != '{' && last(out) != '[') out.append(',');
                break;
            case OpKind::value: append_value(out, batch.value(record, op.slot), op.text); break;
            case OpKind::raw: append_raw(out, batch.value(record, op.slot)); break;
            case OpKind::attribute: {
                const Value& value = batch.value(record, op.slot);
                if (is_empty(value)) break;
                if (last(out) != '{') out.append(',');
                out.append(op.text);
                append_value(out, value, "\"\"");
                break;
            }
            case OpKind::end_attributes:
                if (last(out) == '{') out.cut(out.size() - open_attributes_bytes);
                else out.append('}');
                break;
            case OpKind::content: {
                const Value& value = batch.value(record, op.slot);
                if (last(out) == '{') {
                    out.cut(out.size() - 1);
                    append_value(out, value, "null");
                } else {
                    if (!is_empty(value)) {
                        out.append(",\"#text\":");
                        append_value(out, value, "\"\"");
                    }
                    out.append('}');
                }
                break;
            }
            case OpKind::end_object:
                if (last(out) == '{') {
                    out.cut(out.size() - 1);
                    out.append("null");
                } else {
                    out.append('}');
                }
                break;
        }
    }
}

}  // namespace konseki::report
