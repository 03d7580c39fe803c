#include "engine/test_batch.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;
using Map = sigma::Route::FieldMap;

namespace {

bool fires_mapped(const Map& map, sigma::Node node, const TestLog& log) {
    sigma::Route route = route_to("C");
    route.fields.push_back(map);
    std::vector<sigma::Node> nodes;
    nodes.push_back(std::move(node));
    return !hits_of(rules_of(std::move(nodes), {route}), log.batch).empty();
}

TestLog one(const std::vector<Put>& fields) {
    TestLog log;
    log.add("C", "P", 1, fields);
    return log;
}

}  // namespace

TEST_CASE("a field is found by its name without blanks and by its path") {
    const TestLog log = one({{"Threat Name", "evil"}, {"Plain", "x"}});
    CHECK(fires(field_is("ThreatName", "evil"), log.batch));
    CHECK(fires(field_is("Threat Name", "evil"), log.batch));
    CHECK(fires(field_is("EventData.Plain", "x"), log.batch));
    CHECK(fires(field_is("Event.EventData.Plain", "x"), log.batch));
    CHECK(fires(field_is("Event.System.Channel", "C"), log.batch));
    CHECK(fires(field_is("System.Provider.Name", "P"), log.batch));
    CHECK_FALSE(fires(field_is("plain", "x"), log.batch));
}

TEST_CASE("Source means the provider unless the event has a field of that name") {
    CHECK(fires(field_is("Source", "P"), one({{"A", "x"}}).batch));
    CHECK_FALSE(fires(field_is("Source", "P"), one({{"Source", "own"}}).batch));
    CHECK(fires(field_is("Source", "own"), one({{"Source", "own"}}).batch));
}

TEST_CASE("single hashes are cut out of Hashes") {
    const TestLog log = one({{"Hashes", "SHA1=AB,MD5=0123,SHA256=FF,IMPHASH=77"}});
    CHECK(fires(field_is("md5", "0123"), log.batch));
    CHECK(fires(field_is("sha1", "ab"), log.batch));
    CHECK(fires(field_is("sha256", "ff"), log.batch));
    CHECK(fires(field_is("imphash", "77"), log.batch));
    CHECK_FALSE(fires(field_is("md5", "ab"), log.batch));
    CHECK(fires(field_is("md5", "0123"), one({{"md5", "0123"}}).batch));
}

TEST_CASE("a registry path is joined, with the roots as rules write them") {
    Map map{.sigma = "TargetObject",
            .how = Map::How::join_backslash,
            .from = {"ObjectName", "ObjectValueName"},
            .values = {},
            .key = {}};
    const TestLog log =
        one({{"ObjectName", "\\REGISTRY\\MACHINE\\Software\\Run"}, {"ObjectValueName", "evil"}});
    CHECK(fires_mapped(map, field_is("TargetObject", "HKLM\\Software\\Run\\evil"), log));
    const TestLog user =
        one({{"ObjectName", "\\REGISTRY\\USER\\S-1-5-18"}, {"ObjectValueName", ""}});
    CHECK(fires_mapped(map, field_is("TargetObject", "HKU\\S-1-5-18"), user));
    const TestLog alone = one({{"ObjectName", "\\REGISTRY\\MACHINERY"}});
    CHECK(fires_mapped(map, field_is("TargetObject", "\\REGISTRY\\MACHINERY"), alone));
}

TEST_CASE("a table gives its value or makes the field absent") {
    Map map{.sigma = "IntegrityLevel",
            .how = Map::How::table,
            .from = {"MandatoryLabel"},
            .values = {{"s-1-16-12288", "High"}},
            .key = {}};
    CHECK(fires_mapped(map, field_is("IntegrityLevel", "high"),
                       one({{"MandatoryLabel", "S-1-16-12288"}})));
    CHECK(fires_mapped(map, of_kind(sigma::Test::Kind::is_null, "IntegrityLevel"),
                       one({{"MandatoryLabel", "S-1-16-0"}})));
}

