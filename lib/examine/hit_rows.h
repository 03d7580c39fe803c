#pragma once

#include <cstdint>
#include <vector>

#include "hosts.h"
#include "konseki/base/bytes.h"
#include "konseki/detect/rules.h"

namespace konseki::examine {

/// A finding on its way through the sort: what it is ordered by and where the rest waits in the spill.
struct HitRow {
    std::int64_t time = 0;
    std::uint64_t offset = 0;
    std::uint64_t record = 0;
    std::uint64_t entry = 0;  ///< position in the spill
    std::uint32_t entry_bytes = 0;
    std::uint32_t explanation = 0;  ///< position in the spill, counted from `entry`
    std::uint32_t explanation_bytes = 0;
    std::uint32_t host = 0;  ///< number in the HostTable
    std::uint32_t item = 0;
    std::uint32_t rule = 0;
    std::uint8_t recovered = 0;
    std::uint8_t joined = 0;  ///< a correlation: `entry` is a joined entry
    std::uint8_t padding[6] = {};

    Bytes bytes() const;
    static HitRow from(Bytes bytes);
};

/// The order of findings: (time, host, path, offset, rule id). Total, but for correlations of one rule
/// that end at the same event, which are ordered by their entries.
class HitOrder {
  public:
    HitOrder(const HostTable& hosts, const detect::Rules& rules);
    bool less(const HitRow& a, const HitRow& b) const;
    std::uint32_t rank(std::uint32_t rule) const { return ranks_[rule]; }

  private:
    const HostTable& hosts_;
    std::vector<std::uint32_t> ranks_;  ///< of each rule among all by id
};

}  // namespace konseki::examine
