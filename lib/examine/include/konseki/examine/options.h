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

/// What a run tells apart at most: a forged log may name a new host, provider or log in every record. Which are told
/// apart past a cap does not depend on the number of threads; what is left out is counted.
struct Caps {
    /// Past it: those nearest to the beginning of a file. The evidence is read anew for it.
    std::size_t hosts = 65'536;
    /// Kinds of records by (host, channel, provider, event id): a live host shows under 3,000. Past a cap some are
    /// counted by host only; those of one host do not push out those of others.
    std::size_t kinds = 65'536;
    std::size_t kinds_of_a_host = 8'192;
    /// Logs by (host, channel) whose reach is told: a live host has some 400 with records.
    std::size_t logs = 65'536;
    std::size_t logs_of_a_host = 2'048;
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
    Caps caps = {};
    std::uint64_t seed = 0;  ///< random: hash tables that evidence cannot aim at
};

}  // namespace konseki::examine
