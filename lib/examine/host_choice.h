#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hosts.h"
#include "konseki/base/result.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/options.h"

namespace konseki::examine {

/// Chooses which hosts are told apart where there are more than a run holds: those that stand nearest to the
/// beginning of a file. A log's own host stands in its first record, so that a log which was filled with forged
/// names pushes out no host of another log. Which are chosen does not depend on the order in which they come.
/// Thread-safe.
class HostChoice {
  public:
    /// Where a host was seen. Files of one offset are ordered by path.
    struct Place {
        std::uint64_t offset = 0;
        std::uint32_t item = 0;
        auto operator<=>(const Place&) const = default;
    };

    explicit HostChoice(std::size_t most) : most_(most) {}
    void add(std::string_view name, Place place);
    /// The chosen; nothing may be added any more.
    std::set<std::string, std::less<>> take();

  private:
    void cut();

    const std::size_t most_;
    std::mutex mutex_;
    std::map<std::string, Place, std::less<>> first_;
    Place limit_;  ///< of the last that is kept, once is_cut_
    bool is_cut_ = false;
};

/// Reads the hosts of all records once, and nothing else.
Result<std::set<std::string, std::less<>>> choose_hosts(const std::vector<evidence::Item>& items,
                                                        const Options& options);

}  // namespace konseki::examine
