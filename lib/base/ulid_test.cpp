#include "konseki/base/ulid.h"

#include <doctest/doctest.h>

using konseki::make_ulid;
using konseki::parse_ulid;
using konseki::Time;
using konseki::to_text;
using konseki::Ulid;

// The example of the specification: 01ARZ3NDEKTSV4RRFFQ69G5FAV, made 2016-07-30T23:54:10.259Z.
TEST_CASE("a ULID is read and written as the specification's example") {
    const auto id = parse_ulid("01ARZ3NDEKTSV4RRFFQ69G5FAV");
    REQUIRE(id);
    CHECK(to_text(*id) == "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    CHECK(to_iso(id->time()) == "2016-07-30T23:54:10.2590000Z");
    CHECK(parse_ulid("01arz3ndektsv4rrffq69g5fav") == id);
}

TEST_CASE("the largest ULID is 7ZZ…, and what is larger is none") {
    Ulid largest;
    largest.bytes.fill(0xFF);
    CHECK(to_text(largest) == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    CHECK(parse_ulid("7ZZZZZZZZZZZZZZZZZZZZZZZZZ") == largest);
    CHECK_FALSE(parse_ulid("80000000000000000000000000"));
    CHECK_FALSE(parse_ulid("01ARZ3NDEKTSV4RRFFQ69G5FA"));
    CHECK_FALSE(parse_ulid("01ARZ3NDEKTSV4RRFFQ69G5FAVX"));
    CHECK_FALSE(parse_ulid("01ARZ3NDEKTSV4RRFFQ69G5FAU"));
    CHECK_FALSE(parse_ulid("01ARZ3NDEKTSV4RRFFQ69G5F V"));
}

TEST_CASE("ULIDs sort by the time of their making") {
    const Time early = Time::from_unix_seconds(1'554'044'400);
    const Time late{early.ticks + Time::per_second};
    const Ulid first =
        make_ulid(early, {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF});
    const Ulid second = make_ulid(late, {});
    CHECK(first < second);
    CHECK(to_text(first) < to_text(second));
    CHECK(first.time() == early);
    CHECK(make_ulid(Time{0}, {}).time() == Time::from_unix_seconds(0));
}
