#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "konseki/base/bytes.h"
#include "konseki/base/time.h"

namespace konseki::render {

/// The inside of a JSON string (RFC 8259): `"`, `\` and what is below U+0020 escaped, invalid UTF-8 as
/// U+FFFD. Without the quotation marks. `out` has room for 6 bytes per byte of text; returns the end.
char* write_json_utf8(std::string_view utf8, char* out);
/// The same from UTF-16LE in one pass; a lone surrogate becomes U+FFFD, an odd last byte is dropped.
/// `out` has room for 6 bytes per unit; returns the end.
char* write_json_utf16(Bytes utf16le, char* out);

/// Bytes that grow. Room is made first and then filled without checks:
/// `buffer.commit(write_json_utf16(text, buffer.room(text.size() * 3)))`.
class JsonBuffer {
  public:
    /// The end of the text, with space for at least `bytes` behind it. Earlier pointers are void.
    char* room(std::size_t bytes) {
        if (capacity_ - size_ < bytes) [[unlikely]]
            grow(bytes);
        return data_.get() + size_;
    }
    /// What was written from room() to `end` belongs to the text.
    void commit(const char* end) { size_ = static_cast<std::size_t>(end - data_.get()); }
    void append(std::string_view text) {
        char* const at = room(text.size());
        if (!text.empty()) std::memcpy(at, text.data(), text.size());
        size_ += text.size();
    }
    void append(char c) {
        *room(1) = c;
        ++size_;
    }
    std::string_view text() const { return {data_.get(), size_}; }
    std::size_t size() const { return size_; }
    /// Forgets what lies behind `size`, which is at most size().
    void cut(std::size_t size) { size_ = size; }
    /// Empties and keeps the memory.
    void clear() { size_ = 0; }

  private:
    void grow(std::size_t bytes);

    std::unique_ptr<char[]> data_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// A quoted JSON string.
void append_json_string(JsonBuffer& out, std::string_view utf8);
void append_json_utf16(JsonBuffer& out, Bytes utf16le);
/// Integers above 2^53 (which many readers round) become text.
void append_json_number(JsonBuffer& out, std::uint64_t value);
void append_json_number(JsonBuffer& out, std::int64_t value);

/// The name of a member, from a literal that needs no escaping (checked by the compiler).
class JsonKey {
  public:
    template <std::size_t size>
    consteval JsonKey(const char (&literal)[size]) : name_(literal, size - 1) {
        for (const char c : name_)
            if (c == '"' || c == '\\' || c < 0x20) refuse();
    }
    constexpr std::string_view name() const { return name_; }

  private:
    static void refuse();  // not constexpr: a call ends the compilation
    std::string_view name_;
};

/// Writes JSON text forward and puts the commas. The caller opens and closes in pairs.
class JsonWriter {
  public:
    explicit JsonWriter(JsonBuffer& out) : out_(out) {}

    void open_object() { open('{'); }
    void close_object() { close('}'); }
    void open_array() { open('['); }
    void close_array() { close(']'); }
    /// The key of the member whose value comes next.
    void key(JsonKey key);
    /// A key that is not known when we compile.
    void any_key(std::string_view utf8);

    void text(std::string_view utf8);
    void utf16(Bytes utf16le);
    void time(Time time);
    void number(std::uint64_t value);
    void number(std::int64_t value);
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void null() { raw("null"); }
    /// JSON text that is already right.
    void raw(std::string_view json);
    /// Ends a line of a JSON-lines file.
    void end_line();

    void text(JsonKey name, std::string_view utf8) { key(name), text(utf8); }
    void time(JsonKey name, Time value) { key(name), time(value); }
    void number(JsonKey name, std::uint64_t value) { key(name), number(value); }
    void boolean(JsonKey name, bool value) { key(name), boolean(value); }
    void open_object(JsonKey name) { key(name), open_object(); }
    void open_array(JsonKey name) { key(name), open_array(); }

  private:
    void separate() {
        if (needs_comma_) out_.append(',');
        needs_comma_ = true;
    }
    void open(char c) {
        separate();
        out_.append(c);
        needs_comma_ = false;
    }
    void close(char c) {
        out_.append(c);
        needs_comma_ = true;
    }

    JsonBuffer& out_;
    bool needs_comma_ = false;
};

}  // namespace konseki::render
