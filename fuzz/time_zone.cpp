// A zone file: read, shown with and read back.

#include <cstdint>

#include "konseki/base/time.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace konseki;
    const Result<Zone> zone = read_zone("Made/Up", std::as_bytes(std::span(data, size)));
    if (!zone) return 0;
    for (std::size_t i = 1; i < zone->changes.size(); ++i)
        require(zone->changes[i - 1].from <= zone->changes[i].from, "changes are in order of time");
    constexpr std::int64_t step = 12'345 * std::int64_t{86'400} * Time::per_second;
    for (Time time; time.ticks < 20 * step; time.ticks += step) {
        const std::string shown = to_local(time, *zone);
        const Result<Time> back = parse_time(shown, Zone{});
        require(back.has_value(), "a time that is shown can be read");
        require(back->ticks / Time::per_second == time.ticks / Time::per_second,
                "a time and its offset give UTC again");
        require(parse_time(shown.substr(0, 19), *zone).has_value(), "a time of its clocks is one");
    }
    return 0;
}
