#include "idempotency.h"

namespace konseki::server {
namespace {

constexpr std::size_t most_entries = 1'000;
/// Of kept answers together: each may be as long as the longest text.
constexpr std::size_t most_bytes = std::size_t{32} << 20;
constexpr std::int64_t kept_ticks = Time::per_hour;

}  // namespace

void Idempotency::drop_old(Time now) {
    while (!order_.empty()) {
        const auto oldest = entries_.find(order_.front());
        const bool is_there = oldest != entries_.end();
        const bool is_running = is_there && !oldest->second.answer;
        const bool is_old = is_there && now.ticks - oldest->second.at.ticks > kept_ticks;
        const bool is_room = entries_.size() < most_entries && bytes_ < most_bytes;
        if (is_there && (is_running || (!is_old && is_room))) return;
        if (is_there) {
            bytes_ -= oldest->second.answer->body.size();
            entries_.erase(oldest);
        }
        order_.pop_front();
    }
}

Idempotency::Begun Idempotency::begin(const std::string& key, const Sha256& request, Time now) {
    const std::scoped_lock lock(mutex_);
    drop_old(now);
    const auto found = entries_.find(key);
    if (found == entries_.end()) {
        entries_.emplace(key, Entry{request, now, std::nullopt});
        order_.push_back(key);
        return {};
    }
    if (found->second.request != request) return {Found::other_request};
    if (!found->second.answer) return {Found::running};
    return {Found::answer, *found->second.answer};
}

void Idempotency::end(const std::string& key, const Response& answer) {
    const std::scoped_lock lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return;
    found->second.answer = answer;
    bytes_ += answer.body.size();
}

void Idempotency::forget(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    entries_.erase(key);
    std::erase(order_, key);  // else each refused request would stay in it
}

}  // namespace konseki::server
