#include "entry.h"

#include <doctest/doctest.h>

#include <string>

namespace konseki::examine {
namespace {

TEST_CASE("entry: what is shown of a record and a hit comes back as it was written") {
    const std::string fields = R"({"Image":"C:\\a.exe"})";
    std::vector<std::byte> record, hit;
    append_record_entry(record, {"CORP\\ann", "", fields, "[]", 70'000});
    append_hit_entry(hit, {{"[1]", "[2]", "Image=x"}, true});

    const Result<findings::RecordText> text = read_record_entry(record);
    const Result<HitText> why = read_hit_entry(hit);

    REQUIRE(text.has_value());
    CHECK(text->account == "CORP\\ann");
    CHECK(text->log.empty());
    CHECK(text->fields == fields);
    CHECK(text->traces == "[]");
    CHECK(text->event_record_id == 70'000);
    REQUIRE(why.has_value());
    CHECK(why->is_unchecked);
    CHECK(why->text.matched == "[1]");
    CHECK(why->text.unchecked == "[2]");
    CHECK(why->text.message == "Image=x");
}

TEST_CASE("entry: every cut of an entry is refused and never read past") {
    detect::JoinedFinding joined;
    joined.count = 300;
    joined.events.push_back({.time = Time{-5}, .item = 3, .offset = 1ull << 40, .record_id = 7});
    joined.fields.emplace_back("Computer", "host");
    std::vector<std::byte> bytes;
    findings::MatchText said;
    said.says_ja = "端末";
    said.says_en = "host";
    append_joined_entry(bytes, joined, {{}, {}, R"({"Computer":"host"})", "[]"}, said);

    findings::Finding whole;
    const Result<std::string_view> group = read_joined_entry(bytes, whole);
    REQUIRE(group.has_value());
    CHECK(*group == "Computer=host\n");
    CHECK(whole.count == 300);
    CHECK(whole.record.fields == R"({"Computer":"host"})");
    CHECK(whole.match.says_ja == "端末");
    CHECK(whole.match.says_en == "host");
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
