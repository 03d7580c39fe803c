#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <string_view>
#include <vector>

#include "moment.h"

namespace konseki::scenario {

/// Numbers that look like chance and are the same for the same seed (SplitMix64).
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    /// 0 … count - 1; count must not be 0.
    std::uint64_t below(std::uint64_t count) { return next() % count; }
    /// Both ends included.
    std::uint64_t between(std::uint64_t least, std::uint64_t most) {
        return least + below(most - least + 1);
    }

  private:
    std::uint64_t state_;
};

/// FNV-1a: a number for a name, the same from run to run.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t start = 0xcbf29ce484222325) {
    for (const char c : text) start = (start ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    return start;
}

/// What will happen in a made world, in the order of time. Actions of the same moment run in the order in
/// which they were planned, so the same plan gives the same world.
class Agenda {
  public:
    explicit Agenda(std::uint64_t seed) : random_(seed) {}

    /// The moment of the running action.
    Ticks now() const { return now_; }
    Random& random() { return random_; }
    /// Plans an action; what lies in the past happens at once.
    void at(Ticks time, std::function<void()> action);
    /// Plans an action after the running one.
    void after(Ticks delay, std::function<void()> action) { at(now_ + delay, std::move(action)); }
    /// Runs all that is planned for before `end`, and what that plans.
    void run_until(Ticks end);

  private:
    struct Planned {
        Ticks time;
        std::uint64_t number;
        std::function<void()> action;
        bool operator<(const Planned& other) const {
            return time != other.time ? time > other.time : number > other.number;
        }
    };

    Random random_;
    Ticks now_ = 0;
    std::uint64_t planned_ = 0;
    std::priority_queue<Planned> queue_;
};

}  // namespace konseki::scenario
