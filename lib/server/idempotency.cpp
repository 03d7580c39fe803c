#include "idempotency.h"

namespace konseki::server {
namespace {

constexpr std::size_t most_entries = 1'000;
constexpr std::int64_t kept_ticks = Time::per_hour;

}  // namespace

void Idempotency::drop_old(Time now) {
    while (!order_.empty()) {
        const auto oldest = entries_.find(order_.front());
        const bool is_there = oldest != entries_.end();
        const bool is_running = is_there && !oldest->second.answer;
        const bool is_old = is_there && now.ticks - oldest->second.at.ticks > kept_ticks;
        if (is_there && (is_running || (!is_old && entries_.size() < most_entries))) return;
        if (is_there) entries_.erase(oldest);
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
    if (found != entries_.end()) found->second.answer = answer;
}

void Idempotency::forget(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    entries_.erase(key);
}

}  // namespace konseki::server
