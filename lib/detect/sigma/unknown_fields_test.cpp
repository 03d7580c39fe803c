#include <doctest/doctest.h>

#include <algorithm>

#include "konseki/detect/lint.h"
#include "sigma/test_book.h"

using namespace konseki::detect;

namespace {

std::string log_sources() {
    const std::filesystem::path here(__FILE__);
    return sigma::file_text(here.parent_path() / "../../../rules/windows-logsources.yml");
}

/// `line: field` of each unknown field of a rule with this log source and detection.
std::vector<std::string> unknown(const std::string& source, const std::string& detection) {
    std::vector<std::string> lines;
    const std::string text = "title: t\nlogsource: {" + source + "}\ndetection:\n" + detection;
    for (const UnknownField& found : unknown_fields({{"set", "a.yml", text}}, log_sources()))
        lines.push_back(std::to_string(found.rule.line) + ": " + found.field);
    return lines;
}

using Lines = std::vector<std::string>;
const std::string process_creation = "product: windows, category: process_creation";

}  // namespace

TEST_CASE("unknown fields: each is named once with its first line, in lists of maps as well") {
    CHECK(unknown(process_creation,
                  "  a:\n    ComandLine|contains: x\n    Image: y\n"
                  "  b:\n  - Imge: x\n  - ComandLine: y\n  condition: a or b\n") ==
          Lines{"5: ComandLine", "8: Imge"});
}

TEST_CASE("unknown fields: names are compared with their case, as rules are matched") {
    CHECK(unknown(process_creation, "  a:\n    commandline: x\n  condition: a\n") ==
          Lines{"5: commandline"});
}

TEST_CASE("unknown fields: the field that fieldref names is one") {
    CHECK(unknown(process_creation, "  a:\n    User|fieldref: ParentUsr\n  condition: a\n") ==
          Lines{"5: ParentUsr"});
}

TEST_CASE(
    "unknown fields: keywords, common fields and fields that a log is known to lack are none") {
    CHECK(unknown(process_creation,
                  "  a:\n    '|all': [x, y]\n    EventID: 1\n    System.Computer: x\n"
                  "    GrandParentImage: z\n  b: [word]\n  condition: a and b\n")
              .empty());
}

TEST_CASE("unknown fields: where the table lists no names nothing is said") {
    CHECK(unknown("product: windows, service: taskscheduler", "  a: {Any: x}\n  condition: a\n")
              .empty());
    CHECK(unknown("product: windows", "  a: {Any: x}\n  condition: a\n").empty());
    CHECK(unknown("product: linux", "  a: {Any: x}\n  condition: a\n").empty());
    CHECK(unknown("product: nowhere", "  a: {Any: x}\n  condition: a\n").empty());
}

TEST_CASE("unknown fields: the names to choose from are those of the log source and of all logs") {
    const auto found = unknown_fields(
        {{"set", "a.yml",
          "title: t\nlogsource: {" + process_creation + "}\ndetection: {a: {Imge: x}}\n"}},
        log_sources());

    REQUIRE(found.size() == 1);
    CHECK(std::ranges::count(found[0].known, "Image") == 1);
    CHECK(std::ranges::count(found[0].known, "EventID") == 1);
    CHECK(std::ranges::count(found[0].known, "TargetObject") == 0);
}

TEST_CASE("unknown fields: rules for a whole service know the names of all its events") {
    const std::string sysmon = "product: windows, service: sysmon";
    CHECK(unknown(sysmon, "  a: {TargetObject: x, QueryName: y, Datails: z}\n  condition: a\n") ==
          Lines{"4: Datails"});
    CHECK(unknown("product: windows, service: powershell-classic",
                  "  a: {HostApplication: x, HostAplication: y}\n  condition: a\n") ==
          Lines{"4: HostAplication"});
}
