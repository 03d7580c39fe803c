#include "sigma/encode.h"

#include <cstddef>

#include "konseki/base/text.h"

namespace konseki::detect::sigma {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

template <class Put>
void each_unit(std::string_view utf8, Put put) {
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t code_point = next_code_point(utf8, at);
        if (code_point < 0x10000) {
            put(static_cast<std::uint16_t>(code_point));
            continue;
        }
        const char32_t rest = code_point - 0x10000;
        put(static_cast<std::uint16_t>(0xD800 + (rest >> 10)));
        put(static_cast<std::uint16_t>(0xDC00 + (rest & 0x3FF)));
    }
}

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
}

}  // namespace

std::string to_utf16le(std::string_view utf8) {
    std::string out;
    each_unit(utf8, [&](std::uint16_t unit) {
        out += static_cast<char>(unit & 0xFF);
        out += static_cast<char>(unit >> 8);
    });
    return out;
}

std::string to_utf16be(std::string_view utf8) {
    std::string out;
    each_unit(utf8, [&](std::uint16_t unit) {
        out += static_cast<char>(unit >> 8);
        out += static_cast<char>(unit & 0xFF);
    });
    return out;
}

std::string to_base64(std::string_view bytes) {
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::uint32_t three =
            byte_at(bytes, at) << 16 | byte_at(bytes, at + 1) << 8 | byte_at(bytes, at + 2);
        const std::size_t left = bytes.size() - at;
        out += alphabet[three >> 18 & 63];
        out += alphabet[three >> 12 & 63];
        out += left > 1 ? alphabet[three >> 6 & 63] : '=';
        out += left > 2 ? alphabet[three & 63] : '=';
    }
    return out;
}

std::array<std::string, 3> to_base64_offsets(std::string_view bytes) {
    constexpr std::array<std::size_t, 3> shared_front = {0, 2, 3};  // characters with foreign bits
    constexpr std::array<std::size_t, 3> shared_back = {0, 3, 2};   // the same, and the padding
    std::array<std::string, 3> out;
    for (std::size_t offset = 0; offset < 3; ++offset) {
        const std::string all = to_base64(std::string(offset, ' ') + std::string(bytes));
        const std::size_t front = shared_front[offset];
        const std::size_t back = shared_back[(bytes.size() + offset) % 3];
        if (all.size() > front + back) out[offset] = all.substr(front, all.size() - front - back);
    }
    return out;
}

}  // namespace konseki::detect::sigma
