// Reading JSON with Boost.JSON's parser and our own handler, since the library's own keeps the last of two members of
// one name.

#include "json_in.h"

#include <algorithm>
#include <limits>
#include <set>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

namespace konseki::server {
namespace {

constexpr std::size_t most_depth = 16;
/// More members and elements than any request has; keeps a small body from becoming a large tree.
constexpr std::size_t most_values = 20'000;

/// Builds Json from the parser's events.
struct Builder {
    static constexpr std::size_t max_object_size = most_values;
    static constexpr std::size_t max_array_size = most_values;
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = std::size_t{3} << 20;
    using Code = boost::json::error_code;

    struct Open {
        Json value;
        std::string key;
        std::set<std::string> names;
    };
    std::vector<Open> open;
    std::string piece;
    Json done;
    std::size_t values = 0;

    bool put(Json value, Code& error) {
        if (++values > most_values) return refuse(error);
        if (open.empty()) {
            done = std::move(value);
            return true;
        }
        Open& top = open.back();
        if (auto* array = std::get_if<Json::Array>(&top.value.value))
            array->push_back(std::move(value));
        else
            std::get<Json::Object>(top.value.value)
                .emplace_back(std::move(top.key), std::move(value));
        return true;
    }
    static bool refuse(Code& error) {
        error = boost::json::error::extra_data;
        return false;
    }
    bool close(Code& error) {
        Json value = std::move(open.back().value);
        open.pop_back();
        return put(std::move(value), error);
    }

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_array_begin(Code&) {
        open.push_back({{Json::Array{}}, "", {}});
        return true;
    }
    bool on_array_end(std::size_t, Code& error) { return close(error); }
    bool on_object_begin(Code&) {
        open.push_back({{Json::Object{}}, "", {}});
        return true;
    }
    bool on_object_end(std::size_t, Code& error) { return close(error); }
    bool on_string_part(boost::json::string_view text, std::size_t, Code&) {
        piece += text;
        return true;
    }
    bool on_string(boost::json::string_view text, std::size_t, Code& error) {
        piece += text;
        return put({std::exchange(piece, {})}, error);
    }
    bool on_key_part(boost::json::string_view text, std::size_t, Code&) {
        piece += text;
        return true;
    }
    bool on_key(boost::json::string_view text, std::size_t, Code& error) {
        piece += text;
        open.back().key = std::exchange(piece, {});
        return open.back().names.insert(open.back().key).second || refuse(error);
    }
    bool on_number_part(boost::json::string_view, Code&) { return true; }
    bool on_int64(std::int64_t number, boost::json::string_view, Code& error) {
        return put({number}, error);
    }
    bool on_uint64(std::uint64_t, boost::json::string_view, Code& error) {
        return put({Json::Other{}}, error);
    }
    bool on_double(double, boost::json::string_view, Code& error) {
        return put({Json::Other{}}, error);
    }
    bool on_bool(bool value, Code& error) { return put({value}, error); }
    bool on_null(Code& error) { return put({nullptr}, error); }
    bool on_comment_part(boost::json::string_view, Code&) { return true; }
    bool on_comment(boost::json::string_view, Code&) { return true; }
};

std::optional<casebook::Plain> codes_of(const Json::Array& array) {
    std::vector<std::string> codes;
    for (const Json& one : array) {
        if (one.text() == nullptr) return std::nullopt;
        codes.push_back(*one.text());
    }
    return casebook::Plain{std::move(codes)};
}

/// Texts are taken for what their field is: a moment becomes ticks, an id its one spelling.
std::optional<casebook::Plain> plain_from_text(casebook::FieldType type, const std::string& text) {
    using casebook::FieldType;
    if (type == FieldType::boolean || type == FieldType::codes) return std::nullopt;
    if (text.empty()) return casebook::Plain{};
    if (type == FieldType::instant) {
        const std::optional<Time> time = parse_moment(text);
        return time ? std::optional(casebook::Plain{time->ticks}) : std::nullopt;
    }
    if (type == FieldType::id) {
        const std::optional<Ulid> id = parse_ulid(text);
        return id ? std::optional(casebook::Plain{to_text(*id)}) : std::nullopt;
    }
    return casebook::Plain{text};
}

std::optional<casebook::Plain> plain_from(casebook::FieldType type, const Json& json) {
    if (json.is_null()) return casebook::Plain{};
    if (const std::string* const text = json.text()) return plain_from_text(type, *text);
    if (const bool* const value = std::get_if<bool>(&json.value))
        return type == casebook::FieldType::boolean ? std::optional(casebook::Plain{*value})
                                                    : std::nullopt;
    if (const Json::Array* const array = json.array())
        return type == casebook::FieldType::codes ? codes_of(*array) : std::nullopt;
    return std::nullopt;
}

/// null, `{"answer":"unknown"}`, or `{"answer":"value","value":…}`.
std::optional<casebook::Value> answer_from(casebook::FieldType type, const Json& json) {
    if (json.is_null()) return casebook::Value{};
    const Json::Object* const object = json.object();
    if (object == nullptr || object->empty() || object->size() > 2) return std::nullopt;
    const Json* answer = nullptr;
    const Json* held = nullptr;
    for (const auto& [name, value] : *object) {
        if (name == "answer") answer = &value;
        if (name == "value") held = &value;
    }
    if (answer == nullptr || answer->text() == nullptr ||
        (object->size() == 2) != (held != nullptr))
        return std::nullopt;
    const auto state = casebook::parse_code<casebook::AnswerState>(*answer->text());
    if (!state || (*state == casebook::AnswerState::value) != (held != nullptr))
        return std::nullopt;
    if (held == nullptr) return casebook::Value{{}, *state};
    std::optional<casebook::Plain> plain = plain_from(type, *held);
    if (!plain || std::holds_alternative<std::monostate>(*plain)) return std::nullopt;
    return casebook::Value{*std::move(plain), *state};
}

std::optional<casebook::Value> value_from(const casebook::FieldInfo& field, const Json& json) {
    if (field.is_answer) return answer_from(field.type, json);
    std::optional<casebook::Plain> plain = plain_from(field.type, json);
    if (!plain) return std::nullopt;
    // A list that is there is never nothing.
    return casebook::Value{*std::move(plain), casebook::AnswerState::not_asked};
}

}  // namespace

std::optional<Json::Object> read_object(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = most_depth;
    boost::json::basic_parser<Builder> parser(options);
    boost::json::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (error || used != text.size()) return std::nullopt;
    auto* const object = std::get_if<Json::Object>(&parser.handler().done.value);
    if (object == nullptr) return std::nullopt;
    return std::move(*object);
}

std::optional<Time> parse_moment(std::string_view text) {
    // `2019-04-17T10:02:03`, then Z or an offset: a time without one would be guessed.
    const bool has_form =
        text.size() >= 20 && text.size() <= 35 && text[10] == 'T' &&
        (text.back() == 'Z' || text[text.size() - 6] == '+' || text[text.size() - 6] == '-');
    if (!has_form) return std::nullopt;
    const Result<Time> time = parse_time(text, Zone{});
    // Years that no desk has: an offset could also push the last one out of the calendar.
    constexpr std::int64_t seconds_before_1900 = -2'208'988'800,
                           seconds_before_9999 = 253'370'764'800;
    if (!time || *time < Time::from_unix_seconds(seconds_before_1900) ||
        *time >= Time::from_unix_seconds(seconds_before_9999))
        return std::nullopt;
    return *time;
}

std::optional<Json> Members::take(std::string_view name) {
    const auto found = std::ranges::find(
        object_, name, [](const auto& member) -> std::string_view { return member.first; });
    if (found == object_.end()) return std::nullopt;
    Json value = std::move(found->second);
    object_.erase(found);
    return value;
}

std::string Members::text(const char* name) {
    std::optional<Json> json = take(name);
    if (!json || json->is_null()) return {};
    if (json->text() == nullptr) return fault(name, "wrong_type"), std::string();
    return std::move(std::get<std::string>(json->value));
}

std::string Members::needed_text(const char* name) {
    const std::size_t before = faults_.size();
    std::string held = text(name);
    if (held.empty() && faults_.size() == before) fault(name, "missing");
    return held;
}

std::optional<Ulid> Members::id(const char* name) {
    const std::string held = text(name);
    if (held.empty()) return std::nullopt;
    const std::optional<Ulid> id = parse_ulid(held);
    if (!id) fault(name, "wrong_type");
    return id;
}

std::optional<Time> Members::time(const char* name) {
    const std::string held = text(name);
    if (held.empty()) return std::nullopt;
    const std::optional<Time> time = parse_moment(held);
    if (!time) fault(name, "wrong_type");
    return time;
}

bool Members::boolean(const char* name) {
    const std::optional<Json> json = take(name);
    if (!json) return fault(name, "missing"), false;
    const bool* const value = std::get_if<bool>(&json->value);
    if (value == nullptr) return fault(name, "wrong_type"), false;
    return *value;
}

std::optional<Json::Object> Members::object(const char* name) {
    std::optional<Json> json = take(name);
    if (!json || json->is_null()) return std::nullopt;
    if (json->object() == nullptr) return fault(name, "wrong_type"), std::nullopt;
    return std::move(std::get<Json::Object>(json->value));
}

std::vector<Json::Object> Members::objects(const char* name) {
    std::optional<Json> json = take(name);
    if (!json || json->is_null()) return {};
    std::vector<Json::Object> out;
    if (json->array() == nullptr) return fault(name, "wrong_type"), out;
    for (Json& one : std::get<Json::Array>(json->value)) {
        if (one.object() == nullptr) return fault(name, "wrong_type"), out;
        out.push_back(std::move(std::get<Json::Object>(one.value)));
    }
    return out;
}

std::vector<std::string> Members::texts(const char* name) {
    std::optional<Json> json = take(name);
    if (!json || json->is_null()) return {};
    std::optional<casebook::Plain> plain =
        json->array() == nullptr ? std::nullopt : codes_of(*json->array());
    if (!plain) return fault(name, "wrong_type"), std::vector<std::string>();
    return std::get<std::vector<std::string>>(*std::move(plain));
}

desk::Edits Members::fields_of(casebook::Entity entity, Json::Object object,
                               const std::string& prefix) {
    const casebook::EntityInfo& info = casebook::info_of(entity);
    desk::Edits edits;
    for (auto& [name, json] : object) {
        const std::optional<std::size_t> at = info.find(name);
        std::optional<casebook::Value> value;
        if (at) value = value_from(info.fields[*at], json);
        if (value)
            edits.push_back({name, *std::move(value)});
        else
            fault(prefix + name, at ? "wrong_type" : "unknown_field");
    }
    return edits;
}

desk::Outcome<void> Members::finish() {
    for (const auto& [name, value] : object_) fault(name, "unknown_field");
    object_.clear();
    // A client learns enough from these; an answer longer than the request is no use to anybody.
    constexpr std::size_t most_faults = 100;
    if (faults_.size() > most_faults) faults_.resize(most_faults);
    if (!faults_.empty()) return desk::refuse_fields(std::move(faults_));
    return {};
}

}  // namespace konseki::server
