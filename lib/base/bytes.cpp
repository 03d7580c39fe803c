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

std::string to_base64(Bytes bytes) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto byte_at = [bytes](std::size_t at) {
        return at < bytes.size() ? static_cast<std::uint32_t>(bytes[at]) : 0u;
    };
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::uint32_t three = byte_at(at) << 16 | byte_at(at + 1) << 8 | byte_at(at + 2);
        const std::size_t left = bytes.size() - at;
        out += alphabet[three >> 18 & 63];
        out += alphabet[three >> 12 & 63];
        out += left > 1 ? alphabet[three >> 6 & 63] : '=';
        out += left > 2 ? alphabet[three & 63] : '=';
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
