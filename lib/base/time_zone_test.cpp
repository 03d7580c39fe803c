#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "konseki/base/bytes.h"
#include "konseki/base/time.h"
#include "time_zone_rule.h"

using namespace konseki;

namespace {

std::string big(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<char>(value >> (8 * i)));
    return out;
}

std::string header(std::size_t times, std::size_t types, std::size_t leaps = 0) {
    return "TZif2" + std::string(15, '\0') + big(0, 4) + big(0, 4) + big(leaps, 4) + big(times, 4) +
           big(types, 4) + big(4, 4);
}

struct MadeChange {
    std::int64_t unix_seconds;
    char type;
};
std::string block(const std::vector<MadeChange>& changes, const std::vector<std::int32_t>& offsets,
                  int time_bytes) {
    std::string out;
    for (const MadeChange& change : changes)
        out += big(static_cast<std::uint64_t>(change.unix_seconds), time_bytes);
    for (const MadeChange& change : changes) out.push_back(change.type);
    for (const std::int32_t offset : offsets)
        out += big(static_cast<std::uint32_t>(offset), 4) + std::string(2, '\0');
    return out + std::string("LMT\0", 4);
}

/// A zone file of version 2 whose first block, which is to be skipped, says something else.
std::string tzif(const std::vector<MadeChange>& changes, const std::vector<std::int32_t>& offsets,
                 const std::string& rule) {
    return header(1, 1) + block({{5, 0}}, {12'345}, 4) + header(changes.size(), offsets.size()) +
           block(changes, offsets, 8) + "\n" + rule + "\n";
}

/// Half an hour east until 2000-01-01, then an hour, by rule from 2010-01-01 on.
std::string made_zone() {
    return tzif({{946'684'800, 1}, {1'262'304'000, 1}}, {1'800, 3'600},
                "CET-1CEST,M3.5.0,M10.5.0/3");
}

Zone zone_of(const std::string& bytes) {
    const Result<Zone> zone = read_zone("Made/Up", as_bytes(bytes));
    REQUIRE_MESSAGE(zone, (zone ? "" : zone.error().message));
    return *zone;
}
std::string shown(const Zone& zone, std::string_view utc) {
    return to_local(*parse_time(utc, Zone{}), zone);
}
std::string utc(const Zone& zone, std::string_view local) {
    return to_iso(*parse_time(local, zone)).substr(0, 19);
}

}  // namespace

TEST_CASE("zone file: changes hold from their second on, the first type before them") {
    const Zone zone = zone_of(made_zone());

    CHECK(zone.name == "Made/Up");
    CHECK(shown(zone, "1999-12-31T23:59:59Z") == "2000-01-01 00:29:59 +00:30");
    CHECK(shown(zone, "2000-01-01T00:00:00Z") == "2000-01-01 01:00:00 +01:00");
    CHECK(shown(zone, "2009-07-01T00:00:00Z") == "2009-07-01 01:00:00 +01:00");
}

TEST_CASE("zone file: behind the last change the rule holds, to the second and for far years") {
    const Zone zone = zone_of(made_zone());

    CHECK(shown(zone, "2021-03-28T00:59:59Z") == "2021-03-28 01:59:59 +01:00");
    CHECK(shown(zone, "2021-03-28T01:00:00Z") == "2021-03-28 03:00:00 +02:00");
    CHECK(shown(zone, "2021-10-31T00:59:59Z") == "2021-10-31 02:59:59 +02:00");
    CHECK(shown(zone, "2021-10-31T01:00:00Z") == "2021-10-31 02:00:00 +01:00");
    CHECK(shown(zone, "2150-07-01T00:00:00Z") == "2150-07-01 02:00:00 +02:00");
}

TEST_CASE(
    "zone file: a time of the clocks is the first of two, or counts from before where there was "
    "none") {
    const Zone zone = zone_of(made_zone());

    CHECK(utc(zone, "2021-07-01 02:00") == "2021-07-01T00:00:00");
    CHECK(utc(zone, "2021-10-31 02:30") == "2021-10-31T00:30:00");
    CHECK(utc(zone, "2021-10-31 03:00") == "2021-10-31T02:00:00");
    CHECK(utc(zone, "2021-03-28 02:30") == "2021-03-28T01:30:00");
    CHECK(utc(zone, "2021-03-28T02:30:00+05:00") == "2021-03-27T21:30:00");
}

TEST_CASE("zone file: offsets are cut to whole minutes, so that time and offset give UTC again") {
    CHECK(shown(zone_of(tzif({}, {3'208}, "")), "1880-01-01T00:00:00Z") ==
          "1880-01-01 00:53:00 +00:53");
    CHECK(shown(zone_of(tzif({}, {-3'208}, "")), "1880-01-01T00:00:00Z") ==
          "1879-12-31 23:07:00 -00:53");
}

TEST_CASE("zone file: the first block alone counts in version 1") {
    std::string bytes = header(1, 2) + block({{0, 1}}, {0, 7'200}, 4);
    bytes[4] = '\0';
    CHECK(shown(zone_of(bytes), "1969-12-31T23:59:59Z") == "1969-12-31 23:59:59 +00:00");
    CHECK(shown(zone_of(bytes), "1970-01-01T00:00:00Z") == "1970-01-01 02:00:00 +02:00");
}

TEST_CASE("zone file: every beginning of one is refused, and no changed byte does harm") {
    const std::string whole = made_zone();
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE(read_zone("x", as_bytes(whole.substr(0, size))));
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const int flip : {1, 0x80, 0xff}) {
            std::string bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ flip);
            if (const Result<Zone> zone = read_zone("x", as_bytes(bytes)); zone)
                CHECK(to_local(Time{}, *zone).size() == 26);
        }
}

TEST_CASE("zone file: what makes no sense is refused") {
    const auto reason = [](const std::string& bytes) {
        const Result<Zone> zone = read_zone("x", as_bytes(bytes));
        return zone ? "" : zone.error().message;
    };
    CHECK(reason(std::string(200, 'x')) == "this is no zone file");
    CHECK(reason(tzif({{2, 0}, {1, 0}}, {0}, "")) == "changes that are not in order of time");
    CHECK(reason(tzif({{2, 1}}, {0}, "")) == "a change to a type that is not there");
    CHECK(reason(tzif({}, {86'400}, "")) == "an offset of a day or more");
    CHECK(reason(tzif({}, {0}, "AAA-23:59BBB,J1,J2")) ==
          "the rule at the end of a zone file makes no sense");
    CHECK(reason(tzif({}, {0}, "CET-1CEST")) ==
          "the rule at the end of a zone file makes no sense");
    CHECK(reason(header(0, 1, 1)) == "a zone file that counts leap seconds");
}

TEST_CASE("zone rule: weeks, days of the year with and without leap days, and odd hours") {
    const auto first_changes = [](std::string_view text) {
        const auto rule = parse_zone_rule(text);
        REQUIRE(rule);
        std::vector<OffsetChange> changes{{*parse_time("2024-01-15", Zone{}), 0}};
        append_yearly_changes(*rule, changes);
        return to_iso(changes[1].from).substr(0, 16) + ' ' + to_iso(changes[2].from).substr(0, 16);
    };
    CHECK(first_changes("NZST-12NZDT,M9.5.0,M4.1.0/3") == "2024-04-06T14:00 2024-09-28T14:00");
    CHECK(first_changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0") == "2024-03-31T01:00 2024-10-27T01:00");
    CHECK(first_changes("AAA0BBB,J60/0,J365/0") == "2024-03-01T00:00 2024-12-30T23:00");
    CHECK(first_changes("AAA0BBB,59/0,365/0") == "2024-02-29T00:00 2024-12-30T23:00");
    CHECK(first_changes("IST-1GMT0,M10.5.0,M3.5.0/1") == "2024-03-31T01:00 2024-10-27T01:00");
    for (const char* bad :
         {"", "C-1", "CET", "CET-25", "CET-1CEST,M13.1.0,M10.5.0", "CET-1CEST,M3.5.0",
          "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,J0,J1", "<+01-1", "CET-1 "})
        CHECK_FALSE(parse_zone_rule(bad));
}

TEST_CASE("zone name: letters and parts, never a way out of the folder") {
    for (const char* good :
         {"Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+9", "UTC", "EST5EDT"})
        CHECK(is_zone_name(good));
    for (const char* bad : {"", "/etc/passwd", "../../etc/passwd", "Europe/../x", "Europe//Berlin",
                            "Europe/", ".", "a.b", "a/b/c/d/e", "a b"})
        CHECK_FALSE(is_zone_name(bad));
    CHECK_FALSE(is_zone_name(std::string(65, 'a')));
}

TEST_CASE("zone file: Europe/Berlin of the system is read as it is, where there is one") {
    std::ifstream file("/usr/share/zoneinfo/Europe/Berlin", std::ios::binary);
    if (!file) return;
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const Zone zone = zone_of(bytes);

    CHECK(shown(zone, "2019-07-01T00:00:00Z") == "2019-07-01 02:00:00 +02:00");
    CHECK(shown(zone, "2019-12-01T00:00:00Z") == "2019-12-01 01:00:00 +01:00");
    CHECK(shown(zone, "1945-06-15T00:00:00Z") == "1945-06-15 03:00:00 +03:00");
    CHECK(shown(zone, "2099-07-01T00:00:00Z") == "2099-07-01 02:00:00 +02:00");
}
