#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/kit/commands.h"

namespace konseki::kit {

/// A folder of its own with made evidence and rules, and an environment that keeps what is written.
class TestBench {
  public:
    TestBench();
    ~TestBench();
    TestBench(const TestBench&) = delete;
    TestBench& operator=(const TestBench&) = delete;

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path evidence() const { return folder_ / "evidence"; }
    std::filesystem::path report() const { return folder_ / "report"; }
    /// Writes a file below the folder, with those above it.
    void write(const std::filesystem::path& name, std::string_view text) const;
    std::string read(const std::filesystem::path& name) const;
    bool exists(const std::filesystem::path& name) const;
    /// Names in a folder, sorted, with hidden ones.
    std::vector<std::string> list(const std::filesystem::path& name) const;

    /// A log with `records` process creations of cmd.exe on this host.
    static std::string process_log(const std::string& host, std::uint64_t records);
    /// A rule of this level that fires on each of them, and one that has no meaning.
    static std::string firing_rule(std::string_view level);
    static std::string broken_rule();

    /// Checks the evidence into report().
    CommandResult check_all(const CheckOptions& options = {});

    Environment environment;
    std::string out, err;
    std::atomic<bool> cancelled{false};

  private:
    std::filesystem::path folder_;
};

}  // namespace konseki::kit
