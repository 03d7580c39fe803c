#include "engine/pack.h"

#include <doctest/doctest.h>

#include "engine/test_batch.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

Rules sample_rules() {
    std::vector<sigma::Node> list;
    for (int i = 0; i < 20; ++i) list.push_back(contains("F", "value-" + std::to_string(i)));
    std::vector<sigma::Node> conditions;
    conditions.push_back(named("selection", any(std::move(list))));
    conditions.push_back(all({number("EventID", 1), no(regex("F", "val(ue|or)-[0-9]+$"))}));
    conditions.push_back(all({field_is("F", "*a?b~c*"), contains("", "keyword")}));
    sigma::Route route = route_to("C", {1, 2});
    sigma::Route::FieldMap map;
    map.sigma = "F";
    map.from = {"G"};
    map.values = {{"k", "v"}};
    map.only_if_absent = true;
    route.fields.push_back(map);
    return rules_of(std::move(conditions), {route});
}

TestLog sample_log() {
    TestLog log;
    log.add("C", "P", 1, {{"F", "x value-7 y"}});
    log.add("C", "P", 1, {{"G", "axb/c keyword"}});
    log.add("C", "P", 3, {{"F", "value-7"}});
    return log;
}

}  // namespace

TEST_CASE("rules read from a pack fire as the rules that were packed") {
    const Rules rules = sample_rules();
    const std::vector<std::string> expected{"0:0", "0:1", "1:1", "1:2"};
    REQUIRE(hits_of(rules, sample_log().batch) == expected);

    const std::vector<std::byte> pack = rules.to_pack();
    const Result<Rules> again = Rules::from_pack(pack);

    REQUIRE(again);
    CHECK(hits_of(*again, sample_log().batch) == expected);
    CHECK(again->info().at(1).id == "rule-1");
    CHECK(again->to_pack() == pack);
}

TEST_CASE("a correlation comes back from a pack with all that it says") {
    sigma::RuleBook book;
    sigma::Correlation join;
    join.info.id = "join";
    join.info.level = findings::Level::high;
    join.name = "n";
    join.type = sigma::CorrelationType::value_percentile;
    join.group_by = {"User", "Host"};
    join.timespan_ticks = 42;
    join.condition = {{sigma::Threshold::Op::lt, 2.5}};
    join.value_fields = {"Size"};
    join.percentile = 95;
    join.aliases = {{"User", {"A", ""}}};
    join.generate = true;
    join.expression = all({number("", 0), no(number("", 0))});
    join.rules = {0};
    book.correlations.push_back(join);
    book.order.push_back({true, 0});
    book.base_only.push_back(false);
    Flat flat = flatten(book, std::span<const sigma::Route>{});
    const Rules rules = Rules::from_body(make_body(std::move(book), std::move(flat)));

    const std::vector<std::byte> pack = rules.to_pack();
    const Result<Rules> again = Rules::from_pack(pack);

    REQUIRE(again);
    const sigma::Correlation& got = again->body().correlations.at(0);
    CHECK(got.info.level == findings::Level::high);
    CHECK(got.group_by == join.group_by);
    CHECK(got.timespan_ticks == 42);
    CHECK(got.condition.at(0).value == 2.5);
    CHECK(got.percentile == 95);
    CHECK(got.aliases == join.aliases);
    CHECK(got.generate);
    REQUIRE(got.expression);
    CHECK(got.expression->children.at(1).children.at(0).test.integer == 0);
    CHECK(again->to_pack() == pack);
}

TEST_CASE("a pack cut anywhere, or of another version, is refused") {
    const std::vector<std::byte> pack = sample_rules().to_pack();
    for (std::size_t size = 0; size < pack.size(); ++size) {
        // A copy of its own, so that a read past the end is seen by the sanitizer.
        std::vector<std::byte> cut(pack.begin(), pack.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK_FALSE(Rules::from_pack(cut));
        if (size >= 28) seal_pack(cut);
        CHECK_FALSE(Rules::from_pack(cut));
    }
    std::vector<std::byte> other = pack;
    other[8] = std::byte{0xff};
    CHECK_FALSE(Rules::from_pack(other));
}

TEST_CASE("a pack with a changed byte is refused, and harmless even with a checksum that fits") {
    const std::vector<std::byte> pack = sample_rules().to_pack();
    const TestLog log = sample_log();
    std::size_t accepted = 0;
    for (std::size_t at = 28; at < pack.size(); ++at) {
        for (const unsigned value : {0u, 1u, 0x7fu, 0xffu}) {
            std::vector<std::byte> changed = pack;
            if (changed[at] == static_cast<std::byte>(value)) continue;
            changed[at] = static_cast<std::byte>(value);
            CHECK_FALSE(Rules::from_pack(changed));
            seal_pack(changed);
            const Result<Rules> rules = Rules::from_pack(changed);
            if (!rules) continue;
            ++accepted;
            (void)hits_of(*rules, log.batch);
        }
    }
    CHECK(accepted > 0);
}
