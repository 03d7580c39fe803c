#include "flat_record.h"

#include "glob.h"

#include "konseki/base/text.h"
#include "konseki/records/value.h"

namespace konseki::slow_sigma {

void set_text(FlatField& field, std::string text) {
    field.text = std::move(text);
    field.folded = fold(field.text);
    field.points = code_points(field.text);
    field.low_points = code_points(field.folded);
}

FlatRecord flatten(const records::Batch& batch, const records::Record& record) {
    FlatRecord flat;
    for (const records::Field& field : record.shape->fields) {
        if (!batch.has(record, field)) continue;
        FlatField out{std::string(field.name),
                      std::string(field.path),
                      FlatField::Kind::null,
                      {},
                      {},
                      {},
                      {}};
        const records::Value value =
            field.slot == records::no_slot ? records::Value{} : batch.value(record, field.slot);
        if (value.is_null()) {
            flat.fields.push_back(out);
            continue;
        }
        bool any = false;
        records::for_each_item(value, [&](const records::Value& item) {
            any = true;
            out.kind = item.is_null() ? FlatField::Kind::null : FlatField::Kind::text;
            set_text(out, records::to_text(item));
            flat.fields.push_back(out);
        });
        if (any) continue;
        out.kind = FlatField::Kind::hollow;
        set_text(out, {});
        flat.fields.push_back(out);
    }
    return flat;
}

std::string_view first_text(const FlatRecord& record, std::string_view name) {
    for (const FlatField& field : record.fields)
        if (field.name == name) return field.text;
    return {};
}

}  // namespace konseki::slow_sigma
