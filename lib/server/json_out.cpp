#include "json_out.h"

namespace konseki::server {
namespace {

using casebook::FieldType;
using render::JsonWriter;

void write_plain(JsonWriter& json, FieldType type, const casebook::Plain& plain) {
    if (const bool* const value = std::get_if<bool>(&plain)) return json.boolean(*value);
    if (const std::int64_t* const ticks = std::get_if<std::int64_t>(&plain))
        return type == FieldType::instant ? json.time(Time{*ticks}) : json.number(*ticks);
    if (const std::string* const text = std::get_if<std::string>(&plain)) return json.text(*text);
    if (const auto* const list = std::get_if<std::vector<std::string>>(&plain)) {
        json.open_array();
        for (const std::string& code : *list) json.text(code);
        return json.close_array();
    }
    json.null();
}

void write_value(JsonWriter& json, const casebook::FieldInfo& field, const casebook::Value& value) {
    if (!field.is_answer) return write_plain(json, field.type, value.plain);
    if (value.answer == casebook::AnswerState::not_asked) return json.null();
    json.open_object();
    json.text("answer", code_of(value.answer));
    if (value.answer == casebook::AnswerState::value) {
        json.key("value");
        write_plain(json, field.type, value.plain);
    }
    json.close_object();
}

void write_header(JsonWriter& json, const casebook::Header& header) {
    json.text("id", to_text(header.id));
    json.number("version", header.version);
    json.number("change_no", header.change_no);
    json.time("created_at", header.created_at);
    json.text("created_by", to_text(header.created_by));
    json.time("updated_at", header.updated_at);
    json.text("updated_by", to_text(header.updated_by));
    json.key("deleted_at");
    header.deleted_at ? json.time(*header.deleted_at) : json.null();
}

void write_fields(JsonWriter& json, const casebook::Row& row, bool are_contact) {
    const casebook::EntityInfo& info = casebook::info_of(row.entity);
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (info.fields[i].mark.is_contact != are_contact) continue;
        json.any_key(info.fields[i].name);
        write_value(json, info.fields[i], row.values[i]);
    }
}

}  // namespace

void write_row(JsonWriter& json, const casebook::Row& row) {
    json.open_object();
    write_header(json, row.header);
    write_fields(json, row, false);
    json.close_object();
}

void write_contact_data(JsonWriter& json, const casebook::Row& row) {
    json.open_object();
    json.text("id", to_text(row.header.id));
    write_fields(json, row, true);
    json.close_object();
}

void write_rows(JsonWriter& json, const std::vector<casebook::Row>& rows) {
    json.open_array();
    for (const casebook::Row& row : rows) write_row(json, row);
    json.close_array();
}

void write_mixed(JsonWriter& json, const std::vector<casebook::Row>& rows) {
    json.open_array();
    for (const casebook::Row& row : rows) {
        json.open_object();
        json.text("kind", casebook::info_of(row.entity).name);
        json.key("row");
        write_row(json, row);
        json.close_object();
    }
    json.close_array();
}

Response row_answer(int status, const casebook::Row& row) {
    Response response = json_answer(status, [&row](JsonWriter& json) { write_row(json, row); });
    response.headers.emplace_back("ETag", '"' + std::to_string(row.header.version) + '"');
    return response;
}

Response empty_answer() {
    Response response;
    response.status = 204;
    return response;
}

}  // namespace konseki::server