TEST_CASE("a field is taken from lines key=value and from a position of unnamed data") {
    Map lines{.sigma = "HostApplication",
              .how = Map::How::key_value,
              .from = {"Data"},
              .values = {},
              .key = "HostApplication"};
    const TestLog log =
        one({{"Data", "first"}, {"Data", "\tHostName=h\r\n\tHostApplication = ps -x=1 \r\n"}});
    CHECK(fires_mapped(lines, field_is("HostApplication", "ps -x=1"), log));
    CHECK_FALSE(fires_mapped(lines, field_is("HostApplication", "h"), log));
    Map place{.sigma = "Path",
              .how = Map::How::position,
              .from = {"Data"},
              .values = {},
              .key = {},
              .position = 2};
    const TestLog items = one({{"Data", "a"}, {"Data", "b"}});
    CHECK(fires_mapped(place, field_is("Path", "b"), items));
    place.position = 3;
    CHECK_FALSE(fires_mapped(place, field_is("Path", "*"), items));
}

TEST_CASE("a map may give way to a field of the Sigma name itself") {
    Map map{.sigma = "User",
            .how = Map::How::rename,
            .from = {"SubjectUserName"},
            .values = {},
            .key = {},
            .position = 0,
            .only_if_absent = true};
    CHECK(fires_mapped(map, field_is("User", "own"),
                       one({{"User", "own"}, {"SubjectUserName", "other"}})));
    CHECK(fires_mapped(map, field_is("User", "other"), one({{"SubjectUserName", "other"}})));
    map.only_if_absent = false;
    CHECK(fires_mapped(map, field_is("User", "other"),
                       one({{"User", "own"}, {"SubjectUserName", "other"}})));
}

TEST_CASE("text that is not UTF-8 is searched with the bad bytes replaced") {
    const TestLog log = one({{"F", std::nullopt,
                              records::Value::utf8("ab\xff"
                                                   "cd")}});
    CHECK(fires(regex("F", "ab.cd"), log.batch));
    CHECK(fires(contains("F", "cd"), log.batch));
}

TEST_CASE("numbers, parts of times and other fields are compared") {
    TestLog log = one({{"N", "0x10"},
                       {"D", "-3.5"},
                       {"T", "2024-12-30T23:05:00.0000000Z"},
                       {"A", "Abc"},
                       {"B", "aBC"},
                       {"L", "xabcx"}});
    const auto compare = [&](const char* field, sigma::Compare how, double number,
                             sigma::TimePart part = {}) {
        sigma::Node node = of_kind(sigma::Test::Kind::compare, field);
        node.test.compare = how;
        node.test.number = number;
        node.test.time_part = part;
        return fires(std::move(node), log.batch);
    };
    CHECK(compare("N", sigma::Compare::greater_equal, 16));
    CHECK_FALSE(compare("N", sigma::Compare::greater, 16));
    CHECK(compare("D", sigma::Compare::less, -3));
    CHECK_FALSE(compare("A", sigma::Compare::less, 1e9));
    CHECK(compare("T", sigma::Compare::greater, 22, sigma::TimePart::hour));
    // 2024-12-30 is a Monday of the week with 2025's first Thursday (ISO 8601).
    CHECK(compare("T", sigma::Compare::less_equal, 1, sigma::TimePart::week));

    const auto refers = [&](const char* one_field, sigma::Test::RefKind how, const char* other) {
        sigma::Node node = of_kind(sigma::Test::Kind::field_ref, one_field);
        node.test.ref_kind = how;
        node.test.other_field = other;
        return fires(std::move(node), log.batch);
    };
    CHECK(refers("A", sigma::Test::RefKind::equals, "B"));
    CHECK(refers("L", sigma::Test::RefKind::contains, "A"));
    CHECK_FALSE(refers("L", sigma::Test::RefKind::starts_with, "A"));
    CHECK_FALSE(refers("A", sigma::Test::RefKind::equals, "Missing"));
    CHECK_FALSE(refers("Missing", sigma::Test::RefKind::equals, "Missing"));
}
