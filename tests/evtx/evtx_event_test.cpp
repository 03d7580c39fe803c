// Traps of what events mean (numbers: docs/formats/evtx-traps.md), and the made events of Windows.

#include <doctest/doctest.h>

#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/windows_events.h"
#include "reading.h"

using namespace konseki;
using namespace konseki::test;
namespace value = made::value;
using Texts = std::vector<std::string>;

namespace {
const made::Kind plain{.provider = "Konseki-Scenario", .channel = "Application", .event_id = 1000};

std::unique_ptr<ReadFile> read_records(std::vector<made::Record> records) {
    auto file = read_file(made::make_log(records));
    REQUIRE(file->records.size() == records.size());
    CHECK(file->damage_text() == "");
    return file;
}
}  // namespace

TEST_CASE("trap 34: a name that comes twice keeps both values, in log order") {
    made::WindowsHost host;
    const auto file = read_records({host.event(plain, {},
                                               {{"LogonGuid", value::string("first")},
                                                {"Other", value::string("o")},
                                                {"LogonGuid", value::string("second")}})});

    CHECK(file->records[0].all("LogonGuid") == Texts{"first", "second"});
}

TEST_CASE("trap 34: unnamed Data keeps every value, in log order") {
    made::WindowsHost host;
    const auto file = read_records({host.event(plain, {},
                                               {{"", value::string("a")},
                                                {"", value::string("b")},
                                                {"", value::string("")},
                                                {"", value::uint32(4)}})});

    CHECK(file->records[0].all("Data") == Texts{"a", "b", "", "4"});
}

TEST_CASE("trap 34: ComplexData is a field of its own") {
    made::Template one;
    one.guid[0] = 1;
    one.nodes = {made::element(
        "Event",
        {made::element(
            "EventData",
            {made::data_slot("A", 0, made::Type::string),
             made::element("ComplexData", std::vector<made::Attribute>{{"Name", {made::text("C")}}},
                           {made::slot(1, made::Type::string)})})})};
    const auto file =
        read_records({made::record(1, 1, {&one, {value::string("a"), value::string("c")}})});

    CHECK(file->records[0].get("A") == "a");
    CHECK(file->records[0]
              .at("Event/EventData/ComplexData[@Name='C']")
              .value_or(file->records[0].at("Event/EventData/ComplexData").value_or("(absent)")) ==
          "c");
}

TEST_CASE("trap 35: host and channel belong to the record, not to the file") {
    made::WindowsHost one("PC-01.example.jp"), two("sv-02.example.test");
    made::Kind forwarded = plain;
    forwarded.channel = "ForwardedEvents";
    const auto file =
        read_records({one.event(plain, {.record_id = 1}, {{"A", value::string("1")}}),
                      two.event(forwarded, {.record_id = 2}, {{"A", value::string("2")}})});
    const auto system = [&](std::size_t i, std::uint16_t records::SystemFields::* which) {
        const ReadRecord& read = file->records[i];
        return records::to_text(read.batch->field(*read.record, read.record->shape->system.*which));
    };

    CHECK(system(0, &records::SystemFields::computer) == "PC-01.example.jp");
    CHECK(system(1, &records::SystemFields::computer) == "sv-02.example.test");
    CHECK(system(0, &records::SystemFields::channel) == "Application");
    CHECK(system(1, &records::SystemFields::channel) == "ForwardedEvents");
}

TEST_CASE("trap 36: fields of UserData have their plain names, whatever element wraps them") {
    made::WindowsHost host;
    const auto file = read_records({host.log_cleared_1102({})});

    CHECK(file->records[0].get("EventID") == "1102");
    CHECK(file->records[0].get("SubjectUserName") == "佐藤");
    CHECK(file->records[0].get("SubjectDomainName") == "EXAMPLE");
    CHECK(file->records[0].at("Event/UserData/LogFileCleared/SubjectUserName") == "佐藤");
}

TEST_CASE("trap 37: fields go by their names where another provider version puts them elsewhere") {
    made::WindowsHost host;
    const auto file = read_records(
        {host.event(plain, {.record_id = 1},
                    {{"A", value::string("a")}, {"B", value::string("b")}}),
         host.event(
             plain, {.record_id = 2},
             {{"New", value::string("n")}, {"A", value::string("a")}, {"B", value::string("b")}})});

    for (const ReadRecord& read : file->records) {
        CHECK(read.get("A") == "a");
        CHECK(read.get("B") == "b");
    }
}

