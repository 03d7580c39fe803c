#include "engine/short_scan.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "engine/gram_filter.h"

using namespace konseki;
using namespace konseki::detect;

TEST_CASE("short literals are found at every place, and only those that are there") {
    for (const std::size_t number : {1u, 3u, 8u, 20u}) {
        std::vector<std::string> literals;
        for (std::size_t i = 0; i < number; ++i)
            literals.push_back(std::string(1 + i % 3, static_cast<char>('b' + i)));
        ShortScan scan;
        for (std::size_t i = 0; i < number; ++i)
            scan.add(literals[i], static_cast<std::uint32_t>(i));
        for (std::size_t i = 0; i < number; ++i) {
            for (std::size_t place = 0; place < 40; ++place) {
                const std::string text =
                    std::string(place, '.') + literals[i] + std::string(place % 5, '.');
                const std::string padded = text + std::string(scan_padding, '\0');
                std::set<std::uint32_t> seen;
                scan.scan(std::string_view(padded).substr(0, text.size()),
                          [&](std::uint32_t id) { seen.insert(id); });
                CHECK(seen == std::set<std::uint32_t>{static_cast<std::uint32_t>(i)});
            }
        }
    }
}

TEST_CASE("what stands behind the end of a text is not part of it") {
    ShortScan scan;
    scan.add("ab", 0);
    const std::string padded = std::string("xxab") + std::string(scan_padding, '\0');
    bool seen = false;
    scan.scan(std::string_view(padded).substr(0, 3), [&](std::uint32_t) { seen = true; });
    CHECK_FALSE(seen);
}
