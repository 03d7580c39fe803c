#include "hosts.h"

#include <mutex>
#include <utility>

#include "konseki/base/text.h"

namespace konseki::examine {

HostTable::HostTable(Setup setup) : setup_(std::move(setup)) {
    folded_.emplace_back(other_hosts);
    numbers_.emplace(std::string(other_hosts), 0);
}

std::string HostTable::name_of(std::string_view computer) const {
    if (computer.empty()) computer = no_host;
    std::string folded = fold(computer.substr(0, max_name_bytes));
    const auto alias = setup_.aliases.find(folded);
    return alias == setup_.aliases.end() ? folded : alias->second;
}

std::uint32_t HostTable::number(std::string_view computer) {
    std::string folded = name_of(computer);
    {
        const std::shared_lock lock(mutex_);
        const auto found = numbers_.find(folded);
        if (found != numbers_.end()) return found->second;
    }
    if (is_over() || (setup_.chosen && !setup_.chosen->contains(folded))) return 0;
    const std::unique_lock lock(mutex_);
    const auto found = numbers_.find(folded);
    if (found != numbers_.end()) return found->second;
    if (!setup_.chosen && folded_.size() > setup_.most) {
        is_over_ = true;
        return 0;
    }
    const auto number = static_cast<std::uint32_t>(folded_.size());
    numbers_.emplace(folded, number);
    folded_.push_back(std::move(folded));
    return number;
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

std::string short_text(const records::Value& value) {
    std::string text = records::to_text(value);
    if (text.size() <= HostTable::max_name_bytes) return text;
    std::size_t end = HostTable::max_name_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text.resize(end);
    return text;
}

}  // namespace konseki::examine
