#include "engine/short_scan.h"

#include "konseki/base/result.h"

namespace konseki::detect {

void ShortScan::add(std::string_view literal, std::uint32_t id) {
    require(!literal.empty() && literal.size() <= longest,
            "a short literal has one to three bytes");
    const std::size_t bucket = literals_.size() % buckets;
    const auto bit = static_cast<std::uint8_t>(1u << bucket);
    for (std::size_t i = 0; i < longest; ++i) {
        if (i < literal.size()) {
            const auto c = static_cast<unsigned char>(literal[i]);
            low_[i][c & 15] |= bit;
            high_[i][c >> 4] |= bit;
            continue;
        }
        for (std::uint8_t& each : low_[i]) each |= bit;
        for (std::uint8_t& each : high_[i]) each |= bit;
    }
    literals_.push_back({literal, id});
    in_bucket_[bucket].push_back({literal, id});
}

}  // namespace konseki::detect
