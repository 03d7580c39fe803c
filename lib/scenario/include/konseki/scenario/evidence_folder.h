#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace konseki::scenario {

/// A folder on disk into which made evidence is written. No file stays open: a made domain has more logs than
/// a process may hold open.
class EvidenceFolder {
  public:
    explicit EvidenceFolder(std::filesystem::path root) : root_(std::move(root)) {}

    /// Creates or empties the file of this name (`HOST/Security.evtx`), and its folder.
    void begin(const std::string& name);
    void append(const std::string& name, std::span<const std::byte> bytes);
    /// Writes over the first bytes of the file.
    void write_start(const std::string& name, std::span<const std::byte> bytes);
    void write_text(const std::string& name, std::string_view text);
    /// The first path that could not be written, empty where all went well. What follows is left out.
    const std::string& failed() const { return failed_; }

  private:
    void put(const std::string& name, const char* mode, std::span<const std::byte> bytes);

    std::filesystem::path root_;
    std::string failed_;
};

}  // namespace konseki::scenario
