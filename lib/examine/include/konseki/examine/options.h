#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "konseki/base/codepage.h"
#include "konseki/base/time.h"

namespace konseki::examine {

/// How far a run is.
struct Progress {
    std::uint64_t bytes_done = 0, bytes_total = 0;
    std::uint64_t records = 0;
};

/// How a run reads.
struct Options {
    unsigned threads = 1;
    bool hash = false;                 ///< SHA-256 of what is examined; equal files are read once
    std::optional<Time> since, until;  ///< both inclusive; records without a sound time are kept
    std::optional<CodePage> code_page;
    bool recover = false;
    std::filesystem::path spill_folder;  ///< exists; files in it have no names
    const std::atomic<bool>* cancelled = nullptr;
    /// Called from the calling thread a few times a second; may be empty.
    std::function<void(const Progress&)> progress;
    /// Other names of hosts in logs, folded, to the name of the host, folded.
    std::map<std::string, std::string> host_aliases = {};
    std::uint64_t seed = 0;  ///< random: hash tables that evidence cannot aim at
};

}  // namespace konseki::examine
