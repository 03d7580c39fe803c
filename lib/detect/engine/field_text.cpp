#include "engine/field_text.h"

namespace konseki::detect {

FieldReader::FieldReader(const Engine& engine)
    : store_(engine.state().store), tester_(store_.flat(), store_.runtime()) {}

void FieldReader::begin(const records::Batch& batch) {
    batch_ = &batch;
    record_ = no_index;
}

void FieldReader::begin_record(std::uint32_t record) {
    record_ = record;
    rule_ = no_index;
    const records::Record& at_hand = batch_->records[record];
    values_.begin(store_.flat(), *batch_, at_hand);
    tester_.begin_record();
    const auto resolve = [this](const records::Shape& shape) {
        return store_.names().resolve(shape);
    };
    slow_.emplace(store_.flat(), tester_, values_, fields_.of(*at_hand.shape, resolve));
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
