#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "konseki/base/result.h"

namespace konseki {

/// Bytes of evidence: a view, owned by whoever read them.
using Bytes = std::span<const std::byte>;

/// One byte as a number.
inline std::uint8_t load_u8(const std::byte* at) { return static_cast<std::uint8_t>(*at); }
/// Little-endian loads from any alignment. The caller has checked that the bytes are there.
template <class T>
T load_le(const std::byte* at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;  // x86-64 is little-endian; a big-endian port swaps here
}
inline std::uint16_t load_u16(const std::byte* at) { return load_le<std::uint16_t>(at); }
inline std::uint32_t load_u32(const std::byte* at) { return load_le<std::uint32_t>(at); }
inline std::uint64_t load_u64(const std::byte* at) { return load_le<std::uint64_t>(at); }

/// Text as bytes and back: the only casts between the two.
Bytes as_bytes(std::string_view text);
std::string_view as_text(Bytes bytes);

/// Lower-case hex of bytes.
std::string to_hex(Bytes bytes);
/// Base64 with the standard alphabet and padding (RFC 4648 section 4).
std::string to_base64(Bytes bytes);

/// Reads forward through bytes and keeps the first failure, so that a reader looks like its
/// specification and checks once. After a failure every read gives 0 and moves nothing.
/// Offsets are counted from the start of the span, plus `base` in errors.
class Cursor {
  public:
    explicit Cursor(Bytes bytes, std::uint64_t base = 0) : bytes_(bytes), base_(base) {}

    std::uint8_t u8(const char* what) { return read<std::uint8_t>(what); }
    std::uint16_t u16(const char* what) { return read<std::uint16_t>(what); }
    std::uint32_t u32(const char* what) { return read<std::uint32_t>(what); }
    std::uint64_t u64(const char* what) { return read<std::uint64_t>(what); }
    /// A view of the next `size` bytes; empty after a failure.
    Bytes take(std::size_t size, const char* what) {
        if (!has(size, what)) return {};
        const Bytes view = bytes_.subspan(at_, size);
        at_ += size;
        return view;
    }
    void skip(std::size_t size, const char* what) { (void)take(size, what); }
    /// Moves to an offset inside the span (its end included), else fails.
    void seek(std::size_t offset, const char* what);

    std::size_t offset() const { return at_; }
    std::size_t left() const { return bytes_.size() - at_; }
    bool failed() const { return failed_; }
    const Error& error() const { return error_; }

  private:
    template <class T>
    T read(const char* what) {
        if (!has(sizeof(T), what)) return T{};
        const T value = load_le<T>(bytes_.data() + at_);
        at_ += sizeof(T);
        return value;
    }
    bool has(std::size_t size, const char* what) {
        if (!failed_ && size <= left()) [[likely]]
            return true;
        if (!failed_) note(size, what);
        return false;
    }
    void note(std::size_t size, const char* what);

    Bytes bytes_;
    std::uint64_t base_;
    std::size_t at_ = 0;
    bool failed_ = false;
    Error error_;
};

}  // namespace konseki
