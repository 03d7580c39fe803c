#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "konseki/findings/movement.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// Process starts of one host.
struct ProcessStarts {
    std::uint64_t all = 0;                ///< Security 4688
    std::uint64_t with_command_line = 0;  ///< of these
};

/// How many different movements are kept. A host that is open to the internet is tried from anywhere, and must not
/// push out what happened elsewhere, nor must what computers do by themselves. Which are kept past a limit does not
/// depend on the order in which they come.
struct MovementLimits {
    std::size_t of_a_kind_on_a_host = 4'096;
    std::size_t of_persons = 24'576;
    std::size_t of_others = 8'192;  ///< computers and Windows' own accounts
    /// Rows of logons that wait for what becomes of them, in 40 bytes: a terminal server with a hundred logons a day
    /// fills it in a year. Past it the rows of half of all logon numbers are dropped, and so on.
    std::size_t of_sessions = 65'536;
};

/// Gathers from records who came from where and went where. One per thread. Logons at the machine itself are
/// no movement; tickets for services that are no computers are left out, too.
class MovementCollector {
  public:
    /// `seed` is random: for a hash table that evidence cannot aim at. `choice` decides which movements are kept:
    /// the same for the same input, and not known to whoever made it.
    MovementCollector(std::uint64_t seed, std::uint64_t choice, const MovementLimits& limits);
    ~MovementCollector();
    MovementCollector(MovementCollector&&) noexcept;

    /// `hosts` gives for each record of the batch its host in the caller's numbers.
    void take(const records::Batch& batch, std::span<const std::uint32_t> hosts);
    /// By host number; hosts past its end have none.
    const std::vector<ProcessStarts>& process_starts() const;

    struct State;
    const State& state() const { return *state_; }

  private:
    std::unique_ptr<State> state_;
};

/// What all threads gathered.
struct Movements {
    std::vector<findings::Movement> all;  ///< in the order of findings::Movement
    std::uint64_t left_out = 0;           ///< events past the cap
};
/// All collectors have the same choice and limits. `host_index` gives for each host number its index in the examination.
Movements sum_up(std::span<const MovementCollector* const> collectors,
                 const std::vector<std::uint32_t>& host_index);

}  // namespace konseki::detect
