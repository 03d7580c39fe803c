#include "sigma/log_sources.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "konseki/detect/log_sources.h"
#include "sigma/test_book.h"
#include "sigma/tree_text.h"

using namespace konseki::detect::sigma;

namespace {

/// `channel:ids` of each route.
std::vector<std::string> places(const LogSource& source) {
    const LogSources sources = windows_log_sources();
    const auto routes = sources.routes(source);
    if (!routes) return {"unknown"};
    std::vector<std::string> out;
    for (const Route* route : *routes) {
        std::string text = route->channel;
        for (const std::uint32_t id : route->event_ids) text += ":" + std::to_string(id);
        if (route->condition.kind != Node::Kind::always) text += " " + to_text(route->condition);
        out.push_back(text);
    }
    return out;
}

const Route::FieldMap* field(const LogSources& sources, const LogSource& source, std::size_t route,
                             std::string_view name) {
    const auto routes = sources.routes(source);
    REQUIRE(routes);
    const auto& fields = routes->at(route)->fields;
    const auto found = std::ranges::find(fields, name, &Route::FieldMap::sigma);
    return found == fields.end() ? nullptr : &*found;
}

std::string fault(const std::string& text) {
    const auto sources = LogSources::parse(text);
    REQUIRE(!sources);
    return sources.error().message;
}

using Places = std::vector<std::string>;
using How = Route::FieldMap::How;

const std::string sysmon = "microsoft-windows-sysmon/operational";

}  // namespace

TEST_CASE("log sources: categories are Sysmon's events and those of Windows' own logs") {
    CHECK(places({"windows", "process_creation", ""}) == Places{sysmon + ":1", "security:4688"});
    CHECK(places({"", "process_creation", ""}) == Places{sysmon + ":1", "security:4688"});
    CHECK(places({"windows", "registry_event", ""}) ==
          Places{sysmon + ":12:13:14", "security:4657"});
    CHECK(places({"windows", "registry_add", ""}) ==
          Places{sysmon + ":12 EventType:createkey", "security:4657 OperationType:%%1904"});
    CHECK(places({"windows", "registry_delete", ""}) ==
          Places{sysmon + ":12 (or EventType:deletekey EventType:deletevalue)",
                 "security:4657 OperationType:%%1906"});
    CHECK(
        places({"windows", "ps_script", ""}) ==
        Places{"microsoft-windows-powershell/operational:4104", "powershellcore/operational:4104"});
    CHECK(places({"", "antivirus", ""}).size() == 1);
    CHECK(places({"windows", "", ""}) == Places{""});
}

TEST_CASE("log sources: a category within a service keeps what both have") {
    CHECK(places({"windows", "process_creation", "sysmon"}) == Places{sysmon + ":1"});
    CHECK(places({"windows", "process_creation", "security"}) == Places{"security:4688"});
    CHECK(places({"windows", "process_creation", "system"}).empty());
}

TEST_CASE("log sources: both spellings of channels and prefixes are there") {
    CHECK(places({"windows", "", "dns-server-audit"}) ==
          Places{"microsoft-windows-dnsserver/audit", "microsoft-windows-dns-server/audit"});
    CHECK(places({"windows", "", "dns-client"}).size() == 2);
    CHECK(places({"windows", "", "hyper-v-worker"}) == Places{"microsoft-windows-hyper-v-worker*"});
    CHECK(places({"windows", "", "microsoft-servicebus-client"}) ==
          places({"windows", "", "servicebus-client"}));
}

TEST_CASE("log sources: unknown is told apart from known but in no event log") {
    const LogSources sources = windows_log_sources();

    CHECK(!sources.routes({"windows", "", "no-such"}));
    CHECK(!sources.routes({"plan9", "process_creation", ""}));
    CHECK(sources.routes({"windows", "file_access", ""})->empty());
    CHECK(sources.why_none({"windows", "file_access", ""}).starts_with("only a trace"));
    CHECK(sources.routes({"linux", "process_creation", ""})->empty());
    CHECK(sources.why_none({"linux", "process_creation", ""}) == "Linux has other logs");
    CHECK(sources.routes({"", "dns", ""})->empty());
}

