#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace konseki::desk::demo {

/// The same throws for the same seed on every machine (SplitMix64; Steele, Lea, Flood, "Fast splittable pseudorandom
/// number generators", 2014).
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    /// 0 to `sides` - 1.
    std::size_t below(std::size_t sides) { return static_cast<std::size_t>(next() % sides); }
    bool one_in(std::size_t sides) { return below(sides) == 0; }
    template <class T, std::size_t count>
    const T& pick(const std::array<T, count>& from) {
        return from[below(from.size())];
    }
    std::array<std::uint8_t, 10> bytes() {
        std::array<std::uint8_t, 10> out;
        for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(next() >> 56);
        return out;
    }

  private:
    std::uint64_t state_;
};

}  // namespace konseki::desk::demo
