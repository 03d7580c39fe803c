// Writes the seed corpora of the EVTX targets: fuzz_seeds FOLDER (that holds evtx_reader/ and binxml/).

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "konseki/scenario/evtx_damage.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/windows_events.h"

namespace evtx = konseki::scenario::evtx;

namespace {
struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

bool save(const std::string& path, std::span<const std::byte> bytes) {
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "wb"));
    return file && std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
}

/// The used part of the first chunk, at most `limit` bytes.
std::span<const std::byte> used(const evtx::Image& image, std::size_t limit) {
    std::size_t size = 0;
    for (const evtx::RecordPlace& record : image.records)
        if (record.offset < evtx::header_bytes + evtx::chunk_bytes)
            size = std::max<std::size_t>(size, record.offset + record.size - evtx::header_bytes);
    return std::span(image.bytes).subspan(evtx::header_bytes, std::min(size, limit));
}
/// The BinXML of a record behind the one with which the target's chunk begins.
bool save_second(const std::string& path, evtx::WindowsHost& host, const evtx::Record& second) {
    const evtx::Record first =
        host.sysmon_process_create({}, {.command_line = "cmd.exe /c echo 1"});
    const evtx::Image image = evtx::make_log({first, second});
    const evtx::RecordPlace& record = image.records.at(1);
    return save(path, std::span(image.bytes).subspan(record.offset + 24, record.size - 28));
}

bool save_binxml(const std::string& folder) {
    evtx::WindowsHost host;
    const evtx::Kind kind{
        .provider = "Konseki-Scenario", .channel = "Application", .event_id = 1000};
    evtx::Record plain;
    plain.fragments = {evtx::fragment(evtx::element(
        "Event",
        {evtx::element("System", {evtx::element("EventID", {evtx::text("1")})}),
         evtx::element("EventData",
                       {evtx::element("Data", {evtx::cdata("<>"), evtx::entity_ref("amp"),
                                               evtx::char_ref(65), evtx::pi("t", "d")})})}))};
    evtx::Value two =
        evtx::value::nested({evtx::fragment(evtx::element("EventData", {evtx::text("a")})),
                             evtx::fragment(evtx::empty_element("RenderingInfo"))});
    return save_second(folder + "/types", host, host.event(kind, {}, evtx::one_of_each_type())) &&
           save_second(folder + "/arrays", host, host.event(kind, {}, evtx::one_of_each_array())) &&
           save_second(folder + "/user-data", host, host.log_cleared_1102({})) &&
           save_second(folder + "/service", host, host.service_installed_7045({})) &&
           save_second(folder + "/known-template", host, host.sysmon_process_create({})) &&
           save_second(folder + "/two-fragments", host, host.with_body(kind, {}, two)) &&
           save_second(folder + "/plain", host, plain);
}
}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const std::string folder = arguments[1];
    for (const char* name :
         {"smallest", "types", "arrays", "templateless", "markup", "nulls", "windows", "slack",
          "record-size-0", "definition-outside", "value-count-huge", "name-circle"}) {
        const evtx::Image image = *evtx::make_fixture(name);
        if (!save(folder + "/evtx_reader/" + name, used(image, 14'000))) return 1;
    }
    if (!save(folder + "/evtx_reader/doubling", used(evtx::doubling_bomb(6), 4'000))) return 1;
    if (!save(folder + "/evtx_reader/deep", used(evtx::deep_elements(20), 4'000))) return 1;
    if (!save(folder + "/evtx_reader/deep-values", used(evtx::deep_instances(20), 4'000))) return 1;
    return save_binxml(folder + "/binxml") ? 0 : 1;
}