TEST_CASE("log sources: fields of 4688, 4657 and 5156 answer to Sysmon's names") {
    const LogSources sources = windows_log_sources();

    CHECK(field(sources, {"windows", "process_creation", ""}, 0, "Image") == nullptr);
    CHECK(field(sources, {"windows", "process_creation", ""}, 1, "Image")->from ==
          Places{"NewProcessName"});
    const auto* level = field(sources, {"windows", "process_creation", ""}, 1, "IntegrityLevel");
    CHECK(level->how == How::table);
    CHECK(level->values[4] == std::pair<std::string, std::string>{"s-1-16-12288", "High"});
    const auto* object = field(sources, {"windows", "registry_set", ""}, 1, "TargetObject");
    CHECK(object->how == How::join_backslash);
    CHECK(object->from == Places{"ObjectName", "ObjectValueName"});
    const auto* initiated = field(sources, {"windows", "network_connection", ""}, 1, "Initiated");
    CHECK(initiated->values[1] == std::pair<std::string, std::string>{"%%14593", "true"});
}

TEST_CASE("log sources: unnamed Data is reached by line and by position") {
    const LogSources sources = windows_log_sources();

    const auto* host = field(sources, {"windows", "ps_classic_start", ""}, 0, "HostApplication");
    CHECK(host->how == How::key_value);
    CHECK(host->key == "HostApplication");
    CHECK(host->from == Places{"Data"});
    const auto* code = field(sources, {"windows", "", "application"}, 0, "ExceptionCode");
    CHECK(code->how == How::position);
    CHECK(code->position == 7);
    CHECK(code->only_if_absent);
    const auto* device = field(sources, {"windows", "", "security"}, 0, "ShadowDeviceName");
    CHECK(device->position == 10);
}

TEST_CASE("log sources: fields are known by list, by map and in every event") {
    const LogSources sources = windows_log_sources();

    CHECK(sources.knows_field({"windows", "process_creation", ""}, "OriginalFileName"));
    CHECK(sources.knows_field({"windows", "process_creation", ""}, "EventID"));
    CHECK(sources.knows_field({"windows", "process_creation", ""}, "Source"));
    CHECK(!sources.knows_field({"windows", "process_creation", ""}, "image"));
    CHECK(!sources.knows_field({"windows", "process_creation", ""}, "CommandLin"));
    CHECK(sources.knows_field({"windows", "ps_classic_start", ""}, "HostApplication"));
    CHECK(sources.knows_field({"windows", "", "taskscheduler"}, "Anything"));
}

TEST_CASE("log sources: a fault of the file names its line and what is wrong") {
    const std::string begin = "version: 1\nsources:\n";

    CHECK(fault("sources: []\n") == "log sources, line 1: `version: 1` is missing");
    CHECK(fault(begin + "- product: x\n") ==
          "log sources, line 3: a source needs either `events` or `none` with the reason");
    CHECK(fault(begin + "- produkt: x\n") ==
          "log sources, line 3: unknown key `produkt` in a source");
    CHECK(fault(begin + "- product: x\n  events:\n  - chanel: y\n") ==
          "log sources, line 5: unknown key `chanel` in an event");
    CHECK(fault(begin + "- product: x\n  events:\n  - event_id: y\n") ==
          "log sources, line 5: `y` is no whole number from 0");
    CHECK(fault(begin + "- events: [{fields: {a: {value: 0, of: b}}}]\n") ==
          "log sources, line 3: values are counted from 1");
    CHECK(fault(begin + "- events: [{fields: {a: {value: 1}}}]\n") ==
          "log sources, line 3: `of` goes with `line` and `value`, which need it");
    CHECK(fault(begin + "- events: [{fields: {a: {table: b}}}]\n") ==
          "log sources, line 3: `values` goes with `table`, which needs it");
    CHECK(fault(begin + "- events: [{fields: {a: {}}}]\n") ==
          "log sources, line 3: one of field, join, table, line and value must say how the field "
          "is made");
    CHECK(fault(begin + "- events: [{field_set: x}]\n") ==
          "log sources, line 3: unknown field set `x`");
    CHECK(fault(begin + "- events: [{where: {a|b: c}}]\n") ==
          "log sources, line 3: unknown modifier `b`");
    CHECK(fault("a: [\n").starts_with("log sources, line 2: YAML: "));
}

