#include "konseki/findings/damage.h"

#include <doctest/doctest.h>

#include "konseki/findings/examination.h"

namespace konseki::findings {
namespace {

TEST_CASE("damage: which places are kept does not depend on the order of adding") {
    DamageList forwards(3), backwards(3);

    for (std::uint32_t i = 0; i < 20; ++i) forwards.add({i / 4, i % 4, 1, "torn"});
    for (std::uint32_t i = 20; i-- > 0;) backwards.add({i / 4, i % 4, 1, "torn"});

    CHECK(forwards.sorted() == backwards.sorted());
    REQUIRE(forwards.sorted().size() == 3);
    CHECK(forwards.sorted().back().offset == 2);
    CHECK(forwards.count() == 20);
}

TEST_CASE("damage: joined lists count everything and keep the first of both") {
    DamageList one(2), other(2);
    one.add({5, 0, 1, "late"});
    for (std::uint32_t i = 0; i < 9; ++i) other.add({i, 0, 1, "early"});

    one.add(other);

    CHECK(one.count() == 10);
    REQUIRE(one.sorted().size() == 2);
    CHECK(one.sorted()[1].item == 1);
}

TEST_CASE("span: a time that was never set, or of 1601, widens nothing") {
    Span span;
    span.add(Time{});
    CHECK_FALSE(span.first.has_value());

    span.add(Time::from_unix_seconds(1'600'000'020));
    span.add(Time::from_unix_seconds(1'600'000'010));
    span.add(Time{987'654'321});

    CHECK(span.first == Time::from_unix_seconds(1'600'000'010));
    CHECK(span.last == Time::from_unix_seconds(1'600'000'020));
}

}  // namespace
}  // namespace konseki::findings
