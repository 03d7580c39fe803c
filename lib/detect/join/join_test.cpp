#include "konseki/detect/join.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "join/plan.h"
#include "konseki/detect/rules.h"

namespace konseki::detect {
namespace {

/// A rule and two correlations over it, which are numbers 1 and 2.
Rules rules() {
    const std::string base =
        "title: base\nname: base\nlogsource: {product: windows, category: made}\n"
        "detection:\n  s:\n    A: x\n  condition: s\n";
    const auto joined = [](const std::string& name) {
        return "title: " + name +
               "\ncorrelation:\n  type: event_count\n  rules: [base]\n  group-by: [User]\n"
               "  timespan: 1h\n  condition: {gte: 2}\n";
    };
    return Rules::compile(
        {{"t", "a.yml", base}, {"t", "b.yml", joined("flooded")}, {"t", "c.yml", joined("quiet")}},
        {"version: 1\nsources:\n  - {product: windows, category: made, events: "
         "[{channel: Made}]}\n",
         {}});
}

JoinRow row(std::uint32_t correlation, const std::string& user) {
    JoinRow made;
    made.place.time = Time{130'000'000'000'000'000};
    made.correlation = correlation;
    made.keys = join::pack_values({user});
    return made;
}

TEST_CASE("joiner: the memory cap's losses are told of the correlation that had them") {
    const Rules compiled = rules();
    REQUIRE(compiled.problems().empty());
    std::uint64_t findings = 0;
    Joiner joiner(compiled, [&](JoinedFinding&&) { ++findings; });
    // A group of 4 KiB each, of which half as many again are open at once as there is room for.
    constexpr std::uint64_t groups = Joiner::max_group_bytes / 4'096 * 3 / 2;

    for (std::uint64_t i = 0; i < groups; ++i)
        joiner.take(row(1, std::to_string(i) + std::string(4'096, 'x')));
    joiner.take(row(2, "ann"));
    joiner.take(row(2, "ann"));
    joiner.finish();

    const std::vector<JoinLoss> losses = joiner.losses();
    CHECK(findings == 1);
    REQUIRE(losses.size() == 1);
    CHECK(losses[0].rule == 1);
    CHECK(losses[0].groups > groups / 3);
    CHECK(losses[0].groups < groups);
    CHECK_FALSE(losses[0].is_forgetful);
}

TEST_CASE("joiner: where all finds room nothing is lost") {
    const Rules compiled = rules();
    Joiner joiner(compiled, [](JoinedFinding&&) {});

    joiner.take(row(1, "ann"));
    joiner.finish();

    CHECK(joiner.losses().empty());
}

}  // namespace
}  // namespace konseki::detect
