#include "hosts.h"

#include <mutex>
#include <utility>

#include "konseki/base/text.h"

namespace konseki::examine {

HostTable::HostTable(std::map<std::string, std::string> aliases) : aliases_(std::move(aliases)) {
    folded_.emplace_back(other_hosts);
    numbers_.emplace(std::string(other_hosts), 0);
}

std::uint32_t HostTable::number(std::string_view computer) {
    if (computer.empty()) computer = no_host;
    std::string folded = fold(computer.substr(0, max_name_bytes));
    if (const auto alias = aliases_.find(folded); alias != aliases_.end()) folded = alias->second;
    {
        const std::shared_lock lock(mutex_);
        const auto found = numbers_.find(folded);
        if (found != numbers_.end()) return found->second;
        if (folded_.size() > max_hosts) return 0;
    }
    const std::unique_lock lock(mutex_);
    if (folded_.size() > max_hosts) return 0;
    const auto [at, is_first] =
        numbers_.emplace(folded, static_cast<std::uint32_t>(folded_.size()));
    if (is_first) folded_.push_back(std::move(folded));
    return at->second;
}

bool HostTable::less(std::uint32_t a, std::uint32_t b) const {
    if (a == b) return false;
    const std::shared_lock lock(mutex_);
    return folded_[a] < folded_[b];
}

std::string HostTable::folded(std::uint32_t number) const {
    const std::shared_lock lock(mutex_);
    return folded_[number];
}

std::size_t HostTable::size() const {
    const std::shared_lock lock(mutex_);
    return folded_.size();
}

}  // namespace konseki::examine
