#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "konseki/examine/options.h"
#include "konseki/records/value.h"

namespace konseki::examine {

/// The hosts of a run, numbered in the order in which threads meet them: numbers never reach an output.
/// Thread-safe.
class HostTable {
  public:
    /// Longer names are cut: DNS allows 253 characters.
    static constexpr std::size_t max_name_bytes = 512;

    using Chosen = std::optional<std::set<std::string, std::less<>>>;
    struct Setup {
        /// Another name of a host, folded, to its name, folded.
        std::map<std::string, std::string> aliases = {};
        std::size_t most = Caps{}.hosts;
        /// Folded names of the hosts that are told apart, where somebody chose them (choose_hosts).
        Chosen chosen = std::nullopt;
    };
    HostTable() : HostTable(Setup{}) {}
    explicit HostTable(Setup setup);
    /// The number of the host that a record's Computer names; 0 is all hosts that are not told apart.
    std::uint32_t number(std::string_view computer);
    /// The folded name of the host that a record's Computer names.
    std::string name_of(std::string_view computer) const;
    /// There came more hosts than are told apart, and nobody chose which are. Which of them have a number depends
    /// on the order of threads then: a result made with them is none.
    bool is_over() const { return is_over_.load(std::memory_order_relaxed); }
    /// Order of two hosts by folded name.
    bool less(std::uint32_t a, std::uint32_t b) const;
    std::string folded(std::uint32_t number) const;
    std::size_t size() const;

  private:
    const Setup setup_;
    mutable std::shared_mutex mutex_;
    std::atomic<bool> is_over_ = false;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::deque<std::string> folded_;
};

/// The text of a value of System, cut between characters.
std::string short_text(const records::Value& value);

/// What an empty Computer and the hosts past the cap are called.
inline constexpr std::string_view no_host = "(none)";
inline constexpr std::string_view other_hosts = "(other hosts)";

}  // namespace konseki::examine
