#include "sql.h"

#include "konseki/base/text.h"

namespace konseki::store {

std::optional<Error> fault_of_bound(std::span<const Cell> bound) {
    for (const Cell& value : bound) {
        const std::string* const text = std::get_if<std::string>(&value);
        if (text == nullptr) continue;
        if (text->find('\0') != text->npos) return Error::bad_value("a text holds a NUL");
        if (!is_valid_utf8(*text)) return Error::bad_value("a text is no UTF-8");
    }
    return std::nullopt;
}

Result<std::int64_t> number_in(const Cell& cell) {
    if (const std::int64_t* const number = std::get_if<std::int64_t>(&cell)) return *number;
    return fail(Error::bad_value("the database holds no number where one belongs"));
}

Result<std::string> text_in(const Cell& cell) {
    if (const std::string* const text = std::get_if<std::string>(&cell)) return *text;
    return fail(Error::bad_value("the database holds no text where one belongs"));
}

Result<Ulid> id_in(const Cell& cell) {
    const std::string* const text = std::get_if<std::string>(&cell);
    const std::optional<Ulid> id = text ? parse_ulid(*text) : std::nullopt;
    if (!id) return fail(Error::bad_value("the database holds no id where one belongs"));
    return *id;
}

std::optional<Time> time_in(const Cell& cell) {
    if (const std::int64_t* const ticks = std::get_if<std::int64_t>(&cell)) return Time{*ticks};
    return std::nullopt;
}

Result<std::optional<Ulid>> maybe_id_in(const Cell& cell) {
    if (std::holds_alternative<std::monostate>(cell)) return std::optional<Ulid>{};
    return std::optional<Ulid>(TRY(id_in(cell)));
}

std::string sql_name(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"') out += c;
        out += c;
    }
    return out + '"';
}

}  // namespace konseki::store
