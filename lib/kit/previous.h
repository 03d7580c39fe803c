#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "konseki/base/result.h"

namespace konseki::kit {

/// The findings of an earlier report, by their ids.
class PreviousFindings {
  public:
    /// 16 bytes each: a report with more is no report of ours that anybody could use.
    static constexpr std::size_t max_findings = 20'000'000;

    /// Reads findings.jsonl of a report folder. Fails where it cannot be read or is none.
    static Result<PreviousFindings> read(const std::filesystem::path& report);

    /// Whether a finding was there; it is then no longer gone.
    bool take(std::string_view id);
    /// Findings that were there and that nobody took.
    std::uint64_t gone() const { return ids_.size() - taken_count_; }

  private:
    using Id = std::pair<std::uint64_t, std::uint64_t>;
    std::vector<Id> ids_;  ///< sorted
    std::vector<bool> taken_;
    std::uint64_t taken_count_ = 0;
};

}  // namespace konseki::kit
