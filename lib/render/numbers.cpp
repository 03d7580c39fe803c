#include "konseki/render/numbers.h"

#include <array>

namespace konseki::render {

std::string to_grouped(std::uint64_t value) {
    std::string out = std::to_string(value);
    for (std::size_t at = out.size(); at > 3;) {
        at -= 3;
        out.insert(at, 1, ',');
    }
    return out;
}

std::string to_size(std::uint64_t bytes) {
    constexpr std::array units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    if (bytes < 1000) return std::to_string(bytes) + " B";
    std::uint64_t unit_bytes = 1000;
    std::size_t unit = 0;
    while (unit + 1 < units.size() && bytes / unit_bytes >= 1000) {
        unit_bytes *= 1000;
        ++unit;
    }
    // Cut, not rounded: 999,999 bytes are 999.9 kB and never 1000.0 kB.
    const std::uint64_t tenths = bytes / (unit_bytes / 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " + units[unit];
}

}  // namespace konseki::render
