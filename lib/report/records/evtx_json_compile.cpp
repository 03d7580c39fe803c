#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "records/evtx_json.h"

namespace konseki::report {

namespace {

using records::Shape;
using records::Step;
using records::StepKind;
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
            if (steps_[at_].kind == StepKind::open)
                roots.push_back(element());
            else
                ++at_;
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
            (in_attribute ? out.attributes.back().parts : out.content)
                .push_back({step.slot, step.text});
        }
        ++at_;
        return out;
    }

    const std::vector<Step>& steps_;
    std::size_t at_ = 0;
};

bool is_literal(const std::vector<Part>& parts) {
    return std::ranges::all_of(parts,
                               [](const Part& part) { return part.slot == records::no_slot; });
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
        if (attribute.name == "Name" && is_literal(attribute.parts))
            return literal_text(attribute.parts);
    return {};
}

/// Whether an object or list has members before the place at hand: surely, or depending on the record.
struct Members {
    bool certain = false, possible = false;
};

class Compiler {
  public:
    Program compile(const Shape& shape) {
        const std::vector<Element> roots = TreeReader(shape.steps).read();
        text("{");
        if (roots.empty()) {
            text("\"Event\":null");
        } else {
            Members members;
            member(roots.front(), key_of(roots.front().name, 0), members);
        }
        text("}");
        program_.text.append(EvtxJsonWriter::text_padding, ' ');
        return std::move(program_);
    }

  private:
    static std::string key_of(std::string_view name, unsigned number);
    void text(std::string_view literal);
    void op(OpKind kind, std::uint16_t slot, std::string_view literal);
    void take_text(OpKind kind, std::uint16_t slot);
    void separate(Members& members, bool is_optional, std::string_view key);
    void member(const Element& element, const std::string& key, Members& members);
    void data_member(const Element& element, const std::string& key, Members& members);
    void value(const Element& element, bool container);
    void scalar(const std::vector<Part>& parts, bool as_string);
    void attributes(const Element& element);
    void children(const Element& element, bool container);
    void positional_data(const std::vector<const Element*>& data, Members& members);
    /// Starts a part that is left out when one of `needs` is null; returns its index for end_guard.
    std::size_t guard(const std::vector<std::uint16_t>& needs);
    void end_guard(std::size_t at);

    Program program_;
    /// The next text is where a guard jumps to: it must not be joined to the operation before it.
    bool is_target_ = true;
};

void Compiler::op(OpKind kind, std::uint16_t slot, std::string_view literal) {
    program_.ops.push_back({kind, slot, static_cast<std::uint32_t>(program_.text.size()),
                            static_cast<std::uint32_t>(literal.size())});
    program_.text += literal;
    is_target_ = false;
}

void Compiler::text(std::string_view literal) {
    if (is_target_ || program_.ops.back().kind != OpKind::text) {
        op(OpKind::text, records::no_slot, literal);
        return;
    }
    program_.text += literal;
    program_.ops.back().text_size += static_cast<std::uint32_t>(literal.size());
}

/// An operation that also writes the text right before it.
void Compiler::take_text(OpKind kind, std::uint16_t slot) {
    if (is_target_ || program_.ops.back().kind != OpKind::text) {
        op(kind, slot, {});
        return;
    }
    program_.ops.back().kind = kind;
    program_.ops.back().slot = slot;
}

void Compiler::separate(Members& members, bool is_optional, std::string_view key) {
    if (members.certain) {
        text(std::string(",").append(key));
    } else if (members.possible) {
        op(OpKind::comma, records::no_slot, key);
    } else {
        text(key);
    }
    (is_optional ? members.possible : members.certain) = true;
}

std::size_t Compiler::guard(const std::vector<std::uint16_t>& needs) {
    if (needs.empty()) return program_.ops.size();
    Op skip;
    skip.kind = OpKind::skip_if_null;
    skip.slot = static_cast<std::uint16_t>(program_.slots.size());
    skip.text_size = static_cast<std::uint32_t>(needs.size());
    program_.slots.insert(program_.slots.end(), needs.begin(), needs.end());
    program_.ops.push_back(skip);
    is_target_ = true;
    return program_.ops.size() - 1;
}

