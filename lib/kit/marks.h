#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/findings/finding.h"
#include "konseki/findings/mark.h"
#include "konseki/findings/rule.h"
#include "talk.h"

namespace konseki::kit {

/// What people made of findings: the file of --marks, and of the report before.
class Marks {
  public:
    /// Adds the rows of a file: columns `finding`, `rule`, `host`, `verdict`, `reason`, `who` in any order. A row
    /// names a finding by its id, or a rule and perhaps a host. One for the same replaces the one before.
    /// Fails with a usage error that names file and line.
    Result<void> read(const std::filesystem::path& file, const Talk& talk);
    /// Finds out which rules are meant. Call once, after all files.
    void bind(const std::vector<findings::RuleInfo>& rules);

    /// The mark of a finding on a host: that of its id before that of its rule on its host before that of its rule.
    const findings::Mark* of(const findings::Finding& finding, std::string_view host) const;
    bool is_empty() const { return rows_.empty(); }
    /// All of them, as read() reads them.
    std::string to_csv() const;

  private:
    struct Key {
        std::string finding, rule, host;
        auto operator<=>(const Key&) const = default;
    };
    using Rows = std::map<Key, findings::Mark>;

    Rows rows_;
    std::vector<std::vector<Rows::const_iterator>> of_rule_;  ///< per rule, those with a host first
};

}  // namespace konseki::kit
