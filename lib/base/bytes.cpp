#include "konseki/base/bytes.h"

namespace konseki {

Bytes as_bytes(std::string_view text) {
    return Bytes(reinterpret_cast<const std::byte*>(text.data()), text.size());
}

std::string_view as_text(Bytes bytes) {
    return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

std::string to_hex(Bytes bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        const unsigned value = static_cast<unsigned>(byte);
        out += digits[value >> 4];
        out += digits[value & 15];
    }
    return out;
}

void Cursor::seek(std::size_t offset, const char* what) {
    if (failed_) return;
    if (offset > bytes_.size()) {
        failed_ = true;
        error_ = Error::truncated(what, base_ + offset, 0, 0);
        error_.message = std::string(what) + " points to offset " + std::to_string(base_ + offset) +
                         ", past the end at " + std::to_string(base_ + bytes_.size());
        return;
    }
    at_ = offset;
}

void Cursor::note(std::size_t size, const char* what) {
    failed_ = true;
    error_ = Error::truncated(what, base_ + at_, size, left());
}

}  // namespace konseki
