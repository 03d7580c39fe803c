#include "entry.h"

#include <doctest/doctest.h>

#include <string>

#include "entry_codec.h"
#include "konseki/base/text.h"

namespace konseki::examine {
namespace {

TEST_CASE("entry: why a rule fired comes back as it was written") {
    detect::Explanation explanation;
    explanation.matched.push_back({"Image", "C:\\a.exe", "*\\a.exe"});
    explanation.unchecked.push_back({"filter_main", {"ParentImage", "User"}});
    std::vector<std::byte> bytes;
    append_hit_entry(bytes, explanation);

    findings::Finding finding;
    REQUIRE(read_hit_entry(bytes, finding).has_value());

    REQUIRE(finding.matched.size() == 1);
    CHECK(finding.matched[0] == findings::MatchedValue{"Image", "C:\\a.exe", "*\\a.exe"});
    REQUIRE(finding.unchecked.size() == 1);
    CHECK(finding.unchecked[0].fields == std::vector<std::string>{"ParentImage", "User"});
}

TEST_CASE("entry: a long value is cut between code points and says so") {
    detect::Explanation explanation;
    std::string kana;
    for (int i = 0; i < 1'000; ++i) kana += "\xe3\x81\x82";
    explanation.matched.push_back({"Data", kana, "x"});
    std::vector<std::byte> bytes;
    append_hit_entry(bytes, explanation);

    findings::Finding finding;
    REQUIRE(read_hit_entry(bytes, finding).has_value());

    const std::string& value = finding.matched.at(0).value;
    CHECK(value.size() <= max_value_bytes);
    CHECK(value.size() > max_value_bytes - 6);
    CHECK(is_valid_utf8(value));
    CHECK(value.ends_with("\xe3\x81\x82\xe2\x80\xa6"));
}

TEST_CASE("entry: every cut of an entry is refused and never read past") {
    detect::JoinedFinding joined;
    joined.count = 300;
    joined.events.push_back({.time = Time{-5}, .item = 3, .offset = 1ull << 40, .record_id = 7});
    joined.fields.emplace_back("Computer", "host");
    std::vector<std::byte> bytes;
    append_joined_entry(bytes, joined);

    findings::Finding whole;
    REQUIRE(read_joined_entry(bytes, whole).has_value());
    CHECK(whole.events.at(0).time == Time{-5});
    CHECK(whole.events.at(0).offset == 1ull << 40);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        findings::Finding part;
        CHECK_FALSE(read_joined_entry(Bytes(bytes).first(size), part).has_value());
    }
}

TEST_CASE("entry: a row for correlations comes back as it was written") {
    const detect::JoinRow row{{Time{9}, 1, 2, 3, 4, true}, 5, 6, std::string("a\0b", 3)};
    std::vector<std::byte> bytes;
    append_join_row(bytes, row);

    const Result<detect::JoinRow> back = read_join_row(bytes);

    REQUIRE(back.has_value());
    CHECK(back->place.time == Time{9});
    CHECK(back->place.host == 4);
    CHECK(back->place.recovered);
    CHECK(back->correlation == 6);
    CHECK(back->keys == row.keys);
}

}  // namespace
}  // namespace konseki::examine
