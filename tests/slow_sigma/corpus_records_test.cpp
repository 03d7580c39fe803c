// Live records of every sample file against three other counts: the evtx crate, libevtx, and a walk by
// record size (manifest.tsv; how they were made stands in SOURCES.md beside it).

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "corpus_files.h"
#include "test_data.h"

using namespace konseki;
using namespace konseki::slow_sigma;

namespace {

std::uint64_t count_of(const std::string& text) {
    return text.empty() || text == "-" ? 0 : std::strtoull(text.c_str(), nullptr, 10);
}

/// Files where our count is below the best of the three, with the reason. What is missing is damage.
const std::map<std::string, std::string>& known_less() {
    static const std::string unreadable =
        "a record is there by its size, but its template or values cannot be read: damage, not a "
        "record";
    static const std::map<std::string, std::string> files{
        {"derived/d17-template-offset-self.evtx", unreadable},
        {"derived/d18-template-offset-outside.evtx", unreadable},
        {"derived/d19-substitution-count-huge.evtx", unreadable},
        {"derived/d22-template-size-huge.evtx", unreadable},
        {"derived/d31-bytes-in-records.evtx", unreadable}};
    return files;
}

/// Files where our count is above all three, with the reason.
const std::map<std::string, std::string>& known_more() {
    static const std::string no_magic =
        "a chunk without its magic, or with a hole in it, is read by its records";
    static const std::string resync = "reading goes on behind a record whose size is wrong";
    static const std::string damaged =
        "records between damaged ones are found by both of their sizes";
    static const std::map<std::string, std::string> files{
        {"derived/d08-first-chunk-no-magic.evtx", no_magic},
        {"derived/d14-record-size-0.evtx", resync},
        {"derived/d15-record-size-huge.evtx", resync},
        {"derived/d27-bitflips-200.evtx", damaged},
        {"derived/d28-bitflips-1000.evtx", damaged},
        {"derived/d29-bitflips-5000.evtx", damaged},
        {"parsers/hayabusa-evtx/samples/Microsoft-Windows-WorkFolders%4WHC.evtx",
         "the chunk's header says that it is empty, two whole records follow: a header written "
         "later"},
        {"parsers/omerbenamram-evtx/samples/"
         "2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx",
         damaged},
        {"parsers/omerbenamram-evtx/samples/sample-with-zero-data-size-event.evtx", resync},
        {"parsers/omerbenamram-evtx/samples/sample_with_a_bad_chunk_magic.evtx", no_magic}};
    return files;
}

}  // namespace

TEST_CASE("record counts: no file gives fewer live records than the best of three other readers") {
    const auto data = corpus(), lists = manifests();
    if (!data || !lists) return;
    records::ShapeTable shapes;
    formats::evtx::ChunkReader reader(shapes);
    std::uint64_t files = 0, total = 0;
    for (const auto& row : read_table(*lists / "evtx" / "manifest.tsv")) {
        const std::filesystem::path path = *data / "evtx" / row.at("path");
        if (!std::filesystem::exists(path)) continue;
        const std::uint64_t best =
            std::max({count_of(row.at("records_rust")), count_of(row.at("records_libevtx")),
                      count_of(row.at("records_rawwalk"))});
        const FileCount ours = read_file(path, reader, [](const records::Batch&) {});
        ++files;
        total += ours.records;
        const bool may_miss = known_less().contains(row.at("path"));
        if (may_miss)
            CHECK_MESSAGE(ours.records + ours.damage >= best, row.at("path"),
                          ": a loss without damage");
        else
            CHECK_MESSAGE(ours.records >= best, row.at("path"), ": ", ours.records, " of ", best);
        if (!known_more().contains(row.at("path")))
            CHECK_MESSAGE(ours.records <= best, row.at("path"), ": ", ours.records, " for ", best);
    }
    std::printf("record counts: %llu files, %llu records\n", static_cast<unsigned long long>(files),
                static_cast<unsigned long long>(total));
    CHECK(files >= 599);
}

TEST_CASE("record counts: files that other readers lose") {
    const auto data = corpus();
    if (!data) return;
    records::ShapeTable shapes;
    formats::evtx::ChunkReader reader(shapes);
    const std::map<std::string, std::uint64_t> whole{{"d04-cut-mid-chunk.evtx", 204},
                                                     {"d05-cut-mid-first-chunk.evtx", 14},
                                                     {"d06-no-file-magic.evtx", 351},
                                                     {"d16-size-copy-wrong.evtx", 12}};
    for (const auto& [name, count] : whole)
        CHECK_MESSAGE(read_file(
                          *data / "evtx" / "derived" / name, reader,
                          [](const records::Batch&) {
                          }).records == count,
                      name);
    std::uint64_t system2 = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(*data / "evtx" / "parsers" / "plaso"))
        if (entry.path().filename() == "System2.evtx")
            system2 = read_file(entry.path(), reader, [](const records::Batch&) {}).records;
    CHECK(system2 == 283);
}
