#include "evtx/shape_builder.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "konseki/base/bytes.h"

namespace konseki::formats::evtx {

namespace {

using records::Composite;
using records::Field;
using records::FieldKind;
using records::Section;
using records::Shape;
using records::Step;
using records::StepKind;
using records::SystemFields;
using records::Value;

constexpr std::uint16_t no_dependency = 0xffff;

using SlotList = std::vector<std::uint16_t>;

void add_slot(SlotList& list, std::uint16_t slot) {
    if (std::ranges::find(list, slot) == list.end()) list.push_back(slot);
}

/// Content of an element or attribute: literals and slots in order.
struct Content {
    std::vector<Composite::Part> parts;
    SlotList optional;  ///< slots of optional substitutions
};

struct Element {
    std::string_view name;
    std::string path;
    Section section = Section::other;
    std::size_t open_step = 0;
    SlotList needs;      ///< of it and of all around it
    SlotList own_needs;  ///< of it alone
    Content content;
    std::string_view name_attribute;  ///< literal value of `Name` on a Data element
    bool has_name_attribute = false;
    bool has_child = false;
    bool has_attribute_field = false;
};

Section section_of(std::string_view name) {
    if (name == "System") return Section::system;
    if (name == "EventData") return Section::event_data;
    if (name == "UserData") return Section::user_data;
    return Section::other;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

class Builder {
  public:
    Builder(std::span<const ProgramUse> uses, std::uint16_t value_count)
        : uses_(uses), shape_(std::make_unique<Shape>()) {
        shape_->value_count = value_count;
    }

    Result<std::unique_ptr<Shape>> build() {
        for (std::size_t n = 0; n < uses_.size(); ++n)
            if (uses_[n].parent == no_parent) TRY_VOID(emit(n));
        finish();
        return std::move(shape_);
    }

  private:
    Result<void> emit(std::size_t use);
    Result<void> emit_op(std::size_t use, const Op& op);
    Result<void> emit_slot(std::size_t use, const Op& op);
    Result<bool> emit_children(std::size_t use, std::uint16_t slot, bool is_splice);
    Result<void> open(std::size_t use, const Op& op);
    void close(bool is_empty);
    void end_attribute();
    void element_field(Element& element);
    void add_field(std::string name, std::string path, FieldKind kind, Section section,
                   const Content& content, SlotList needs);
    std::uint16_t slot_of(const Content& content);
    void note_system_field(std::string_view name, std::uint16_t index);
    void add_step(StepKind kind, std::string_view text, std::uint16_t slot, bool optional);
    std::string_view keep(std::string_view text) { return shape_->text.copy(text); }
    void finish();

    std::span<const ProgramUse> uses_;
    std::unique_ptr<Shape> shape_;
    std::vector<Element> stack_;
    std::vector<SlotList> field_needs_, step_needs_;
    bool in_attribute_ = false;
    std::string_view attribute_;
    Content attribute_content_;
};

void Builder::add_step(StepKind kind, std::string_view text, std::uint16_t slot, bool optional) {
    Step step;
    step.kind = kind;
    step.text = text;
    step.slot = slot;
    step.optional = optional;
    shape_->steps.push_back(step);
    step_needs_.emplace_back();
}

Result<void> Builder::emit(std::size_t use) {
    for (const Op& op : uses_[use].program->ops) {
        if (shape_->steps.size() > max_steps)
            return fail(Error::limit("an event with too many parts"));
        TRY_VOID(emit_op(use, op));
    }
    return {};
}

Result<void> Builder::emit_op(std::size_t use, const Op& op) {
    // An attribute ends where anything but its value follows.
    const bool is_value =
        op.kind == OpKind::text || op.kind == OpKind::slot || op.kind == OpKind::cdata;
    if (in_attribute_ && !is_value) end_attribute();
    Content* const content = in_attribute_    ? &attribute_content_
                             : stack_.empty() ? nullptr
                                              : &stack_.back().content;
    switch (op.kind) {
        case OpKind::open: return open(use, op);
        case OpKind::close_start: return {};
        case OpKind::close: close(false); return {};
        case OpKind::close_empty: close(true); return {};
        case OpKind::attribute:
            in_attribute_ = true;
            attribute_ = keep(op.text);
            attribute_content_ = {};
            add_step(StepKind::attribute, attribute_, records::no_slot, false);
            return {};
        case OpKind::slot: return emit_slot(use, op);
        case OpKind::text:
        case OpKind::cdata: {
            const std::string_view text = keep(op.text);
            add_step(op.kind == OpKind::text ? StepKind::text : StepKind::cdata, text,
                     records::no_slot, false);
            if (content != nullptr) content->parts.push_back({records::no_slot, text});
            return {};
        }
        case OpKind::host_text: {
            const ProgramUse& at = uses_[use];
            const auto slot =
                static_cast<std::uint16_t>(at.first_slot + at.program->slot_count + op.slot);
            add_step(StepKind::slot, {}, slot, false);
            if (content != nullptr) content->parts.push_back({slot, {}});
            return {};
        }
        case OpKind::splice: (void)TRY(emit_children(use, op.slot, true)); return {};
    }
    return {};
}

Result<bool> Builder::emit_children(std::size_t use, std::uint16_t slot, bool is_splice) {
    bool any = false;
    for (std::size_t n = use + 1; n < uses_.size(); ++n) {
        const ProgramUse& child = uses_[n];
        if (child.parent != use || child.parent_slot != slot || child.is_splice != is_splice)
            continue;
        TRY_VOID(emit(n));
        any = true;
    }
    return any;
}

Result<void> Builder::emit_slot(std::size_t use, const Op& op) {
    if (!in_attribute_ && TRY(emit_children(use, op.slot, false))) return {};
    const auto slot = static_cast<std::uint16_t>(uses_[use].first_slot + op.slot);
    add_step(StepKind::slot, {}, slot, op.optional);
    if (!in_attribute_ && stack_.empty()) return {};
    Content& content = in_attribute_ ? attribute_content_ : stack_.back().content;
    content.parts.push_back({slot, {}});
    if (op.optional) add_slot(content.optional, slot);
    return {};
}

Result<void> Builder::open(std::size_t use, const Op& op) {
    if (stack_.size() >= max_element_depth) return fail(Error::limit("elements nested too deeply"));
    Element element;
    element.name = keep(op.text);
    element.open_step = shape_->steps.size();
    if (!stack_.empty()) {
        Element& parent = stack_.back();
        parent.has_child = true;
        element.path = parent.path + "/";
        element.needs = parent.needs;
        element.section = stack_.size() == 1 ? section_of(element.name) : parent.section;
    }
    element.path += element.name;
    // The event itself is there, whatever its template lets it depend on.
    if (op.slot != no_dependency && op.slot < uses_[use].program->slot_count && !stack_.empty()) {
        const auto slot = static_cast<std::uint16_t>(uses_[use].first_slot + op.slot);
        add_slot(element.needs, slot);
        element.own_needs.push_back(slot);
    }
    add_step(StepKind::open, element.name, records::no_slot, false);
    stack_.push_back(std::move(element));
    return {};
}

void Builder::end_attribute() {
    in_attribute_ = false;
    add_step(StepKind::attribute_end, {}, records::no_slot, false);
    if (stack_.empty()) return;
    Element& element = stack_.back();
    const bool is_literal = std::ranges::all_of(
        attribute_content_.parts,
        [](const Composite::Part& part) { return part.slot == records::no_slot; });
    if (attribute_ == "xmlns" || attribute_.starts_with("xmlns:")) return;
    if (attribute_ == "Name" && is_literal && element.section == Section::event_data &&
        stack_.size() > 2) {
        element.has_name_attribute = true;
        std::string whole;
        for (const Composite::Part& part : attribute_content_.parts) whole += part.text;
        element.name_attribute = keep(whole);
        return;
    }
    element.has_attribute_field = true;
    SlotList needs = element.needs;
    for (const std::uint16_t slot : attribute_content_.optional) add_slot(needs, slot);
    std::string name(element.name);
    name.append("_").append(attribute_);
    std::string path = element.path;
    path.append("/@").append(attribute_);
    add_field(std::move(name), std::move(path), FieldKind::attribute, element.section,
              attribute_content_, needs);
}

void Builder::close(bool is_empty) {
    if (stack_.empty()) return;
    Element element = std::move(stack_.back());
    stack_.pop_back();
    // An optional substitution that is null takes away the element around it ([MS-EVEN6] 3.1.4.7.2). Not
    // where it stands beside elements: Windows shows an Event whose optional payload is null.
    if (element.has_child) element.content.optional.clear();
    for (const std::uint16_t slot : element.content.optional) {
        add_slot(element.needs, slot);
        add_slot(element.own_needs, slot);
    }
    const auto at = static_cast<std::uint32_t>(shape_->steps.size());
    add_step(StepKind::close, element.name, records::no_slot, is_empty);
    shape_->steps[at].match = static_cast<std::uint32_t>(element.open_step);
    shape_->steps[element.open_step].match = at;
    step_needs_[element.open_step] = element.own_needs;
    if (!element.has_child && stack_.size() >= 2) element_field(element);
}

void Builder::element_field(Element& element) {
    const bool is_data = element.name == "Data" || element.has_name_attribute;
    if (element.content.parts.empty()) {
        // <Provider Name="…"/> holds its attributes only; <Data Name="x"/> and <Param/> are there without a value.
        if (element.section == Section::system || (element.has_attribute_field && !is_data)) return;
    }
    std::string name(element.has_name_attribute ? element.name_attribute : element.name);
    std::string path = element.path;
    if (element.has_name_attribute)
        path.append("[@Name='").append(element.name_attribute).append("']");
    // What stands outside the three sections repeats their names (RenderingInfo/Level), so it says where it is from.
    if (element.section == Section::other) name = std::string(stack_.back().name) + "_" + name;
    add_field(std::move(name), std::move(path), FieldKind::element, element.section,
              element.content, std::move(element.needs));
}

/// One slot for the content: a natural one, a literal, or a composite that the reader puts together.
std::uint16_t Builder::slot_of(const Content& content) {
    const bool is_literal = std::ranges::all_of(
        content.parts, [](const Composite::Part& part) { return part.slot == records::no_slot; });
    if (content.parts.size() == 1 && !is_literal) return content.parts.front().slot;
    if (is_literal) {
        std::string whole;
        for (const Composite::Part& part : content.parts) whole += part.text;
        shape_->literals.push_back(content.parts.empty() ? Value{} : Value::utf8(keep(whole)));
        return static_cast<std::uint16_t>(records::literal_base + shape_->literals.size() - 1);
    }
    const std::uint16_t slot = shape_->value_count++;
    shape_->composites.push_back({slot, content.parts});
    return slot;
}

void Builder::add_field(std::string name, std::string path, FieldKind kind, Section section,
                        const Content& content, SlotList needs) {
    Content kept = content;
    // Line breaks around a value in a hand-written manifest are no value.
    if (kept.parts.size() > 1)
        std::erase_if(kept.parts, [](const Composite::Part& part) {
            return part.slot == records::no_slot && is_blank(part.text);
        });
    Field field;
    field.name = keep(name);
    field.path = keep(path);
    field.kind = kind;
    field.section = section;
    field.slot = slot_of(kept);
    shape_->fields.push_back(field);
    field_needs_.push_back(std::move(needs));
    if (section == Section::system)
        note_system_field(field.name, static_cast<std::uint16_t>(shape_->fields.size() - 1));
}

void Builder::note_system_field(std::string_view name, std::uint16_t index) {
    SystemFields& system = shape_->system;
    const std::pair<std::string_view, std::uint16_t*> wanted[] = {
        {"Provider_Name", &system.provider},
        {"EventID", &system.event_id},
        {"Level", &system.level},
        {"TimeCreated_SystemTime", &system.time},
        {"EventRecordID", &system.record_id},
        {"Channel", &system.channel},
        {"Computer", &system.computer}};
    for (const auto& [wanted_name, place] : wanted)
        if (name == wanted_name && *place == SystemFields::none) *place = index;
}

/// Views into slot_lists can only be made once it has its final size.
void Builder::finish() {
    std::size_t total = 0;
    for (const SlotList& list : field_needs_) total += list.size();
    for (const SlotList& list : step_needs_) total += list.size();
    shape_->slot_lists.reserve(total);
    const auto place = [&](const SlotList& list) {
        const std::size_t start = shape_->slot_lists.size();
        shape_->slot_lists.insert(shape_->slot_lists.end(), list.begin(), list.end());
        return std::span<const std::uint16_t>(shape_->slot_lists).subspan(start, list.size());
    };
    for (std::size_t n = 0; n < field_needs_.size(); ++n)
        shape_->fields[n].needs = place(field_needs_[n]);
    for (std::size_t n = 0; n < step_needs_.size(); ++n)
        shape_->steps[n].needs = place(step_needs_[n]);
    write_shape_key(uses_, shape_->key);
}

void put_u32(std::vector<std::byte>& out, std::size_t number) {
    for (int shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<std::byte>(number >> shift & 0xff));
}

}  // namespace

void write_shape_key(std::span<const ProgramUse> uses, std::vector<std::byte>& key) {
    key.clear();
    for (const ProgramUse& use : uses) {
        put_u32(key, use.parent);
        put_u32(key, use.parent_slot * 2u + (use.is_splice ? 1 : 0));
        put_u32(key, use.program->slot_count);
        put_u32(key, use.program->sketch.size());
        const Bytes sketch = as_bytes(use.program->sketch);
        key.insert(key.end(), sketch.begin(), sketch.end());
    }
}

Result<std::unique_ptr<Shape>> build_shape(std::span<const ProgramUse> uses,
                                           std::uint16_t value_count) {
    return Builder(uses, value_count).build();
}

}  // namespace konseki::formats::evtx
