// A run over more hosts than it tells apart.
#include <doctest/doctest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <stdlib.h>

#include "host_choice.h"
#include "konseki/base/bytes.h"
#include "konseki/examine/examine.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/windows_events.h"

namespace konseki::examine {
namespace {

namespace fs = std::filesystem;
namespace made = scenario::evtx;

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "konseki-caps-XXXXXX").string();
        require(::mkdtemp(name.data()) != nullptr, "the temporary folder cannot be written");
        path_ = name;
        fs::create_directories(path_ / "in");
    }
    ~Folder() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    /// A log with a record for each of these hosts.
    void add_log(const std::string& name, const std::vector<std::string>& hosts) {
        std::deque<made::WindowsHost> computers;  // records refer to their templates
        std::vector<made::Record> all;
        for (std::uint64_t i = 0; i < hosts.size(); ++i)
            all.push_back(made::firing_record(computers.emplace_back(hosts[i]), i));
        std::ofstream(path_ / "in" / name, std::ios::binary) << as_text(made::make_log(all).bytes);
    }
    std::vector<evidence::Item> items() const {
        const std::vector<fs::path> paths{path_ / "in"};
        return *evidence::walk(paths);
    }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::vector<std::string> forged_names(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("FORGED-" + std::to_string(i));
    return names;
}

std::string hosts_of(const findings::Examination& examination) {
    std::string text;
    for (const findings::HostInfo& host : examination.hosts)
        text += host.name + " " + std::to_string(host.records) + "\n";
    for (const findings::LogReach& reach : examination.reaches)
        text += examination.hosts[reach.host].name + " " + std::to_string(reach.records) + "\n";
    return text;
}

TEST_CASE("examine: past the cap on hosts the same ones are told at any number of threads") {
    Folder folder;
    std::vector<std::string> flood = forged_names(2'000);
    flood[1'500] = "pc-02";  // seen later, too
    folder.add_log("a-flood.evtx", flood);
    folder.add_log("b.evtx", {"PC-01", "PC-01", "PC-01"});
    folder.add_log("c.evtx", {"PC-02"});
    const detect::Rules none;
    Options options;
    options.spill_folder = folder.path();
    options.caps.hosts = 4;

    for (const unsigned threads : {1u, 2u, 8u}) {
        options.threads = threads;
        options.seed = threads;
        const Result<findings::Examination> result =
            examine(folder.items(), {.rules = &none, .make_printer = {}}, options);

        REQUIRE(result.has_value());
        // The first record of each log, then the second of the flood.
        CHECK(hosts_of(*result) ==
              "(other hosts) 1997\nFORGED-0 1\nFORGED-1 1\nPC-01 3\npc-02 2\n"
              "(other hosts) 1997\nFORGED-0 1\nFORGED-1 1\nPC-01 3\npc-02 2\n");
        CHECK(result->other_hosts_records == 1'997);
        CHECK(result->reading.totals.records == 2'004);
    }
}

TEST_CASE("host choice: those nearest to the beginning of a file, in whatever order they come") {
    for (const std::uint32_t step : {1u, 3u, 50u, 100u}) {
        HostChoice choice(5);
        // Host n is seen at 100 * n, and again further on.
        for (std::uint32_t i = 0; i < 2 * 101; ++i) {
            const std::uint32_t host = i * step % 101;
            choice.add("h" + std::to_string(host), {i < 101 ? 9'000 + host : 100 * host, i % 3});
        }
        CHECK(choice.take() == std::set<std::string, std::less<>>{"h0", "h1", "h2", "h3", "h4"});
    }
}

}  // namespace
}  // namespace konseki::examine
