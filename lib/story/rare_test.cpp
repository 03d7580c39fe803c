#include "konseki/story/rare.h"

#include <doctest/doctest.h>

namespace konseki::story {
namespace {

using traces::TraceType;

traces::TraceLine trace(TraceType type, std::string value, std::vector<std::string> hosts,
                        std::int64_t day, std::uint8_t level) {
    traces::TraceLine line;
    line.type = type;
    line.value = std::move(value);
    line.hosts = std::move(hosts);
    line.first = line.last = Time::from_unix_seconds(1'600'000'000 + day * 86'400);
    line.count = 1;
    line.level = level;
    return line;
}

}  // namespace

TEST_CASE("rare: what one host alone has, with findings first, then the youngest") {
    RareBuilder builder(40);
    builder.add(trace(TraceType::service, "old", {"PC1"}, 1, 0));
    builder.add(trace(TraceType::service, "young", {"PC1"}, 9, 0));
    builder.add(trace(TraceType::task, "found", {"PC2"}, 0, 4));
    builder.add(trace(TraceType::service, "usual", {"PC1", "PC2"}, 9, 4));
    builder.add(trace(TraceType::file_name, "a.exe", {"PC3"}, 5, 0));
    builder.add(trace(TraceType::file_name, "a.docx", {"PC3"}, 5, 0));
    builder.add(trace(TraceType::domain, "example.jp", {"PC3"}, 5, 4));

    const std::vector<Rare> rare = builder.finish();

    CHECK(builder.count() == 4);
    REQUIRE(rare.size() == 4);
    CHECK(rare[0].value == "found");
    CHECK(rare[1].value == "young");
    CHECK(rare[2].value == "a.exe");
    CHECK(rare[3].value == "old");
}

TEST_CASE("rare: a few hosts do not tell what is usual") {
    RareBuilder builder(4);
    builder.add(trace(TraceType::service, "x", {"PC1"}, 1, 4));
    CHECK(builder.finish().empty());
}

TEST_CASE("rare: of a flood the youngest are kept and all are counted") {
    RareBuilder builder(5);
    for (int i = 0; i < 5'000; ++i)
        builder.add(trace(TraceType::service, "s" + std::to_string(i), {"PC1"}, i, 0));

    const std::vector<Rare> rare = builder.finish();

    CHECK(builder.count() == 5'000);
    REQUIRE(rare.size() == RareBuilder::max_kept);
    CHECK(rare.front().value == "s4999");
    CHECK(rare.back().value == "s4000");
}

}  // namespace konseki::story
