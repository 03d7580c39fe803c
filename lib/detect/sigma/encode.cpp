#include "sigma/encode.h"

#include <cstddef>

#include "konseki/base/bytes.h"
#include "konseki/base/text.h"

namespace konseki::detect::sigma {
namespace {

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

std::array<std::string, 3> to_base64_offsets(std::string_view bytes) {
    constexpr std::array<std::size_t, 3> shared_front = {0, 2, 3};  // characters with foreign bits
    constexpr std::array<std::size_t, 3> shared_back = {0, 3, 2};   // the same, and the padding
    std::array<std::string, 3> out;
    for (std::size_t offset = 0; offset < 3; ++offset) {
        const std::string all = to_base64(as_bytes(std::string(offset, ' ') + std::string(bytes)));
        const std::size_t front = shared_front[offset];
        const std::size_t back = shared_back[(bytes.size() + offset) % 3];
        if (all.size() > front + back) out[offset] = all.substr(front, all.size() - front - back);
    }
    return out;
}

}  // namespace konseki::detect::sigma
