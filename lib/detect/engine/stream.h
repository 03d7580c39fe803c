#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "konseki/base/bytes.h"

namespace konseki::detect {

/// Appends plain values to bytes; PackReader reads them back in the same order. Both are called the same
/// way, so that one function describes a type for both directions.
class PackWriter {
  public:
    template <class T>
        requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void operator()(const T& value) {
        raw(&value, sizeof value);
    }
    void operator()(const std::string& text) {
        (*this)(static_cast<std::uint32_t>(text.size()));
        raw(text.data(), text.size());
    }
    /// A whole table of plain structs.
    template <class T>
    void table(const std::vector<T>& values) {
        static_assert(std::is_trivially_copyable_v<T>);
        (*this)(static_cast<std::uint32_t>(values.size()));
        raw(values.data(), values.size() * sizeof(T));
    }
    template <class T, class Each>
    void list(const std::vector<T>& values, Each each) {
        (*this)(static_cast<std::uint32_t>(values.size()));
        for (const T& value : values) each(*this, value);
    }
    std::vector<std::byte> take() { return std::move(bytes_); }

  private:
    void raw(const void* data, std::size_t size) {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + size);
        if (size != 0) std::memcpy(bytes_.data() + at, data, size);
    }
    std::vector<std::byte> bytes_;
};

class PackReader {
  public:
    explicit PackReader(Bytes bytes) : cursor_(bytes) {}

    template <class T>
        requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void operator()(T& value) {
        const Bytes bytes = cursor_.take(sizeof value, "number");
        if (bytes.size() != sizeof value) return;
        if constexpr (std::is_same_v<T, bool>)
            value = bytes[0] != std::byte{0};  // a bool of any other byte would be undefined
        else
            std::memcpy(&value, bytes.data(), sizeof value);
    }
    void operator()(std::string& text) { text = as_text(cursor_.take(count(1), "text")); }
    template <class T>
    void table(std::vector<T>& values) {
        static_assert(std::is_trivially_copyable_v<T>);
        const std::size_t number = count(sizeof(T));
        const Bytes bytes = cursor_.take(number * sizeof(T), "table");
        if (bytes.empty()) return;
        values.resize(number);
        std::memcpy(static_cast<void*>(values.data()), bytes.data(), bytes.size());
    }
    /// Every element takes at least one byte, so a count past the bytes that are left is refused.
    template <class T, class Each>
    void list(std::vector<T>& values, Each each) {
        const std::size_t number = count(1);
        for (std::size_t i = 0; i < number && !failed(); ++i) each(*this, values.emplace_back());
    }
    void fail() { failed_ = true; }
    bool failed() const { return failed_ || cursor_.failed(); }
    bool at_end() const { return cursor_.left() == 0; }

  private:
    std::size_t count(std::size_t element_bytes) {
        const std::uint32_t number = cursor_.u32("count");
        if (number <= cursor_.left() / element_bytes) return number;
        failed_ = true;
        return 0;
    }
    Cursor cursor_;
    bool failed_ = false;
};

}  // namespace konseki::detect
