#include "konseki/base/time.h"

#include <doctest/doctest.h>

#include <limits>

using namespace konseki;

namespace {
std::string iso(std::int64_t ticks) { return to_iso(Time{ticks}); }
Zone zone(std::string_view text) { return *parse_zone(text); }
std::string parsed(std::string_view text, std::string_view in_zone = "UTC") {
    const Result<Time> time = parse_time(text, zone(in_zone));
    return time ? to_iso(*time) : "error: " + time.error().message;
}
}  // namespace

TEST_CASE("FILETIME ticks are written as UTC with seven digits") {
    CHECK(iso(0) == "1601-01-01T00:00:00.0000000Z");
    CHECK(iso(116'444'736'000'000'000) == "1970-01-01T00:00:00.0000000Z");
    // date -u -d 2019-04-17T01:02:03Z +%s = 1555462923
    CHECK(iso((1'555'462'923 + 11'644'473'600) * 10'000'000 + 1'234'567) ==
          "2019-04-17T01:02:03.1234567Z");
    CHECK(iso(-1) == "1600-12-31T23:59:59.9999999Z");
    // The largest FILETIME: 30828-09-14T02:48:05.4775807, printed with the last four digits.
    CHECK(iso(std::numeric_limits<std::int64_t>::max()) == "0828-09-14T02:48:05.4775807Z");
    CHECK(iso(std::numeric_limits<std::int64_t>::min()).size() == 28);
}

TEST_CASE("every day of 1200 years follows the one before") {
    Calendar last = to_calendar(Time{-400 * 366 * 864'000'000'000});
    for (std::int64_t day = -400 * 366 + 1; day < 800 * 365; ++day) {
        const Time time{day * 864'000'000'000};
        const Calendar now = to_calendar(time);
        const bool is_next_day = now.month == last.month && now.day == last.day + 1;
        const bool is_next_month =
            now.day == 1 && last.day >= 28 &&
            (now.month == last.month + 1 ||
             (now.month == 1 && last.month == 12 && now.year == last.year + 1));
        const Result<Time> back = from_calendar(now);
        if ((!is_next_day && !is_next_month) || !back || *back != time)
            FAIL("wrong at day " << day);
        last = now;
    }
}

TEST_CASE("leap years are Gregorian") {
    CHECK(parsed("2000-02-29") == "2000-02-29T00:00:00.0000000Z");
    CHECK(parsed("2024-02-29") == "2024-02-29T00:00:00.0000000Z");
    CHECK(parsed("1900-02-29").starts_with("error"));
    CHECK(parsed("2023-02-29").starts_with("error"));
    CHECK(parsed("1600-02-29") == "1600-02-29T00:00:00.0000000Z");
}

TEST_CASE("Unix times convert both ways, and extremes stay at the ends") {
    CHECK(Time::from_unix_seconds(0).ticks == 116'444'736'000'000'000);
    CHECK(to_iso(Time::from_unix_seconds(1'555'462'923)) == "2019-04-17T01:02:03.0000000Z");
    CHECK(Time::from_unix_seconds(-11'644'473'600).ticks == 0);
    CHECK(Time::from_unix_seconds(std::numeric_limits<std::int64_t>::max()).ticks ==
          std::numeric_limits<std::int64_t>::max());
    CHECK(Time::from_unix_seconds(std::numeric_limits<std::int64_t>::min()).ticks < 0);
    CHECK(Time::from_unix_seconds(5).unix_microseconds() == 5'000'000);
    CHECK(Time{116'444'735'999'999'999}.unix_microseconds() == -1);
    CHECK(Time::from_filetime(~std::uint64_t{0}).ticks == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("a zone is UTC, an offset or Asia/Tokyo") {
    CHECK(zone("Asia/Tokyo").offset_seconds == 9 * 3600);
    CHECK(zone("-03:30").offset_seconds == -(3 * 3600 + 1800));
    CHECK(zone("Z").name == "UTC");
    for (const std::string_view bad :
         {"", "Tokyo", "+9:00", "+0900", "+24:00", "+09:60", "+09:00x", "09:00"})
        CHECK_FALSE(parse_zone(bad));
    CHECK(parse_zone("Mars/Base").error().kind == ErrorKind::usage);
}

TEST_CASE("local time names its offset") {
    const Time time = *parse_time("2019-04-17T01:02:03.9Z", zone("UTC"));
    CHECK(to_local(time, zone("Asia/Tokyo")) == "2019-04-17 10:02:03 +09:00");
    CHECK(to_local(time, zone("UTC")) == "2019-04-17 01:02:03 +00:00");
    CHECK(to_local(time, zone("-03:30")) == "2019-04-16 21:32:03 -03:30");
    CHECK(to_local(Time{std::numeric_limits<std::int64_t>::max()}, zone("+09:00")).size() == 26);
}

TEST_CASE("times are read with the offset they name, else in the zone given") {
    CHECK(parsed("2019-04-17T10:02:03+09:00") == "2019-04-17T01:02:03.0000000Z");
    CHECK(parsed("2019-04-17T01:02:03.1234567Z", "+09:00") == "2019-04-17T01:02:03.1234567Z");
    CHECK(parsed("2019-04-17t01:02:03.5z") == "2019-04-17T01:02:03.5000000Z");
    CHECK(parsed("2019-04-17 10:02", "Asia/Tokyo") == "2019-04-17T01:02:00.0000000Z");
    CHECK(parsed("2019-04-17", "Asia/Tokyo") == "2019-04-16T15:00:00.0000000Z");
    CHECK(parsed("2019-04-17 10:02:03 +09:00") == "2019-04-17T01:02:03.0000000Z");
    CHECK(parsed("2019-04-17T01:02:03.123456789Z") == "2019-04-17T01:02:03.1234567Z");
    CHECK(parsed("2019-04-17T01:02:03-00:30") == "2019-04-17T01:32:03.0000000Z");
}

TEST_CASE("what is no time is refused with the text in the message") {
    for (const std::string_view bad :
         {"", "2019", "2019-4-17", "2019-13-01", "2019-04-31", "2019-04-17T24:00:00Z",
          "2019-04-17T10:60", "2019-04-17T10:00:60Z", "2019-04-17T", "2019-04-17T10",
          "2019-04-17T10:00:00.Z", "2019-04-17T10:00:00+9", "2019-04-17x",
          "2019-04-17 10:00 JST"}) {
        const Result<Time> time = parse_time(bad, zone("UTC"));
        REQUIRE_FALSE(time);
        CHECK(time.error().kind == ErrorKind::usage);
        CHECK(time.error().message.contains("\"" + std::string(bad) + "\""));
    }
}
