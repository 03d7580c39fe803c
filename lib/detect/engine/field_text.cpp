#include "engine/field_text.h"

namespace konseki::detect {

FieldReader::FieldReader(const Engine& engine)
    : store_(engine.state().store), tester_(store_.flat(), store_.runtime()) {}

void FieldReader::begin(const records::Batch& batch) {
    batch_ = &batch;
    record_ = no_index;
}

const ShapeFields& FieldReader::fields_of(const records::Shape& shape) {
    if (shape.id == records::Shape::batch_owned) return own_ = store_.names().resolve(shape);
    if (shape.id >= by_shape_.size()) by_shape_.resize(shape.id + std::size_t{1});
    std::unique_ptr<ShapeFields>& known = by_shape_[shape.id];
    if (!known) known = std::make_unique<ShapeFields>(store_.names().resolve(shape));
    return *known;
}

void FieldReader::begin_record(std::uint32_t record) {
    record_ = record;
    rule_ = no_index;
    const records::Record& at_hand = batch_->records[record];
    values_.begin(store_.flat(), *batch_, at_hand);
    tester_.begin_record();
    slow_.emplace(store_.flat(), tester_, values_, fields_of(*at_hand.shape));
}

std::optional<std::string_view> FieldReader::text(const Hit& hit, std::uint32_t name) {
    if (name == no_index || hit.rule >= store_.flat().rules.size()) return std::nullopt;
    if (hit.record != record_) begin_record(hit.record);
    if (hit.rule != rule_) {
        rule_ = hit.rule;
        route_ = slow_->route_of(hit.rule);
    }
    if (route_ == no_index) return std::nullopt;
    for (Item& item : values_.items(slow_->values_of(route_, name)))
        if (!item.value.is_null()) return values_.text(item);
    return std::nullopt;
}

}  // namespace konseki::detect
