#include "konseki/render/json.h"

#include <algorithm>
#include <charconv>

namespace konseki::render {
namespace {

constexpr std::uint64_t largest_exact_integer = std::uint64_t{1} << 53;
constexpr std::size_t number_room = 24;  // 20 digits, a sign, two quotation marks
constexpr std::size_t first_capacity = 256;

template <class Integer>
void append_integer(JsonBuffer& out, Integer value, bool is_text) {
    char* at = out.room(number_room);
    if (is_text) *at++ = '"';
    at = std::to_chars(at, at + number_room - 2, value).ptr;
    if (is_text) *at++ = '"';
    out.commit(at);
}

}  // namespace

void JsonBuffer::grow(std::size_t bytes) {
    const std::size_t capacity = std::max({size_ + bytes, capacity_ * 2, first_capacity});
    std::unique_ptr<char[]> data = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ != 0) std::memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
}

void append_json_string(JsonBuffer& out, std::string_view utf8) {
    char* at = out.room(utf8.size() * 6 + 2);
    *at++ = '"';
    at = write_json_utf8(utf8, at);
    *at++ = '"';
    out.commit(at);
}

void append_json_utf16(JsonBuffer& out, Bytes utf16le) {
    char* at = out.room(utf16le.size() * 3 + 2);
    *at++ = '"';
    at = write_json_utf16(utf16le, at);
    *at++ = '"';
    out.commit(at);
}

void append_json_number(JsonBuffer& out, std::uint64_t value) {
    append_integer(out, value, value > largest_exact_integer);
}

void append_json_number(JsonBuffer& out, std::int64_t value) {
    constexpr std::int64_t limit = static_cast<std::int64_t>(largest_exact_integer);
    append_integer(out, value, value > limit || value < -limit);
}

void JsonWriter::key(JsonKey key) {
    separate();
    const std::string_view name = key.name();
    char* at = out_.room(name.size() + 3);
    *at++ = '"';
    at = std::copy(name.begin(), name.end(), at);
    *at++ = '"';
    *at++ = ':';
    out_.commit(at);
    needs_comma_ = false;
}

void JsonWriter::any_key(std::string_view utf8) {
    separate();
    append_json_string(out_, utf8);
    out_.append(':');
    needs_comma_ = false;
}

void JsonWriter::text(std::string_view utf8) {
    separate();
    append_json_string(out_, utf8);
}

void JsonWriter::utf16(Bytes utf16le) {
    separate();
    append_json_utf16(out_, utf16le);
}

void JsonWriter::time(Time time) {
    separate();
    char* at = out_.room(30);
    *at++ = '"';
    at = write_iso(time, at);
    *at++ = '"';
    out_.commit(at);
}

void JsonWriter::number(std::uint64_t value) {
    separate();
    append_json_number(out_, value);
}

void JsonWriter::number(std::int64_t value) {
    separate();
    append_json_number(out_, value);
}

void JsonWriter::raw(std::string_view json) {
    separate();
    out_.append(json);
}

void JsonWriter::end_line() {
    out_.append('\n');
    needs_comma_ = false;
}

}  // namespace konseki::render
