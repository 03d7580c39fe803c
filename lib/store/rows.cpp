#include "rows.h"

#include <array>
#include <string_view>

#include "canonical.h"
#include "konseki/casebook/codes.h"

namespace konseki::store {
namespace {

using casebook::AnswerState;
using casebook::Entity;
using casebook::EntityInfo;
using casebook::FieldInfo;
using casebook::FieldType;
using casebook::Plain;
using casebook::Row;
using casebook::Value;

constexpr std::array<std::string_view, 8> header_columns = {
    "id",         "created_at", "created_by", "updated_at",
    "updated_by", "version",    "change_no",  "deleted_at"};

std::vector<std::string> column_names(const EntityInfo& info) {
    std::vector<std::string> out;
    for (const std::string_view name : header_columns) out.push_back(sql_name(name));
    for (const FieldInfo& field : info.fields) {
        out.push_back(sql_name(field.name));
        if (field.is_answer) out.push_back(sql_name(std::string(field.name) + "_answer"));
    }
    return out;
}

Cell cell_of(const Plain& plain) {
    if (const bool* const flag = std::get_if<bool>(&plain)) return cell(*flag);
    if (const std::int64_t* const number = std::get_if<std::int64_t>(&plain)) return *number;
    if (const std::string* const text = std::get_if<std::string>(&plain)) return *text;
    if (const auto* const list = std::get_if<std::vector<std::string>>(&plain))
        return list_to_json(*list);
    return {};
}

Result<Plain> plain_of(const FieldInfo& field, const Cell& from) {
    if (std::holds_alternative<std::monostate>(from)) return Plain{};
    switch (field.type) {
        case FieldType::boolean: return Plain{TRY(number_in(from)) != 0};
        case FieldType::instant: return Plain{TRY(number_in(from))};
        case FieldType::codes: {
            const std::string text = TRY(text_in(from));
            return Plain{TRY(list_from_json(text))};
        }
        default: return Plain{TRY(text_in(from))};
    }
}

Result<casebook::Header> header_of(std::span<const Cell> cells) {
    casebook::Header out;
    out.id = TRY(id_in(cells[0]));
    out.created_at.ticks = TRY(number_in(cells[1]));
    out.created_by = TRY(id_in(cells[2]));
    out.updated_at.ticks = TRY(number_in(cells[3]));
    out.updated_by = TRY(id_in(cells[4]));
    out.version = TRY(number_in(cells[5]));
    out.change_no = TRY(number_in(cells[6]));
    out.deleted_at = time_in(cells[7]);
    return out;
}

}  // namespace

std::string columns_of(const EntityInfo& info, std::string_view alias) {
    std::string out;
    for (const std::string& name : column_names(info)) {
        if (!out.empty()) out += ", ";
        out += alias;
        out += '.';
        out += name;
    }
    return out;
}

std::size_t column_count(const EntityInfo& info) { return column_names(info).size(); }

std::vector<Cell> cells_of(const Row& row) {
    const EntityInfo& info = casebook::info_of(row.entity);
    const casebook::Header& header = row.header;
    std::vector<Cell> out = {cell(header.id),         cell(header.created_at),
                             cell(header.created_by), cell(header.updated_at),
                             cell(header.updated_by), cell(header.version),
                             cell(header.change_no),  cell(header.deleted_at)};
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        out.push_back(cell_of(row.values[i].plain));
        if (info.fields[i].is_answer) out.push_back(cell(code_of(row.values[i].answer)));
    }
    return out;
}

Result<Row> row_of(Entity entity, std::span<const Cell> cells) {
    const EntityInfo& info = casebook::info_of(entity);
    Row out;
    out.entity = entity;
    out.header = TRY(header_of(cells));
    std::size_t at = header_columns.size();
    for (const FieldInfo& field : info.fields) {
        Value& value = out.values.emplace_back();
        value.plain = TRY(plain_of(field, cells[at++]));
        if (!field.is_answer) continue;
        const std::string code = TRY(text_in(cells[at++]));
        const std::optional<AnswerState> answer = casebook::parse_code<AnswerState>(code);
        if (!answer) return fail(Error::bad_value("the database holds an unknown kind of answer"));
        value.answer = *answer;
    }
    return out;
}

Result<std::vector<Row>> rows_of(Entity entity, const Table& table) {
    std::vector<Row> out;
    out.reserve(table.rows());
    for (std::size_t i = 0; i < table.rows(); ++i) out.push_back(TRY(row_of(entity, table.row(i))));
    return out;
}

std::string insert_sql(const EntityInfo& info) {
    std::string names, places;
    for (const std::string& name : column_names(info)) {
        if (!names.empty()) names += ", ", places += ", ";
        names += name;
        places += '?';
    }
    return "INSERT INTO " + sql_name(info.name) + " (" + names + ") VALUES (" + places + ")";
}

std::string update_sql(const EntityInfo& info) {
    std::string pairs;
    for (const std::string& name : column_names(info)) {
        if (!pairs.empty()) pairs += ", ";
        pairs += name + " = ?";
    }
    return "UPDATE " + sql_name(info.name) + " SET " + pairs +
           R"( WHERE "id" = ? AND "version" = ?)";
}

}  // namespace konseki::store
