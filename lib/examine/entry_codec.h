#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/bytes.h"

namespace konseki::examine {

/// Writes the compact form of entry.h.
class EntryWriter {
  public:
    explicit EntryWriter(std::vector<std::byte>& out) : out_(out) {}

    void u8(std::uint8_t value) { out_.push_back(static_cast<std::byte>(value)); }
    void number(std::uint64_t value);
    void text(std::string_view text);
    /// The text cut to `limit` bytes between code points, with `…` where something was cut.
    void cut_text(std::string_view text, std::size_t limit);

  private:
    std::vector<std::byte>& out_;
};

/// Reads it back; keeps the first failure like a Cursor.
class EntryReader {
  public:
    explicit EntryReader(Bytes bytes) : cursor_(bytes) {}

    std::uint8_t u8() { return cursor_.u8("entry"); }
    std::uint64_t number();
    std::string text();
    /// Into a text that keeps its memory.
    void text(std::string& out);
    /// A count of things that take at least one byte each; 0 after a failure.
    std::size_t count();
    bool failed() const { return cursor_.failed() || bad_; }
    Result<void> result() const;

  private:
    Cursor cursor_;
    bool bad_ = false;
};

}  // namespace konseki::examine
