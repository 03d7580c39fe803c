#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/findings/profile.h"

namespace konseki::findings {

/// The hosts of an examination by what people call them: a name equal without regard to case, or one without a
/// domain equal to the first label of the other, except that it means none of several hosts that differ by their
/// domain; and by their other names in the profile.
class HostNames {
  public:
    HostNames(std::span<const HostInfo> hosts, std::span<const ProfileHost> known);

    /// Indexes of the hosts that the name means, sorted.
    std::vector<std::uint32_t> meant_by(std::string_view name) const;
    /// Indexes of the hosts, two or more, that a name without a domain could mean and therefore means none of; else
    /// nothing.
    std::vector<std::uint32_t> rivals_for(std::string_view name) const;

  private:
    /// Numbers by folded names.
    struct Index {
        void add(std::string_view name, std::uint32_t number);
        /// Of exactly this name; and unless it is `exact_only` of those that only a domain tells from it.
        void find(const std::string& folded, bool exact_only,
                  std::vector<std::uint32_t>& out) const;
        const std::vector<std::uint32_t>& in_domains(const std::string& label) const;

        std::unordered_map<std::string, std::vector<std::uint32_t>> of_name;
        std::unordered_map<std::string, std::vector<std::uint32_t>> of_label;  ///< with a domain
    };
    bool is_unclear(const std::string& folded) const;
    void find_hosts(const std::string& folded, std::vector<std::uint32_t>& out) const;

    Index hosts_, known_;
    std::vector<std::vector<std::string>> known_names_;  ///< folded
};

}  // namespace konseki::findings
