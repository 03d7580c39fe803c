#include "query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "konseki/base/bytes.h"
#include "konseki/base/text.h"
#include "rows.h"

namespace konseki::store {
namespace {

using casebook::EntityInfo;
using casebook::FieldInfo;
using casebook::FieldType;
using casebook::Plain;
using casebook::Row;
using casebook::Value;

/// A column that a list may be asked by. Its name is a constant of the program.
struct Column {
    std::string name;  ///< `t."state"`
    FieldType type = FieldType::text;
    bool is_answer = false;
    bool may_be_empty = true;
};

std::optional<FieldType> type_of_header(std::string_view field) {
    if (field == "id") return FieldType::id;
    if (field == "created_at" || field == "updated_at" || field == "change_no")
        return FieldType::instant;
    return std::nullopt;
}

/// Contact data is nothing to sort or ask by on behalf of a person: the order of a list tells it.
Result<Column> column_of(const EntityInfo& info, std::string_view field, bool is_for_person) {
    Column out;
    out.name = "t." + sql_name(field);
    if (const std::optional<FieldType> type = type_of_header(field)) {
        out.type = *type;
        out.may_be_empty = false;
        return out;
    }
    const std::optional<std::size_t> at = info.find(field);
    if (!at || (is_for_person && info.fields[*at].mark.is_contact))
        return fail(
            Error::usage(fmt::format("{} has no field to list by of that name", info.name)));
    const FieldInfo& found = info.fields[*at];
    out.type = found.type;
    out.is_answer = found.is_answer;
    out.may_be_empty = !found.mark.required;
    return out;
}

Result<Cell> comparable(const Column& column, const Plain& plain) {
    const bool is_flag = column.type == FieldType::boolean;
    const bool is_number = column.type == FieldType::instant;
    if (const bool* const flag = std::get_if<bool>(&plain); flag && is_flag) return cell(*flag);
    if (const std::int64_t* const number = std::get_if<std::int64_t>(&plain); number && is_number)
        return *number;
    if (const std::string* const text = std::get_if<std::string>(&plain);
        text && !is_flag && !is_number)
        return *text;
    return fail(Error::usage("a field is asked for a value of another type"));
}

/// A list holds a code where the code in its quotes stands in it.
void add_list_condition(Asked& asked, const Column& column, const Condition& condition, Cell value,
                        const Dialect& dialect) {
    const std::string place = fmt::format("{}({}, ?)", dialect.place, column.name);
    value = "\"" + std::get<std::string>(value) + "\"";
    if (condition.is == Condition::Is::equal)
        asked.bind(place + " > 0", std::move(value));
    else
        asked.bind(fmt::format("({} IS NULL OR {} = 0)", column.name, place), std::move(value));
}

Result<void> add_condition(Asked& asked, const EntityInfo& info, const Condition& condition,
                           bool is_for_person, const Dialect& dialect) {
    using Is = Condition::Is;
    const Column column = TRY(column_of(info, condition.field, is_for_person));
    if (condition.is == Is::empty || condition.is == Is::not_empty) {
        const bool is_empty = condition.is == Is::empty;
        if (column.is_answer)
            asked.add(fmt::format("{} {} 'not_asked'",
                                  "t." + sql_name(std::string(condition.field) + "_answer"),
                                  is_empty ? "=" : "<>"));
        else
            asked.add(column.name + (is_empty ? " IS NULL" : " IS NOT NULL"));
        return {};
    }
    Cell value = TRY(comparable(column, condition.value));
    const bool is_order = condition.is == Is::from || condition.is == Is::before;
    if (column.type == FieldType::codes) {
        if (is_order) return fail(Error::usage("a list of codes has no order"));
        add_list_condition(asked, column, condition, std::move(value), dialect);
        return {};
    }
    switch (condition.is) {
        case Is::equal: asked.bind(column.name + " = ?", std::move(value)); break;
        case Is::from: asked.bind(column.name + " >= ?", std::move(value)); break;
        case Is::before: asked.bind(column.name + " < ?", std::move(value)); break;
        default:
            asked.bind(fmt::format("({0} IS NULL OR {0} <> ?)", column.name), std::move(value));
    }
    return {};
}

Result<void> add_where(Asked& asked, const Query& query, const Dialect& dialect) {
    const EntityInfo& info = casebook::info_of(query.entity);
    asked.add(query.in_bin ? R"( WHERE t."deleted_at" IS NOT NULL)"
                           : R"( WHERE t."deleted_at" IS NULL)");
    for (const Condition& condition : query.where) {
        asked.add(" AND ");
        TRY_VOID(add_condition(asked, info, condition, query.sight.has_value(), dialect));
    }
    if (!query.sight) return {};
    asked.add(" AND ");
    add_sight(asked, query.entity, *query.sight);
    return {};
}

// A page's end: the id of its last row, then the value that it was sorted by, as `n` (none), `i` and a number, or `t` and
// hex.

constexpr std::size_t ulid_characters = 26;

struct PageEnd {
    Ulid id;
    Cell value;
};

std::optional<std::string> from_hex(std::string_view hex) {
    std::string out;
    if (hex.size() % 2 != 0) return std::nullopt;
    for (std::size_t at = 0; at < hex.size(); at += 2) {
        unsigned value = 0;
        if (std::from_chars(hex.data() + at, hex.data() + at + 2, value, 16).ptr !=
            hex.data() + at + 2)
            return std::nullopt;
        out += static_cast<char>(value);
    }
    return out;
}

std::optional<PageEnd> parse_page_end(std::string_view text) {
    const std::optional<Ulid> id = parse_ulid(text.substr(0, ulid_characters));
    if (!id || text.size() <= ulid_characters) return std::nullopt;
    const char kind = text[ulid_characters];
    const std::string_view rest = text.substr(ulid_characters + 1);
    if (kind == 'n' && rest.empty()) return PageEnd{*id, {}};
    if (kind == 'i') {
        std::int64_t number = 0;
        const char* const end = rest.data() + rest.size();
        const auto [stop, code] = std::from_chars(rest.data(), end, number);
        if (code == std::errc{} && stop == end) return PageEnd{*id, number};
    }
    if (kind == 't')
        if (std::optional<std::string> value = from_hex(rest);
            value && is_valid_utf8(*value) && value->find(char{}) == value->npos)
            return PageEnd{*id, std::move(*value)};
    return std::nullopt;
}

Cell sorted_by(const Row& row, std::string_view field) {
    const casebook::Header& header = row.header;
    if (field == "id") return cell(header.id);
    if (field == "created_at") return cell(header.created_at);
    if (field == "updated_at") return cell(header.updated_at);
    if (field == "change_no") return header.change_no;
    const Plain& plain = value_of(row, field).plain;
    if (const bool* const flag = std::get_if<bool>(&plain)) return cell(*flag);
    if (const std::int64_t* const number = std::get_if<std::int64_t>(&plain)) return *number;
    if (const std::string* const text = std::get_if<std::string>(&plain)) return *text;
    return {};
}

/// Rows without a value come last in both directions.
Result<void> add_page(Asked& asked, const Query& query, const Column& column) {
    if (query.after.empty()) return {};
    const std::optional<PageEnd> end = parse_page_end(query.after);
    const bool is_number = column.type == FieldType::instant || column.type == FieldType::boolean;
    const bool fits = end && (std::holds_alternative<std::monostate>(end->value)
                                  ? column.may_be_empty
                                  : std::holds_alternative<std::int64_t>(end->value) == is_number);
    if (!fits) return fail(Error::usage("the list has no page there"));
    const std::string_view than = query.descending ? "<" : ">";
    if (std::holds_alternative<std::monostate>(end->value)) {
        asked.bind(fmt::format(R"( AND {} IS NULL AND t."id" {} ?)", column.name, than),
                   cell(end->id));
        return {};
    }
    asked.bind(fmt::format(R"( AND (({}, t."id") {} (?, )", column.name, than), end->value);
    asked.bind("?)", cell(end->id));
    asked.add(column.may_be_empty ? fmt::format(" OR {} IS NULL)", column.name) : ")");
    return {};
}

}  // namespace

Result<Asked> list_sql(const Query& query, const Dialect& dialect) {
    const EntityInfo& info = casebook::info_of(query.entity);
    const Column order = TRY(column_of(info, query.order_by, query.sight.has_value()));
    if (order.type == FieldType::codes) return fail(Error::usage("a list of codes has no order"));
    const std::string_view direction = query.descending ? " DESC" : "";
    std::string by = " ORDER BY ";
    if (order.may_be_empty) by += order.name + " IS NULL, ";
    if (query.order_by != "id") by += fmt::format("{}{}, ", order.name, direction);
    by += fmt::format(R"(t."id"{})", direction);
    // Ids alone are sorted, and only the page's rows are read whole: their texts are long.
    Asked out;
    out.add(fmt::format(R"(SELECT {0} FROM {1} t JOIN (SELECT t."id" FROM {1} t)",
                        columns_of(info, "t"), sql_name(info.name)));
    TRY_VOID(add_where(out, query, dialect));
    TRY_VOID(add_page(out, query, order));
    const std::size_t rows = std::clamp<std::size_t>(query.limit, 1, max_page_rows);
    out.bind(by + " LIMIT ?", static_cast<std::int64_t>(rows + 1));
    out.add(R"() p ON p."id" = t."id")" + by);
    return out;
}

Result<Asked> count_sql(const Query& query, const Dialect& dialect) {
    Asked out;
    out.add("SELECT COUNT(*) FROM " + sql_name(casebook::info_of(query.entity).name) + " t");
    TRY_VOID(add_where(out, query, dialect));
    return out;
}

std::string page_after(const Query& query, const Row& row) {
    std::string out = to_text(row.header.id);
    const Cell value = sorted_by(row, query.order_by);
    if (const std::int64_t* const number = std::get_if<std::int64_t>(&value))
        return out + 'i' + fmt::format("{}", *number);
    if (const std::string* const text = std::get_if<std::string>(&value))
        return out + 't' + to_hex(as_bytes(*text));
    return out + 'n';
}

}  // namespace konseki::store
