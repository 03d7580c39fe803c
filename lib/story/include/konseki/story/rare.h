#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "konseki/findings/span.h"
#include "konseki/traces/collect.h"

namespace konseki::story {

/// A service, task or program that one of many hosts alone has: what is set up for all is on all.
struct Rare {
    traces::TraceType type{};
    std::string value;
    std::string host;
    findings::Span span;
    std::uint64_t count = 0;
    std::uint8_t level = 0;  ///< 1 + level of the highest finding that touches it; 0: none
};

/// Gathers them from traces, in whatever order.
class RareBuilder {
  public:
    /// Fewer hosts do not tell what is usual.
    static constexpr std::size_t least_hosts = 5;
    /// The youngest of those that findings touch come first; the rest is counted.
    static constexpr std::size_t max_kept = 1'000;

    explicit RareBuilder(std::size_t hosts) : hosts_(hosts) {}
    void add(const traces::TraceLine& trace);
    /// Those of the highest level first, then the youngest.
    std::vector<Rare> finish();
    /// All, those that were not kept included.
    std::uint64_t count() const { return count_; }

  private:
    void cut();

    std::size_t hosts_;
    std::uint64_t count_ = 0;
    std::vector<Rare> kept_;
};

}  // namespace konseki::story