void Compiler::end_guard(std::size_t at) {
    if (at >= program_.ops.size() || program_.ops[at].kind != OpKind::skip_if_null) return;
    program_.ops[at].text_at = static_cast<std::uint32_t>(program_.ops.size());
    is_target_ = true;
}

std::string Compiler::key_of(std::string_view name, unsigned number) {
    std::string key(name);
    if (number > 0) key.append("_").append(std::to_string(number));
    return quoted(key) + ":";
}

void Compiler::member(const Element& element, const std::string& key, Members& members) {
    const std::size_t at = guard(element.needs);
    separate(members, !element.needs.empty(), key);
    value(element, is_container(element.name));
    end_guard(at);
}

void Compiler::data_member(const Element& element, const std::string& key, Members& members) {
    const std::size_t at = guard(element.needs);
    separate(members, !element.needs.empty(), key);
    scalar(element.content, true);
    end_guard(at);
}

void Compiler::scalar(const std::vector<Part>& parts, bool as_string) {
    if (is_literal(parts)) {
        const std::string literal = literal_text(parts);
        text(literal.empty() ? std::string(as_string ? "\"\"" : "null") : quoted(literal));
    } else if (parts.size() == 1) {
        take_text(as_string ? OpKind::string_value : OpKind::value, parts.front().slot);
    } else {
        text("\"");
        for (const Part& part : parts) {
            if (part.slot != records::no_slot) {
                take_text(OpKind::raw, part.slot);
                continue;
            }
            const std::string escaped = quoted(part.text);
            text(std::string_view(escaped).substr(1, escaped.size() - 2));
        }
        text("\"");
    }
}

void Compiler::attributes(const Element& element) {
    text("{\"#attributes\":{");
    Members members;
    for (const Attribute& attribute : element.attributes) {
        const std::string key = quoted(attribute.name) + ":";
        if (!is_literal(attribute.parts) && attribute.parts.size() == 1) {
            op(OpKind::attribute, attribute.parts.front().slot, key);
            members.possible = true;
            continue;
        }
        if (is_literal(attribute.parts) && literal_text(attribute.parts).empty()) continue;
        separate(members, false, key);
        scalar(attribute.parts, true);
    }
    if (members.certain)
        text("}");
    else
        op(OpKind::end_attributes, records::no_slot, {});
}

void Compiler::value(const Element& element, bool container) {
    if (element.attributes.empty() && element.children.empty()) {
        scalar(element.content, false);
        return;
    }
    if (!element.attributes.empty())
        attributes(element);
    else
        text("{");
    if (!element.children.empty()) {
        children(element, container);
    } else if (!element.content.empty()) {
        if (element.content.size() == 1 && element.content.front().slot != records::no_slot) {
            op(OpKind::content, element.content.front().slot, {});
            return;
        }
        op(OpKind::comma, records::no_slot, "\"#text\":");
        scalar(element.content, true);
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
    Members members;
    members.possible = !element.attributes.empty();
    std::map<std::string, unsigned, std::less<>> seen;
    bool wrote_positional = false;
    for (const Element& child : element.children) {
        if (!container || !is_data(child)) {
            member(child, key_of(child.name, seen[std::string(child.name)]++), members);
        } else if (named) {
            const std::string name = data_name(child);
            if (!name.empty()) data_member(child, key_of(name, seen["Data " + name]++), members);
        } else if (!std::exchange(wrote_positional, true)) {
            positional_data(positional, members);
        }
    }
}

void Compiler::positional_data(const std::vector<const Element*>& data, Members& members) {
    const bool is_alone = data.size() == 1;
    const std::size_t at = is_alone ? guard(data.front()->needs) : program_.ops.size();
    separate(members, is_alone && !data.front()->needs.empty(), "\"Data\":{\"#text\":");
    if (is_alone) {
        scalar(data.front()->content, true);
    } else {
        text("[");
        Members items;
        for (const Element* const element : data) data_member(*element, {}, items);
        text("]");
    }
    text("}");
    if (is_alone) end_guard(at);
}

}  // namespace

Program compile_evtx_json(const Shape& shape) { return Compiler().compile(shape); }

}  // namespace konseki::report
