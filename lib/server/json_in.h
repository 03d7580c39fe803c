#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "konseki/casebook/row.h"
#include "konseki/desk/desk.h"

namespace konseki::server {

/// A JSON value as read: nothing is turned into anything else.
struct Json {
    struct Other {};  ///< a number that is no 64-bit integer: no member takes one
    using Array = std::vector<Json>;
    using Object = std::vector<std::pair<std::string, Json>>;
    std::variant<std::nullptr_t, bool, std::int64_t, Other, std::string, Array, Object> value =
        nullptr;

    const std::string* text() const { return std::get_if<std::string>(&value); }
    const Array* array() const { return std::get_if<Array>(&value); }
    const Object* object() const { return std::get_if<Object>(&value); }
    bool is_null() const { return std::holds_alternative<std::nullptr_t>(value); }
};

/// Strict: one object, UTF-8, no member twice, at most 16 deep. Nothing where it is not that.
std::optional<Json::Object> read_object(std::string_view text);

/// Takes members out of an object, by name and type, and gathers what is wrong; what is left at the end nobody knows.
class Members {
  public:
    explicit Members(Json::Object object) : object_(std::move(object)) {}

    /// Empty where it is null or not there.
    std::string text(const char* name);
    /// The same; a fault where it is empty.
    std::string needed_text(const char* name);
    std::optional<Ulid> id(const char* name);
    std::optional<Time> time(const char* name);
    bool boolean(const char* name);
    std::optional<Json::Object> object(const char* name);
    std::vector<Json::Object> objects(const char* name);
    std::vector<std::string> texts(const char* name);
    template <casebook::Coded E>
    std::optional<E> code(const char* name) {
        const std::string held = text(name);
        if (held.empty()) return std::nullopt;
        const std::optional<E> value = casebook::parse_code<E>(held);
        if (!value) fault(name, "no_such_code");
        return value;
    }
    template <casebook::Coded E>
    E needed_code(const char* name) {
        const std::optional<E> value = code<E>(name);
        if (!value && faults_.empty()) fault(name, "missing");
        return value.value_or(E{});
    }
    /// All members that are left, as fields of an entity.
    desk::Edits edits(casebook::Entity entity) { return fields_of(entity, std::move(object_), ""); }
    /// The members of an object as fields; faults are named with what stands before them.
    desk::Edits fields_of(casebook::Entity entity, Json::Object object, const std::string& prefix);
    void fault(std::string name, std::string code) {
        faults_.push_back({std::move(name), std::move(code)});
    }
    /// Refused where anything was wrong, or is left that nobody asked for.
    desk::Outcome<void> finish();

  private:
    std::optional<Json> take(std::string_view name);

    Json::Object object_;
    std::vector<desk::Fault> faults_;
};

/// RFC 3339 with its offset; nothing else is a moment.
std::optional<Time> parse_moment(std::string_view text);

}  // namespace konseki::server
