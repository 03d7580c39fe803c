#include "test_bench.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <stdlib.h>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/scenario/windows_events.h"

namespace konseki::kit {

namespace fs = std::filesystem;
namespace made = scenario::evtx;

TestBench::TestBench() {
    std::string name = (fs::temp_directory_path() / "konseki-test-XXXXXX").string();
    require(::mkdtemp(name.data()) != nullptr, "the temporary folder cannot be written");
    folder_ = name;
    fs::create_directories(evidence());
    fs::create_directories(folder_ / "tmp");
    environment.out = [this](std::string_view text) {
        out += text;
        return true;
    };
    environment.err = [this](std::string_view text) { err += text; };
    environment.now = [] { return Time::from_unix_seconds(1'600'000'000); };
    environment.cancelled = &cancelled;
    environment.data_dir = folder_ / "data";
    environment.cache_dir = folder_ / "cache";
    environment.temp_dir = folder_ / "tmp";
    environment.threads = 2;
    environment.seed = 5;
    environment.version = "test";
}

TestBench::~TestBench() {
    std::error_code error;
    fs::remove_all(folder_, error);
}

void TestBench::write(const fs::path& name, std::string_view text) const {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::string TestBench::read(const fs::path& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool TestBench::exists(const fs::path& name) const { return fs::exists(folder_ / name); }

std::vector<std::string> TestBench::list(const fs::path& name) const {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_ / name))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::string TestBench::process_log(const std::string& host, std::uint64_t records) {
    made::WindowsHost computer(host);
    std::vector<made::Record> made_records;
    for (std::uint64_t i = 0; i < records; ++i) {
        made::Occasion occasion;
        occasion.record_id = i + 1;
        // Times go round, so that neither files nor chunks are in order of time.
        occasion.time = made::filetime_of(1'555'462'923 + static_cast<std::int64_t>(i * 7 % 50), 0);
        made_records.push_back(computer.sysmon_process_create(occasion));
    }
    const made::Image image = made::make_log(made_records);
    return std::string(as_text(image.bytes));
}

std::string TestBench::firing_rule(std::string_view level) {
    return "title: A shell was started\nid: 11111111-1111-4111-8111-111111111111\nlevel: " +
           std::string(level) +
           "\nauthor: A. Author\nlogsource:\n  product: windows\n  category: process_creation\n"
           "detection:\n  selection:\n    Image|endswith: '\\cmd.exe'\n  condition: selection\n";
}

std::string TestBench::broken_rule() {
    return "title: Broken\nid: 22222222-2222-4222-8222-222222222222\nlogsource:\n  product: "
           "windows\n"
           "detection:\n  selection:\n    Image|nonsense: x\n  condition: selection\n";
}

CommandResult TestBench::check_all(const CheckOptions& options) {
    CheckOptions all = options;
    if (all.read.paths.empty()) all.read.paths = {evidence()};
    if (all.out.empty()) all.out = report();
    if (all.rules.paths.empty() && exists("rules")) all.rules.paths = {folder_ / "rules"};
    return check(all, environment);
}

}  // namespace konseki::kit
