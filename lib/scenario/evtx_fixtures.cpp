#include "konseki/scenario/evtx_fixtures.h"

#include <utility>

#include "konseki/scenario/evtx_damage.h"
#include "konseki/scenario/evtx_hostile.h"
#include "konseki/scenario/windows_events.h"

namespace konseki::scenario::evtx {

namespace {
// 2019-04-17T01:02:03.1234567Z
constexpr std::uint64_t moment = 131'999'365'231'234'567;

struct Maker {
    Fixture about;
    Image (*make)();
};

Image windows_log() {
    WindowsHost host;
    Occasion at;
    std::vector<Record> records;
    const auto next = [&]() -> const Occasion& {
        at.record_id = records.size() + 1;
        at.time += 10'000'000;
        return at;
    };
    records.push_back(host.sysmon_process_create(next()));
    records.push_back(host.sysmon_network(next(), R"(C:\Windows\System32\cmd.exe)", "EXAMPLE\\佐藤",
                                          "203.0.113.9", "c2.example.test", 443));
    records.push_back(host.sysmon_dns(next(), R"(C:\Windows\System32\cmd.exe)", "c2.example.test",
                                      "::ffff:203.0.113.9;"));
    records.push_back(host.security_4688(next()));
    records.push_back(host.security_4624(next()));
    records.push_back(host.service_installed_7045(next()));
    records.push_back(host.powershell_4104(next(), "Write-Host '日本語'\r\n$a = 1 # <&>\"'"));
    records.push_back(host.log_cleared_1102(next()));
    return make_log(records);
}

/// A host and a process whose names try to command the terminal of whoever reads them.
Image escapes_log() {
    WindowsHost host("PC-\x1b]0;owned\x07\x1b[2J");
    ProcessCreate process;
    process.command_line = "=cmd|' /C calc'!A0 & echo \x1b[31mred\x1b[0m \u202etxt.exe\r\n";
    process.user = "EXAMPLE\\\x1b[8mhidden";
    return make_log({host.sysmon_process_create({}, process)});
}

Image named_values_log(const NamedValues& values) {
    WindowsHost host;
    const Kind kind{.provider = "Konseki-Scenario", .channel = "Application", .event_id = 1000};
    return make_log({host.event(kind, {}, values)});
}

Node event_tree(std::vector<Node> data) {
    Node system = element(
        "System", {empty_element("Provider", {{"Name", {text("Konseki-Scenario")}}}),
                   element("EventID", {text("1001")}), element("Channel", {text("Application")}),
                   element("Computer", {text("PC-経理-01.example.jp")})});
    std::vector<Node> children;
    children.push_back(std::move(system));
    children.push_back(element("EventData", std::move(data)));
    return element("Event", std::move(children));
}

Image templateless_log() {
    Record plain;
    plain.id = 1;
    plain.written = moment;
    plain.fragments = {fragment(event_tree(
        {element("Data", std::vector<Attribute>{{"Name", {text("名前")}}}, {text("値 & <値>")}),
         element("Data", {text("second")})}))};
    Record second = plain;
    second.id = 2;
    return make_log({plain, second});
}

Image markup_log() {
    Template all;
    all.guid[0] = 9;
    all.nodes = {
        event_tree({element("Data", {text("a"), entity_ref("amp"), text("b"), char_ref(0x65e5)}),
                    element("Data", {cdata("<c & d>")}),
                    element("Data", {pi("target", "data"), slot(0, Type::string)})})};
    return make_log({record(1, moment, Instance{&all, {value::string("値")}})});
}

Image nulls_log() {
    Template all;
    all.guid[0] = 10;
    all.nodes = {event_tree(
        {data_slot("normal", 0, Type::string),
         element("Data", {{"Name", {text("optional")}}}, {optional_slot(0, Type::string)}),
         depends_on(0, element("Data", {text("hangs on an absent value")})),
         depends_on(1, element("Data", {text("hangs on a value")})),
         element("Data", {{"Name", {optional_slot(0, Type::string)}}}, {text("no name")}),
         data_slot("empty", 2, Type::string)})};
    return make_log(
        {record(1, moment, Instance{&all, {value::null(), value::uint8(1), value::string("")}})});
}

Image wrapped_log() {
    Image image = process_log(200);
    // The oldest chunk stands in the middle: what a log looks like that began anew at its start.
    exchange_chunks(image, 0, image.chunk_count() / 2);
    return image;
}

Image slack_log() {
    WindowsHost host;
    Log log;
    const auto add = [&](std::uint64_t id) {
        Occasion at;
        at.record_id = id;
        at.time += id * 10'000'000;
        log.add(host.sysmon_process_create(
            at, {.command_line = "cmd.exe /c echo " + std::to_string(id)}));
    };
    for (std::uint64_t id = 101; id <= 110; ++id) add(id);
    for (std::uint64_t id = 36; id <= 40; ++id) add(id);  // of the log's former pass
    Image image = log.finish();
    make_slack(image, 0, 5);
    reseal(image);
    return image;
}

Image damaged(void (*damage)(Image&)) {
    Image image = process_log(120);
    damage(image);
    return image;
}

const std::vector<Maker>& makers() {
    static const std::vector<Maker> all = {
        {{"windows", "Sysmon 1, 3, 22; 4688; 4624; 7045; 4104; 1102 of a Japanese host"},
         windows_log},
        {{"escapes",
          "escape sequences, bidi marks and a formula in host, account and command line"},
         escapes_log},
        {{"hostile", "markup, control characters, bidi marks and endless names in every field"},
         hostile_log},
        {{"smallest", "one record, one template, one value"},
         [] { return smallest_log(value::string("v")); }},
        {{"empty", "a file header and nothing else"}, [] { return make_log({}); }},
        {{"nulls",
          "absent values in normal and optional substitutions, and an element hanging on one"},
         nulls_log},
        {{"types", "one value of each type"}, [] { return named_values_log(one_of_each_type()); }},
        {{"arrays", "one value of each array type"},
         [] { return named_values_log(one_of_each_array()); }},
        {{"templateless", "two records of plain BinXML"}, templateless_log},
        {{"markup", "entity and character references, CDATA, a processing instruction"},
         markup_log},
        {{"processes", "120 Sysmon process creations in several chunks"},
         [] { return process_log(120); }},
        {{"version32", "format 3.2"}, [] { return process_log(20, 1, {.minor_version = 2}); }},
        {{"no-checksums", "flag 4, checksum fields 0"},
         [] { return process_log(20, 1, {.flags = 4}); }},
        {{"no-tables", "chunk headers list no names and templates"},
         [] { return process_log(20, 1, {.tables = false}); }},
        {{"wrapped", "the oldest chunk stands in the middle"}, wrapped_log},
        {{"slack", "five records behind the free-space offset"}, slack_log},
        {{"stale-header", "dirty, the header names one chunk and 10 records"},
         [] { return damaged([](Image& image) { make_header_stale(image, 0, 1, 11); }); }},
        {{"cut", "cut in the middle of the last chunk"},
         [] {
             return damaged([](Image& image) { cut(image, image.bytes.size() - chunk_bytes / 2); });
         }},
        {{"record-size-0", "the second record says size 0"},
         [] { return damaged([](Image& image) { set_record_size(image, 1, 0); }); }},
        {{"record-size-huge", "the second record reaches past its chunk"},
         [] { return damaged([](Image& image) { set_record_size(image, 1, 0x7fffffff); }); }},
        {{"size-copy-wrong", "the copy of the second record's size is wrong"},
         [] { return damaged([](Image& image) { set_size_copy(image, 1, 8); }); }},
        {{"definition-outside", "the second record's template lies outside of the chunk"},
         [] { return damaged([](Image& image) { set_definition_offset(image, 1, 0x20000); }); }},
        {{"value-count-huge", "the second record claims 2^31 values"},
         [] { return damaged([](Image& image) { set_value_count(image, 1, 0x80000000); }); }},
        {{"bad-checksums", "checksums of the first chunk are wrong"},
         [] { return damaged([](Image& image) { break_chunk_checksums(image, 0); }); }},
        {{"chunk-magic", "magic of the second chunk is broken"},
         [] { return damaged([](Image& image) { break_chunk_magic(image, 1); }); }},
        {{"zeroed-chunk", "the second chunk is zeroes"},
         [] { return damaged([](Image& image) { zero_chunk(image, 1); }); }},
        {{"name-circle", "names link to each other in a circle"},
         [] { return damaged([](Image& image) { link_names_in_a_circle(image, 0); }); }},
        {{"doubling-bomb", "nested values that double with each of 40 levels"},
         [] { return doubling_bomb(40); }},
        {{"repeating-bomb", "one value of 20,000 bytes used 8,000 times"},
         [] { return repeating_bomb(8'000, 20'000); }},
        {{"deep-elements", "1,000 elements inside each other"},
         [] { return deep_elements(1'000); }},
        {{"deep-instances", "800 template instances inside each other"},
         [] { return deep_instances(800); }},
    };
    return all;
}
}  // namespace

std::vector<Fixture> fixtures() {
    std::vector<Fixture> list;
    for (const Maker& maker : makers()) list.push_back(maker.about);
    return list;
}

std::optional<Image> make_fixture(std::string_view name) {
    for (const Maker& maker : makers())
        if (maker.about.name == name) return maker.make();
    return std::nullopt;
}

Image smallest_log(const Value& value) {
    Template one;
    one.guid[0] = 1;
    one.nodes = {element("Event", {element("Data", {slot(0, value.type)})})};
    return make_log({record(1, moment, Instance{&one, {value}})});
}

Image process_log(std::uint64_t count, std::uint64_t first_id, LogOptions options) {
    WindowsHost host;
    Log log(options);
    for (std::uint64_t n = 0; n < count; ++n) {
        Occasion at;
        at.record_id = first_id + n;
        at.time += n * 10'000'000;
        log.add(host.sysmon_process_create(
            at, {.command_line = "cmd.exe /c echo " + std::to_string(first_id + n)}));
    }
    return log.finish();
}

NamedValues one_of_each_type() {
    return {{"string", value::string("文字列")},
            {"ansi", value::ansi("ansi text")},
            {"int8", value::int8(-128)},
            {"uint8", value::uint8(255)},
            {"int16", value::int16(-32'768)},
            {"uint16", value::uint16(65'535)},
            {"int32", value::int32(-2'147'483'647 - 1)},
            {"uint32", value::uint32(4'294'967'295)},
            {"int64", value::int64(INT64_MIN)},
            {"uint64", value::uint64(UINT64_MAX)},
            {"real32", value::real32(0.5f)},
            {"real64", value::real64(-1234.25)},
            {"boolean", value::boolean(1)},
            {"binary", value::binary(std::string_view("\x00\x01\xfe\xff", 4))},
            {"guid", value::guid("{2d4d81d2-94bd-4667-a2af-2343f9d83462}")},
            {"filetime", value::filetime(moment)},
            {"systemtime", value::systemtime({2019, 4, 3, 17, 1, 2, 3, 456})},
            {"sid", value::sid("S-1-5-21-1004336348-1177238915-682003330-1105")},
            {"hex32", value::hex32(0x1a4)},
            {"hex64", value::hex64(0x8020000000000000)}};
}

NamedValues one_of_each_array() {
    using namespace value;
    return {{"strings", strings({"一", "", "三"})},
            {"ansi strings", ansi_strings({"one", "two"})},
            {"int8", array({int8(-1), int8(2)})},
            {"uint8", array({uint8(97), uint8(99)})},
            {"int16", array({int16(-1), int16(2)})},
            {"uint16", array({uint16(1), uint16(65'535)})},
            {"int32", array({int32(-1), int32(2)})},
            {"uint32", array({uint32(1), uint32(4'294'967'295)})},
            {"int64", array({int64(-1), int64(2)})},
            {"uint64", array({uint64(1), uint64(2)})},
            {"real32", array({real32(0.5f), real32(-2)})},
            {"real64", array({real64(0.25), real64(3)})},
            {"boolean", array({boolean(0), boolean(1)})},
            {"guid", array({guid("{2d4d81d2-94bd-4667-a2af-2343f9d83462}"),
                            guid("{00000000-0000-0000-0000-000000000001}")})},
            {"filetime", array({filetime(moment), filetime(0)})},
            {"systemtime", array({systemtime({2019, 4, 3, 17, 1, 2, 3, 456})})},
            {"sid", array({sid("S-1-5-18"), sid("S-1-5-32-544")})},
            {"hex32", array({hex32(1), hex32(0x1a4)})},
            {"hex64", array({hex64(1), hex64(0xffffffffffffffff)})}};
}

}  // namespace konseki::scenario::evtx