namespace {

std::string windows_table() {
    const std::filesystem::path here(__FILE__);
    return file_text(here.parent_path() / "../../../rules/windows-logsources.yml");
}

/// The table of the product with own sources behind it.
LogSources extended(const std::string& own) {
    const auto text = konseki::detect::extend_log_sources(windows_table(), own, "own.yml");
    REQUIRE_MESSAGE(text, (text ? "" : text.error().message));
    auto sources = LogSources::parse(*text);
    REQUIRE(sources);
    return std::move(*sources);
}

std::vector<std::string> channels(const LogSources& sources, const LogSource& source) {
    std::vector<std::string> out;
    if (const auto routes = sources.routes(source))
        for (const Route* route : *routes) out.push_back(route->channel);
    return out;
}

std::string own_fault(const std::string& own) {
    const auto text = konseki::detect::extend_log_sources(windows_table(), own, "own.yml");
    return text ? "" : text.error().message;
}

const std::string own_begin = "version: 1\nsources:\n";

}  // namespace

TEST_CASE("own log sources: a new source is added, and the built-in ones stay") {
    const LogSources sources = extended(
        own_begin + "- product: Contoso\n  service: App\n  events: [{channel: Contoso/Admin}]\n");

    CHECK(channels(sources, {"contoso", "", "app"}) == std::vector<std::string>{"contoso/admin"});
    CHECK(sources.entries().size() == windows_log_sources().entries().size() + 1);
    CHECK(channels(sources, {"windows", "", "security"}).size() == 2);
}

TEST_CASE("own log sources: a source takes the place of the built-in one of the same names") {
    const LogSources sources =
        extended(own_begin +
                 "- {product: windows, service: wmi, fields: [Only], events: [{channel: Mine}]}\n"
                 "- {product: linux, events: [{channel: Syslog}]}\n");

    CHECK(channels(sources, {"windows", "", "wmi"}) == std::vector<std::string>{"mine"});
    CHECK(!sources.knows_field({"windows", "", "wmi"}, "Operation"));
    CHECK(channels(sources, {"linux", "", ""}) == std::vector<std::string>{"syslog"});
    CHECK(sources.entries().size() == windows_log_sources().entries().size());
}

TEST_CASE(
    "own log sources: field sets of the table can be used, and aliases hold for all sources") {
    const LogSources sources = extended(
        "---\nversion: 1\naliases: {Machine: Computer, Source: Channel}\nsources:\n"
        "- {product: x, events: [{channel: y, field_set: registry_audit}]}\n");

    CHECK(field(sources, {"x", "", ""}, 0, "Image")->from ==
          std::vector<std::string>{"ProcessName"});
    CHECK(field(sources, {"windows", "", "system"}, 1, "Machine")->only_if_absent);
    CHECK(field(sources, {"windows", "", "system"}, 1, "Source")->from ==
          std::vector<std::string>{"Channel"});
    CHECK(sources.knows_field({"windows", "process_creation", ""}, "Machine"));
}

TEST_CASE("own log sources: a fault names the person's file and the line in it") {
    CHECK(own_fault("") == "own.yml:1: the file holds no document");
    CHECK(own_fault("sources: []\n") == "own.yml:1: `version: 1` is missing");
    CHECK(own_fault("\xEF\xBB\xBF# mine\n---\n" + own_begin + "- produkt: x\n") ==
          "own.yml:5: unknown key `produkt` in a source");
    CHECK(own_fault(own_begin + "- [\n").starts_with("own.yml:4: YAML: "));
    CHECK(own_fault(own_begin + "- {product: x, events: [{field_set: none}]}\n") ==
          "own.yml:3: unknown field set `none`");
}

TEST_CASE("own log sources: lists that multiply each other are refused, not made") {
    std::string names = "a0";
    for (int i = 1; i < 2000; ++i) names += ", a" + std::to_string(i);
    CHECK(own_fault(own_begin + "- {service: [" + names + "], events: [{channel: [" + names +
                    "]}]}\n") == "own.yml:3: too many names, channels and fields");
    // Events without a channel cost what their fields do.
    std::string set, events;
    for (int i = 0; i < 1000; ++i) set += "    a" + std::to_string(i) + ": b\n";
    for (int i = 0; i < 1000; ++i)
        events += "      - {field_set: wide, event_id: " + std::to_string(i) + "}\n";
    CHECK(own_fault("version: 1\nfield_sets:\n  wide:\n" + set +
                    "sources:\n  - service: x\n    events:\n" + events)
              .ends_with("too many names, channels and fields"));
    std::string aliases;
    for (int i = 0; i < 100; ++i) aliases += "  a" + std::to_string(i) + ": b\n";
    CHECK(own_fault("version: 1\naliases:\n" + aliases + "sources: []\n") ==
          "own.yml:65: too many aliases");
}
