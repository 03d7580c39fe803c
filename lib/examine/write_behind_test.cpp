#include "konseki/examine/write_behind.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

namespace konseki::examine {
namespace {

TEST_CASE("write behind: jobs are done in the order in which they were added") {
    for (const unsigned threads : {1u, 2u}) {
        std::string text;
        WriteBehind lane(threads);
        std::uint64_t last = 0;
        for (int i = 0; i < 1'000; ++i)
            last = lane.add([&text, i] {
                text += static_cast<char>('a' + i % 26);
                return Result<void>{};
            });

        REQUIRE(lane.wait(last).has_value());
        REQUIRE(text.size() == 1'000);
        for (std::size_t i = 0; i < text.size(); ++i)
            CHECK(text[i] == static_cast<char>('a' + i % 26));
    }
}

TEST_CASE("write behind: after a failure no job is done, and every wait tells the first one") {
    for (const unsigned threads : {1u, 2u}) {
        int after = 0;
        WriteBehind lane(threads);
        const std::uint64_t bad =
            lane.add([] { return Result<void>(fail(Error::io("write x", 28))); });
        const std::uint64_t thrown = lane.add([&]() -> Result<void> {
            ++after;
            throw std::runtime_error("never");
        });

        const Result<void> one = lane.wait(bad), other = lane.wait(thrown);

        REQUIRE_FALSE(one.has_value());
        REQUIRE_FALSE(other.has_value());
        CHECK(other.error().message == one.error().message);
        CHECK(after == 0);
    }
}

TEST_CASE("write behind: an exception of a job is its failure") {
    for (const unsigned threads : {1u, 2u}) {
        WriteBehind lane(threads);
        const std::uint64_t job =
            lane.add([]() -> Result<void> { throw std::runtime_error("no memory"); });

        const Result<void> result = lane.wait(job);

        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().message.find("no memory") != std::string::npos);
    }
}

TEST_CASE("write behind: its end waits for what was added") {
    int done = 0;
    {
        WriteBehind lane(2);
        for (int i = 0; i < 100; ++i)
            lane.add([&done] {
                ++done;
                return Result<void>{};
            });
    }
    CHECK(done == 100);
}

}  // namespace
}  // namespace konseki::examine
