#pragma once

#include <cstdint>
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

  private:
    std::vector<std::byte>& out_;
};

/// Reads it back; keeps the first failure like a Cursor.
class EntryReader {
  public:
    explicit EntryReader(Bytes bytes) : cursor_(bytes) {}

    std::uint8_t u8() { return cursor_.u8("entry"); }
    std::uint64_t number();
    /// A view into the bytes.
    std::string_view view();
    /// What has not been read.
    Bytes rest() { return cursor_.take(cursor_.left(), "entry"); }
    /// A count of things that take at least one byte each; 0 after a failure.
    std::size_t count();
    bool failed() const { return cursor_.failed() || bad_; }
    Result<void> result() const;

  private:
    Cursor cursor_;
    bool bad_ = false;
};

}  // namespace konseki::examine
