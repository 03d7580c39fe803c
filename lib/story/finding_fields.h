#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "konseki/findings/finding.h"

namespace konseki::story {

/// Names and values of what a finding shows of its record, read back from the text that was printed of it. A field
/// with several values stands several times.
class FindingFields {
  public:
    explicit FindingFields(const findings::Finding& finding);

    /// The first value of the name that is not empty or `-`; empty where there is none.
    std::string_view first(std::string_view name) const;
    /// All values of the name, in order.
    std::vector<std::string_view> all(std::string_view name) const;

  private:
    std::vector<std::pair<std::string, std::string>> values_;
};

}  // namespace konseki::story
