#include "join/plan.h"

#include <doctest/doctest.h>

#include "join/table_test.h"

using namespace konseki::detect;
using namespace konseki::detect::join;
using sigma::CorrelationType;

TEST_CASE("join: the stem of a path is all but the extension of its last part") {
    CHECK(stem_of(R"(plan\a.b.docx)") == R"(plan\a.b)");
    CHECK(stem_of(R"(plan.old\a)") == R"(plan.old\a)");
    CHECK(stem_of("a.exe") == "a");
    CHECK(stem_of("").empty());
}

TEST_CASE("values survive packing, absent ones apart from empty ones") {
    const Values values{"host", std::nullopt, "", std::string("\0\xff", 2)};
    Values back;

    REQUIRE(unpack_values(pack_values(values), back));
    CHECK(back == values);
}

TEST_CASE("packed values that are cut are refused") {
    const std::string packed = pack_values({"host"});
    Values back;

    for (std::size_t size = 1; size < packed.size(); ++size)
        CHECK_FALSE(unpack_values(std::string_view(packed).substr(0, size), back));
}

TEST_CASE("an alias stands for each rule's own field, and for itself where a rule is not named") {
    auto rule = correlation_of(CorrelationType::temporal, {1, 2}, {"ip"}, 1, {});
    rule.aliases = {{"ip", {"SourceIp", ""}}};

    CHECK(field_at(rule, "ip", 0) == "SourceIp");
    CHECK(field_at(rule, "ip", 1) == "ip");
    CHECK(field_at(rule, "user", 0) == "user");
}

TEST_CASE("inner correlations come first and carry what outer ones need") {
    auto inner = correlation_of(CorrelationType::event_count, {1}, {"Computer"}, 5, {});
    auto outer = correlation_of(CorrelationType::temporal_ordered, {9, 2}, {"who"}, 7, {});
    outer.aliases = {{"who", {"User", "TargetUser"}}};
    const Plan plan({{&outer, 8, false}, {&inner, 9, true}});

    REQUIRE(plan.steps().size() == 2);
    CHECK(plan.steps()[0].number == 9);
    CHECK(plan.steps()[0].carried == std::vector<std::string>{"User"});
    CHECK(plan.steps()[0].parents == std::vector<std::uint32_t>{1});
    CHECK(plan.steps()[1].delay_ticks == 6);
    CHECK(plan.listeners(1) == std::vector<std::uint32_t>{0});
    CHECK(plan.listeners(2) == std::vector<std::uint32_t>{1});
    CHECK(plan.listeners(7).empty());
}

TEST_CASE("correlations in a circle do not hang") {
    auto a = correlation_of(CorrelationType::temporal, {9, 1}, {}, 5, {});
    auto b = correlation_of(CorrelationType::temporal, {8, 2}, {}, 5, {});

    CHECK(Plan({{&a, 8, false}, {&b, 9, false}}).steps().size() == 2);
}

TEST_CASE("numbers are decimal or 0x hex, whole or not") {
    CHECK(number_of("12") == 12);
    CHECK(number_of("-1.5") == -1.5);
    CHECK(number_of("0x1F") == 31);
    CHECK_FALSE(number_of(""));
    CHECK_FALSE(number_of("12 "));
    CHECK_FALSE(number_of("0x"));
    CHECK_FALSE(number_of("inf"));
    CHECK_FALSE(number_of("nan"));
}