TEST_CASE("trap 38: an empty computer or channel is allowed") {
    made::WindowsHost nameless("");
    made::Kind kind = plain;
    kind.channel = "";
    const auto file = read_records({nameless.event(kind, {}, {{"A", value::string("a")}})});

    CHECK(file->records[0].get("Computer").value_or("") == "");
    CHECK(file->records[0].get("Channel").value_or("") == "");
    CHECK(file->records[0].get("A") == "a");
}

TEST_CASE("an event's time is TimeCreated, also where the record header says 1601") {
    made::WindowsHost host;
    made::Record record = host.event(plain, {}, {{"A", value::string("a")}});
    record.written = 0;
    const auto file = read_records({record});

    CHECK(to_iso(file->records[0].record->time) == "2019-04-17T01:02:03.1234567Z");
}

TEST_CASE("without TimeCreated the record header's time is the event's") {
    const auto file = read_records({made::record(1, 131'999'365'231'234'567, [] {
        static const made::Template one = [] {
            made::Template made;
            made.nodes = {made::element("Event", {made::element("Data", {made::text("x")})})};
            return made;
        }();
        return made::Instance{&one, {}};
    }())});

    CHECK(to_iso(file->records[0].record->time) == "2019-04-17T01:02:03.1234567Z");
}

TEST_CASE("a process creation of Sysmon gives System and every field under its name") {
    made::WindowsHost host;
    const auto file = read_records({host.sysmon_process_create({.record_id = 77})});
    const ReadRecord& read = file->records[0];

    CHECK(read.record->record_id == 77);
    CHECK(read.get("Provider_Name") == "Microsoft-Windows-Sysmon");
    CHECK(read.get("EventID") == "1");
    CHECK(read.get("Channel") == "Microsoft-Windows-Sysmon/Operational");
    CHECK(read.get("Computer") == "PC-経理-01.example.jp");
    CHECK(read.get("EventRecordID") == "77");
    CHECK(read.get("Keywords") == "0x8000000000000000");
    CHECK(read.at("Event/System/TimeCreated/@SystemTime") == "2019-04-17T01:02:03.1234567Z");
    CHECK(read.at("Event/System/Security/@UserID") == "S-1-5-18");
    CHECK_FALSE(read.at("Event/System/Correlation/@ActivityID").has_value());
    CHECK(read.get("UtcTime") == "2019-04-17 01:02:03.123");
    CHECK(read.get("Image") == "C:\\Windows\\System32\\cmd.exe");
    CHECK(read.get("CommandLine") == "cmd.exe /c whoami");
    CHECK(read.get("CurrentDirectory") == "C:\\Users\\佐藤\\");
    CHECK(read.get("LogonId") == "0x13e7f");
    CHECK(read.get("ProcessId") == "4711");
    CHECK(read.get("ParentUser") == "EXAMPLE\\佐藤");
}

TEST_CASE("logon, service, script and process events give their own fields") {
    made::WindowsHost host;
    const auto file = read_records(
        {host.security_4624({.record_id = 1}), host.service_installed_7045({.record_id = 2}),
         host.powershell_4104({.record_id = 3}, "Write-Host '日本語' <&>"),
         host.security_4688({.record_id = 4})});

    CHECK(file->records[0].get("TargetUserName") == "佐藤");
    CHECK(file->records[0].get("LogonType") == "3");
    CHECK(file->records[0].get("IpAddress") == "192.0.2.17");
    CHECK(file->records[0].get("SubjectUserSid") == "S-1-0-0");
    CHECK_FALSE(file->records[0].at("Event/System/Security/@UserID").has_value());
    CHECK(file->records[1].get("ServiceName") == "更新サービス");
    CHECK(file->records[1].at("Event/System/EventID/@Qualifiers") == "16384");
    CHECK(file->records[2].get("ScriptBlockText") == "Write-Host '日本語' <&>");
    CHECK(file->records[3].get("NewProcessId") == "0x1267");
    CHECK(file->records[3].get("MandatoryLabel") == "S-1-16-12288");
}
