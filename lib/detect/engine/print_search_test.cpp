#include "engine/print_search.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace konseki;
using namespace konseki::detect;

namespace {

using Find = PrintPlaces (*)(const PrintTables&, Bytes, std::size_t);

std::vector<std::size_t> all_places(Find find, const PrintTables& tables, Bytes bytes,
                                    std::size_t& end) {
    std::vector<std::size_t> out;
    for (PrintPlaces found = find(tables, bytes, 0);; found = find(tables, bytes, end)) {
        end = found.at + found.width;
        if (found.bits == 0) return out;
        for (std::size_t i = 0; i < found.width; ++i)
            if (((found.bits >> i) & 1) != 0) out.push_back(found.at + i);
    }
}

}  // namespace

TEST_CASE("prints are found at the same bytes with and without wide instructions") {
    std::mt19937 random(1);
    PrintTables tables;
    tables.add(0, 'a', 1);
    tables.add(1, 'b', 1);
    tables.add(0, ':', 2);
    tables.add(1, ':', 2);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::byte> bytes(random() % 400);
        for (std::byte& each : bytes) each = static_cast<std::byte>("ab:\0"[random() % 4]);
        for (const Find find : {find_prints, find_prints_plainly}) {
            std::size_t end = 0;
            const std::vector<std::size_t> got = all_places(find, tables, bytes, end);
            std::vector<std::size_t> expected;
            for (std::size_t at = 0; at < end; ++at)
                if ((tables.at(0, bytes[at]) & tables.at(1, bytes[at + 2])) != 0)
                    expected.push_back(at);
            CHECK(got == expected);
            CHECK(end + search_slack > bytes.size());
        }
    }
}
