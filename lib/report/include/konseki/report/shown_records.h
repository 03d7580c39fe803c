#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/findings/finding.h"
#include "konseki/report/tally.h"

namespace konseki::report {

/// A finding as report.html shows it down to its record.
struct ShownRecord {
    std::string id;
    Time time;
    std::uint64_t count = 0;                 ///< all its events
    std::vector<findings::EventRef> events;  ///< the first of them
    std::string fields, matched;             ///< JSON, as in findings.jsonl
};

/// Keeps the first findings of each rule on each host while they go by, so that the page can show their records. How
/// much is kept has an end for each level: noise of a low level takes nothing from what is grave.
class ShownRecords {
  public:
    /// Findings of one rule on one host: enough to see what they have in common.
    static constexpr std::size_t max_per_line = 3;
    /// Events of a correlation.
    static constexpr std::size_t max_events = 5;
    /// Text of one level. The page itself shows less (HtmlLimits::list_bytes).
    static constexpr std::size_t max_level_bytes = std::size_t{2} << 20;
    /// A record with more is one made to be long; what matched is kept.
    static constexpr std::size_t max_field_bytes = 64 * 1024;

    /// Keeps the reference.
    explicit ShownRecords(const findings::Examination& examination) : examination_(examination) {}
    void add(const findings::Finding& finding);
    /// Of a rule on a host, the earliest first; empty where nothing was kept.
    std::span<const ShownRecord> of(std::uint32_t host, std::uint32_t rule,
                                    findings::Label label) const;

  private:
    using Key = std::tuple<std::uint32_t, std::uint32_t, findings::Label>;

    const findings::Examination& examination_;
    std::map<Key, std::vector<ShownRecord>> lines_;
    std::array<std::size_t, level_count> bytes_{};
};

}  // namespace konseki::report
