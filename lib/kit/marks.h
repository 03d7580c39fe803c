#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/findings/finding.h"
#include "konseki/findings/host_names.h"
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
    /// Finds out which rules and hosts are meant. Call once, after all files.
    void bind(const std::vector<findings::RuleInfo>& rules, const findings::HostNames& names);

    /// The mark of a finding: that of its id before that of its rule on its host before that of its rule.
    const findings::Mark* of(const findings::Finding& finding) const;
    /// The hosts that rows name.
    std::vector<std::string_view> hosts() const;
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
    struct RuleMarks {
        std::unordered_map<std::uint32_t, Rows::const_iterator> of_host;
        std::optional<Rows::const_iterator> of_any;
    };
    std::vector<RuleMarks> of_rule_;
};

}  // namespace konseki::kit
