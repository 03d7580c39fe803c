#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/casebook/row.h"

namespace konseki::casebook {

// From a member to a value and back, by the member's type alone.

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsAnswer : std::false_type {};
template <class T>
struct IsAnswer<Answer<T>> : std::true_type {};

template <class T>
void describe_type(FieldInfo& field) {
    if constexpr (IsAnswer<T>::value) {
        field.is_answer = true;
        describe_type<decltype(T::value)>(field);
    } else if constexpr (IsOptional<T>::value) {
        describe_type<typename T::value_type>(field);
    } else if constexpr (IsVector<T>::value) {
        field.type = FieldType::codes;
        field.codes = codes(typename T::value_type{});
    } else if constexpr (Coded<T>) {
        field.type = FieldType::code;
        field.codes = codes(T{});
    } else if constexpr (std::is_same_v<T, bool>) {
        field.type = FieldType::boolean;
    } else if constexpr (std::is_same_v<T, Time>) {
        field.type = FieldType::instant;
    } else if constexpr (std::is_same_v<T, Date>) {
        field.type = FieldType::date;
    } else if constexpr (std::is_same_v<T, Ulid>) {
        field.type = FieldType::id;
    } else {
        static_assert(std::is_same_v<T, std::string>);
        field.type = FieldType::text;
    }
}

template <class T>
Plain plain_of(const T& member) {
    if constexpr (IsOptional<T>::value) {
        return member ? plain_of(*member) : Plain{};
    } else if constexpr (IsVector<T>::value) {
        std::vector<std::string> out;
        for (const auto value : member) out.emplace_back(code_of(value));
        return out;
    } else if constexpr (Coded<T>) {
        return std::string(code_of(member));
    } else if constexpr (std::is_same_v<T, bool>) {
        return member;
    } else if constexpr (std::is_same_v<T, Time>) {
        return member == Time{} ? Plain{} : Plain{member.ticks};
    } else if constexpr (std::is_same_v<T, Ulid>) {
        return member.is_nil() ? Plain{} : Plain{to_text(member)};
    } else if constexpr (std::is_same_v<T, Date>) {
        return to_text(member);
    } else {
        return member.empty() ? Plain{} : Plain{member};
    }
}

template <class T>
Value value_from(const T& member) {
    if constexpr (IsAnswer<T>::value) {
        if (member.state != AnswerState::value) return {{}, member.state};
        return {plain_of(member.value), AnswerState::value};
    } else {
        return {plain_of(member), AnswerState::not_asked};
    }
}

template <class T>
const T& held(const Plain& plain) {
    const T* const value = std::get_if<T>(&plain);
    require(value != nullptr, "a row's value has its field's type");
    return *value;
}

template <Coded E>
E code_held(const std::string& text) {
    const std::optional<E> value = parse_code<E>(text);
    require(value.has_value(), "a row's code is one of its field's");
    return *value;
}

template <class T>
void assign(T& member, const Plain& plain) {
    if (std::holds_alternative<std::monostate>(plain)) {
        member = T{};
        return;
    }
    if constexpr (IsOptional<T>::value) {
        assign(member.emplace(), plain);
    } else if constexpr (IsVector<T>::value) {
        member.clear();
        for (const std::string& code : held<std::vector<std::string>>(plain))
            member.push_back(code_held<typename T::value_type>(code));
    } else if constexpr (Coded<T>) {
        member = code_held<T>(held<std::string>(plain));
    } else if constexpr (std::is_same_v<T, bool>) {
        member = held<bool>(plain);
    } else if constexpr (std::is_same_v<T, Time>) {
        member.ticks = held<std::int64_t>(plain);
    } else if constexpr (std::is_same_v<T, Date>) {
        const std::optional<Date> date = parse_date(held<std::string>(plain));
        require(date.has_value(), "a row's date is a day");
        member = *date;
    } else if constexpr (std::is_same_v<T, Ulid>) {
        const std::optional<Ulid> id = parse_ulid(held<std::string>(plain));
        require(id.has_value(), "a row's id is one");
        member = *id;
    } else {
        member = held<std::string>(plain);
    }
}

template <class T>
void assign_value(T& member, const Value& value) {
    if constexpr (IsAnswer<T>::value) {
        member.state = value.answer;
        assign(member.value, value.answer == AnswerState::value ? value.plain : Plain{});
    } else {
        assign(member, value.plain);
    }
}

}  // namespace konseki::casebook
