#include "row.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace konseki;
using namespace konseki::traces;

namespace {

Row made_row(std::mt19937& random) {
    const auto pick = [&](std::uint32_t below) {
        return static_cast<std::uint32_t>(random() % below);
    };
    Row row{.type = TraceType::domain,
            .victim = false,
            .level = static_cast<std::uint8_t>(pick(6)),
            .first = Time{pick(50)},
            .last = Time{pick(50)},
            .count = 1 + pick(9),
            .value = "x.example.com",
            .domain = "example.com",
            .written = {},
            .hosts = {},
            .lines = {}};
    const Place place{static_cast<records::ItemId>(pick(4)), pick(40)};
    row.written.push_back({place, "spelling" + std::to_string(pick(7))});
    row.hosts.push_back("host" + std::to_string(pick(50)));
    row.lines.push_back(place);
    return row;
}

}  // namespace

TEST_CASE("row: any order and grouping of merging gives the same row") {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<Row> rows;
        for (std::size_t i = 0; i < 60; ++i) rows.push_back(made_row(random));
        Row want = rows[0];
        for (std::size_t i = 1; i < rows.size(); ++i) merge_into(want, Row(rows[i]));
        std::ranges::shuffle(rows, random);
        while (rows.size() > 1) {
            const std::size_t at = random() % (rows.size() - 1);
            merge_into(rows[at], std::move(rows[at + 1]));
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        }
        CHECK(rows[0] == want);
    }
}

TEST_CASE("row: what is encoded is decoded, and no shorter or changed bytes break the reader") {
    std::mt19937 random(8);
    Row row = made_row(random);
    for (int i = 0; i < 40; ++i) merge_into(row, made_row(random));
    std::vector<std::byte> bytes;
    encode(bytes, row);

    Bytes rest = bytes;
    Row back;
    REQUIRE(decode(rest, back));
    CHECK(rest.empty());
    CHECK(back == row);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Bytes cut = Bytes(bytes).first(size);
        CHECK(!decode(cut, back));
    }
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::vector<std::byte> changed = bytes;
        changed[at] ^= std::byte{0xff};
        Bytes view = changed;
        (void)decode(view, back);
    }
}

TEST_CASE("row: a value at every cap fits the size that readers count on") {
    Row row{.type = TraceType::url,
            .victim = true,
            .level = 5,
            .first = Time{-1},
            .last = Time{-1},
            .count = ~std::uint64_t{0},
            .value = std::string(max_value_bytes, 'v'),
            .domain = std::string(253, 'd'),
            .written = {},
            .hosts = {},
            .lines = {}};
    const Place place{records::ItemId{0xffffffff}, ~std::uint64_t{0}};
    for (std::size_t i = 0; i < max_written; ++i)
        row.written.push_back({place, std::string(max_shown_bytes, 'w')});
    for (std::size_t i = 0; i < max_hosts; ++i)
        row.hosts.push_back(std::string(max_host_bytes, 'h'));
    for (std::size_t i = 0; i < max_lines; ++i) row.lines.push_back(place);
    std::vector<std::byte> bytes;
    encode(bytes, row);
    CHECK(bytes.size() < max_row_bytes);
}
