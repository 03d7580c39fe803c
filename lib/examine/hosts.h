#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace konseki::examine {

/// The hosts of a run, numbered in the order in which threads meet them: numbers never reach an output.
/// Thread-safe.
class HostTable {
  public:
    /// A forged log may name a new host in every record. Hosts past the cap are one host.
    static constexpr std::size_t max_hosts = 65'536;
    /// Longer names are cut: DNS allows 253 characters.
    static constexpr std::size_t max_name_bytes = 512;

    HostTable() : HostTable(std::map<std::string, std::string>()) {}
    /// `aliases`: another name of a host, folded, to its name, folded.
    explicit HostTable(std::map<std::string, std::string> aliases);
    /// The number of the host that a record's Computer names.
    std::uint32_t number(std::string_view computer);
    /// Order of two hosts by folded name.
    bool less(std::uint32_t a, std::uint32_t b) const;
    std::string folded(std::uint32_t number) const;
    std::size_t size() const;

  private:
    const std::map<std::string, std::string> aliases_;
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::deque<std::string> folded_;
};

/// What an empty Computer and the hosts past the cap are called.
inline constexpr std::string_view no_host = "(none)";
inline constexpr std::string_view other_hosts = "(other hosts)";

}  // namespace konseki::examine
