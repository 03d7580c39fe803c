#include "row_sorter.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>

namespace konseki::examine {
namespace {

bool text_less(Bytes a, Bytes b) { return as_text(a) < as_text(b); }

std::vector<std::string> random_rows(std::size_t count, std::size_t longest) {
    std::mt19937 random(7);
    std::vector<std::string> rows(count);
    for (std::string& row : rows) {
        row.resize(random() % longest);
        for (char& c : row) c = static_cast<char>('a' + random() % 26);
    }
    return rows;
}

std::vector<std::string> sorted_by(RowSorter& sorter, const std::vector<std::string>& rows) {
    for (const std::string& row : rows) REQUIRE(sorter.add(as_bytes(row)).has_value());
    REQUIRE(sorter.finish().has_value());
    std::vector<std::string> out;
    Bytes row;
    for (;;) {
        const Result<bool> more = sorter.next(row);
        REQUIRE(more.has_value());
        if (!*more) return out;
        out.emplace_back(as_text(row));
    }
}

TEST_CASE("row sorter: rows come out in order whether they fit into memory or not") {
    const auto spill = SpillFile::create(std::filesystem::temp_directory_path());
    REQUIRE(spill.has_value());
    std::vector<std::string> rows = random_rows(5'000, 60);

    // 600 bytes make some 400 runs, more than are merged at once.
    for (const std::size_t buffer : {std::size_t{1} << 20, std::size_t{20'000}, std::size_t{600}}) {
        RowSorter sorter(**spill, text_less, buffer);
        const std::vector<std::string> got = sorted_by(sorter, rows);
        std::vector<std::string> want = rows;
        std::sort(want.begin(), want.end());
        CHECK(got == want);
    }
}

TEST_CASE("row sorter: a row longer than the buffer is kept whole") {
    const auto spill = SpillFile::create(std::filesystem::temp_directory_path());
    REQUIRE(spill.has_value());
    RowSorter sorter(**spill, text_less, 100);

    const std::vector<std::string> got =
        sorted_by(sorter, {std::string(50'000, 'b'), "c", std::string(70'000, 'a'), ""});

    REQUIRE(got.size() == 4);
    CHECK(got[0].empty());
    CHECK(got[1] == std::string(70'000, 'a'));
    CHECK(got[2] == std::string(50'000, 'b'));
    CHECK(got[3] == "c");
}

TEST_CASE("row sorter: no row is an empty stream") {
    const auto spill = SpillFile::create(std::filesystem::temp_directory_path());
    REQUIRE(spill.has_value());
    RowSorter sorter(**spill, text_less);

    CHECK(sorted_by(sorter, {}).empty());
}

TEST_CASE("spill: bytes across the border of two windows are joined") {
    const auto spill = SpillFile::create(std::filesystem::temp_directory_path());
    REQUIRE(spill.has_value());
    std::string text(3 * SpillReader::window_bytes, '.');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i % 23);
    REQUIRE((*spill)->append(as_bytes(text)).has_value());
    SpillReader reader(**spill);

    for (const std::size_t at : {std::size_t{0}, SpillReader::window_bytes - 3, text.size() - 9}) {
        const Result<Bytes> got = reader.read(at, 9);
        REQUIRE(got.has_value());
        CHECK(as_text(*got) == text.substr(at, 9));
    }
    CHECK_FALSE(reader.read(text.size() - 3, 9).has_value());
}

TEST_CASE("spill: a folder that does not exist is an error that names it") {
    const auto spill = SpillFile::create("/nonexistent/folder");

    REQUIRE_FALSE(spill.has_value());
    CHECK(spill.error().message.find("/nonexistent/folder") != std::string::npos);
}

}  // namespace
}  // namespace konseki::examine
