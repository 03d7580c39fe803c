#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/base/ulid.h"
#include "konseki/casebook/codes.h"

namespace konseki::casebook {

// Two forms of one thing: a struct (entities.h), on which rules work, and a row, on which storage, interface,
// history and audit work without knowing what it is about. The struct's `fields` function is the only place where
// the fields of an entity stand.

/// The things of a desk that people make, change and put into the bin.
enum class Entity : std::uint8_t {
    organisation,
    contact,
    channel,
    consultation,
    case_,
    rescue,
    visit,
    case_link,
    note,
    task,
};
inline constexpr std::size_t entity_count = 10;

/// What an answer is besides a value: a blank never becomes a "no".
enum class AnswerState : std::uint8_t { not_asked, unknown, declined, not_applicable, value };
inline constexpr std::array<std::string_view, 5> answer_state_codes = {
    "not_asked", "unknown", "declined", "not_applicable", "value"};
constexpr std::span<const std::string_view> codes(AnswerState) { return answer_state_codes; }

/// One answer to one question.
template <class T>
struct Answer {
    AnswerState state = AnswerState::not_asked;
    T value = {};  ///< means something where the state is `value`

    bool holds(const T& other) const { return state == AnswerState::value && value == other; }
    bool operator==(const Answer&) const = default;
};

/// A day of the calendar, as it was written: it has no zone.
struct Date {
    std::int32_t year = 1970;
    std::uint8_t month = 1, day = 1;
    auto operator<=>(const Date&) const = default;
};
/// `2019-04-17`.
std::string to_text(Date date);
/// Nothing where the text is no day from 1601 to 9999.
std::optional<Date> parse_date(std::string_view text);

/// How a field is written down.
enum class FieldType : std::uint8_t {
    text,
    boolean,
    instant,  ///< as ticks of Time
    date,     ///< as text, `2019-04-17`
    id,       ///< as text of a Ulid
    code,     ///< one of `codes`
    codes,    ///< a list of them, without repeats
};

/// The longest text that a field takes, in bytes of UTF-8: a line, or a whole mail.
inline constexpr std::size_t max_line_bytes = 2'000;
inline constexpr std::size_t max_text_bytes = 1 << 20;

/// What is special about a field.
struct Mark {
    bool required = false;  ///< a row without it is refused
    bool is_long = false;   ///< max_text_bytes instead of max_line_bytes
    bool is_contact =
        false;  ///< how to reach a person: shown only on demand, to those who may, and logged
    bool by_desk = false;               ///< set by the desk's own acts, never by a plain write
    bool is_fixed = false;              ///< cannot change once the row is made
    std::optional<Entity> refers = {};  ///< whose id it is
};

/// A field of an entity.
struct FieldInfo {
    std::string_view name;  ///< in the interface and in the database
    FieldType type = FieldType::text;
    std::span<const std::string_view> codes;  ///< of `code` and `codes`
    bool is_answer = false;                   ///< has an AnswerState beside its value
    Mark mark;
};

using Plain =
    std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>>;

/// A field's value. Without one `plain` is std::monostate; `answer` counts where the field is an answer.
struct Value {
    Plain plain;
    AnswerState answer = AnswerState::not_asked;

    bool is_empty() const { return std::holds_alternative<std::monostate>(plain); }
    bool operator==(const Value&) const = default;
};

/// What every row has, whatever it is about.
struct Header {
    Ulid id;
    Time created_at;
    Ulid created_by;
    Time updated_at;
    Ulid updated_by;
    std::int64_t version = 0;  ///< 1 when made; each change adds 1
    std::int64_t change_no =
        0;  ///< over the whole desk: what changed since a number is what has a larger one
    std::optional<Time> deleted_at;  ///< since when it lies in the bin
    bool operator==(const Header&) const = default;
};

/// One thing; values in the order of its entity's fields.
struct Row {
    Entity entity = Entity::organisation;
    Header header;
    std::vector<Value> values;
    bool operator==(const Row&) const = default;
};

/// An entity: its names and fields.
struct EntityInfo {
    Entity entity = Entity::organisation;
    std::string_view name;    ///< `consultation`; the table's name too
    std::string_view plural;  ///< in paths of the interface: `consultations`
    std::vector<FieldInfo> fields;

    /// The place of a field, or nothing.
    std::optional<std::size_t> find(std::string_view field) const;
};
const EntityInfo& info_of(Entity entity);
/// By its plural, as paths name it.
std::optional<Entity> entity_in_path(std::string_view plural);

/// A row of version 0 with the defaults of its entity; what is required is empty.
Row new_row(Entity entity);

/// A value by its field's name, which must be one of the entity's.
const Value& value_of(const Row& row, std::string_view field);
Value& value_of(Row& row, std::string_view field);
/// The id that a field holds, if any.
std::optional<Ulid> id_of(const Row& row, std::string_view field);

}  // namespace konseki::casebook
