#include "engine/field_text.h"

#include "engine/explain.h"
#include "engine/store.h"

namespace konseki::detect {

std::optional<std::string> field_text(const Engine& engine, const records::Batch& batch,
                                      const Hit& hit, std::string_view field) {
    const ProgramStore& store = engine.state().store;
    const std::uint32_t name = store.names().find(field);
    if (name == no_index || hit.rule >= store.flat().rules.size()) return std::nullopt;
    const records::Record& record = batch.records[hit.record];
    const ShapeFields fields = store.names().resolve(*record.shape);
    Values values(4096);
    values.begin(store.flat(), batch, record);
    Tester tester(store.flat(), store.runtime());
    SlowMatch slow(store.flat(), tester, values, fields);
    const std::uint32_t route = slow.route_of(hit.rule);
    if (route == no_index) return std::nullopt;
    for (Item& item : values.items(slow.values_of(route, name)))
        if (!item.value.is_null()) return std::string(values.text(item));
    return std::nullopt;
}

}  // namespace konseki::detect
